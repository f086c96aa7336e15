package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sweepwatch.detect.DetectionModelProperties.Row;
import io.github.sweepwatch.detect.internal.ExactDetector;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
      @ForAll("policies") DetectionPolicy policy,
      @ForAll("rows") List<Row> rows,
      @ForAll boolean v6) {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    ExactDetector oracle =
        new ExactDetector(policy, LocalNetworks.PRIVATE, alert -> expected.add(text(alert)));
    ScanDetector detector =
        ScanDetector.builder()
            .policy(policy)
            .memoryBudget(1 << 20)
            .secretKey(1, 2)
            .onAlert(alert -> actual.add(text(alert)))
            .build();
    for (Row row : rows) {
      // Of times within a tick, the detector keeps only the tick. All hosts are of one network.
      int host = 2 * row.host() + (v6 ? 1 : 0);
      ConnectionEvent event =
          new Row(row.source(), host, row.port(), row.failed(), row.second() / 2 * 2)
              .event(row.source() == 0 ? Locality.REMOTE : Locality.LOCAL);
      oracle.observe(event);
      detector.observe(event);
      assertEquals(expected, actual);
    }
    oracle.finish();
    detector.finish();
    assertEquals(expected, actual);
    assertEquals(oracle.stats().lateEvents(), detector.stats().lateEvents());
    assertEquals(oracle.stats().sources(), detector.stats().sources());
    assertEquals(oracle.stats().incidentsOpened(), detector.stats().incidentsOpened());
    assertEquals(0, detector.stats().incidentsOpen());
    assertFalse(detector.stats().degraded());
  }

  /** What must be equal, and readable where it is not. */
  private static String text(ScanAlert alert) {
    return Stream.of(
            alert,
            tick(alert.detectedAtMicros()),
            tick(alert.firstSeenMicros()),
            tick(alert.lastSeenMicros()),
            alert.endReason(),
            alert.uniqueTargets(),
            alert.uniquePorts(),
            alert.connections(),
            alert.failed(),
            alert.protocols(),
            alert.sources(),
            alert.confidence(),
            alert.reasons(),
            alert.muted(),
            alert.authorisedBy())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private static long tick(long micros) {
    return micros / 2_000_000;
  }

  /** One to three rules, and idle times that end incidents within a stream. */
  @Provide
  Arbitrary<DetectionPolicy> policies() {
    return Combinators.combine(
            model.rules().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(60, 600, 7_200),
            Arbitraries.of(1, 3_600),
            Arbitraries.of(0, 0, 10, 300),
            Arbitraries.of(0, 0, 10, 50, 90),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(
            (rules, idle, mute, decoys, strangers, dark, authorised) -> {
              DetectionPolicy.Builder policy =
                  DetectionPolicy.builder("oracle")
                      .idleTime(Duration.ofSeconds(idle))
                      .muteTime(Duration.ofSeconds(mute))
                      .decoyTime(Duration.ofSeconds(decoys));
              rules.forEach(
                  rule -> policy.rule(amongStrangers(exactlyCounted(rule), strangers, dark)));
              if (authorised) {
                policy
                    .authorise(halfOfTheHosts())
                    .ignore(
                        AuthorisedScanners.ignoring(
                            List.of(), List.of(new PortRange(0, 30)), "oracle"));
              }
              return policy.build();
            });
  }

  /** Every source, some targets, and hours that begin or end within a stream. */
  private static AuthorisedScanners halfOfTheHosts() {
    return new AuthorisedScanners(
        AuthorisedScanners.ANYONE,
        List.of(new AddressBlock(Traffic.host(0), 128 - 2)),
        List.of(),
        new ScanSchedule(
            Set.of(DayOfWeek.TUESDAY),
            LocalTime.of(22, 0),
            LocalTime.of(22, 30),
            ZoneId.of("Europe/London")),
        null,
        "",
        "");
  }

  /** Connections are counted to the tick in windows of up to 512 s. */
  private static CountRule exactlyCounted(CountRule rule) {
    boolean coarse = rule.measure() == CountRule.Measure.CONNECTIONS && rule.windowSeconds() > 512;
    return coarse
        ? rule.limit(rule.externalThreshold(), rule.internalThreshold(), Duration.ofMinutes(5))
        : rule;
  }

  private static CountRule amongStrangers(CountRule rule, int percent, boolean dark) {
    if (rule.measure() != CountRule.Measure.HOSTS_ON_SERVICE || percent == 0) {
      return rule;
    }
    CountRule amongStrangers = rule.amongStrangers(percent);
    return dark && rule.failedOnly() ? amongStrangers.inTheDark() : amongStrangers;
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return model.rows();
  }
}
