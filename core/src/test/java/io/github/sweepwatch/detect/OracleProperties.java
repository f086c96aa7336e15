package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.detect.DetectionModelProperties.Row;
import io.github.sweepwatch.detect.internal.ExactDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LocalNetworks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The detector against the exact one, alert by alert, over whole lives of incidents. */
class OracleProperties {
  private final DetectionModelProperties model = new DetectionModelProperties();

  @Property(tries = 500)
  void raisesTheSameAlerts(
      @ForAll("policies") DetectionPolicy policy, @ForAll("rows") List<Row> rows) {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    ExactDetector oracle =
        new ExactDetector(policy, LocalNetworks.PRIVATE, alert -> expected.add(text(alert)));
    ScanDetector detector =
        ScanDetector.builder().policy(policy).onAlert(alert -> actual.add(text(alert))).build();
    for (Row row : rows) {
      ConnectionEvent event = row.event();
      oracle.observe(event);
      detector.observe(event);
      assertEquals(expected, actual);
    }
    oracle.finish();
    detector.finish();
    assertEquals(expected, actual);
    assertEquals(oracle.stats(), detector.stats());
  }

  /** What must be equal, and readable where it is not. */
  private static String text(ScanAlert alert) {
    return Stream.of(
            alert,
            alert.detectedAtMicros(),
            alert.firstSeenMicros(),
            alert.lastSeenMicros(),
            alert.endReason(),
            alert.uniqueTargets(),
            alert.uniquePorts(),
            alert.connections(),
            alert.failed(),
            alert.reasons(),
            alert.muted())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** One to three rules, and idle times that end incidents within a stream. */
  @Provide
  Arbitrary<DetectionPolicy> policies() {
    return Combinators.combine(
            model.rules().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(60, 600, 7_200),
            Arbitraries.of(1, 3_600))
        .as(
            (rules, idle, mute) -> {
              DetectionPolicy.Builder policy =
                  DetectionPolicy.builder("oracle")
                      .idleTime(Duration.ofSeconds(idle))
                      .muteTime(Duration.ofSeconds(mute));
              rules.forEach(policy::rule);
              return policy.build();
            });
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return model.rows();
  }
}
