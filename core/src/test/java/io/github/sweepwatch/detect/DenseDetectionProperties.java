package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.internal.ExactDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans by sources that already have more contacts than are kept one by one. */
class DenseDetectionProperties {
  private static final int IDLE = 600;

  /** The scans, each with what finds it. */
  private enum Scan {
    HORIZONTAL(Measure.HOSTS_ON_SERVICE),
    VERTICAL(Measure.SERVICES_ON_HOST),
    BLOCK(Measure.PAIRS);

    final Measure measure;

    Scan(Measure measure) {
      this.measure = measure;
    }

    CountRule rule(int threshold) {
      CountRule rule =
          CountRule.of(name(), ScanType.valueOf(name()), measure)
              .onFailures()
              .limit(threshold, threshold, Duration.ofMinutes(5));
      return this == BLOCK ? rule.withAtLeast(4, 4, 0) : rule;
    }

    int host(int i) {
      return switch (this) {
        case HORIZONTAL -> 20_000 + i;
        case VERTICAL -> 20_000;
        case BLOCK -> 20_000 + i / 40;
      };
    }

    int port(int i) {
      return switch (this) {
        case HORIZONTAL -> 7_000;
        case VERTICAL -> 7_000 + i;
        case BLOCK -> 7_000 + i % 40;
      };
    }
  }

  /** What comes first: nothing that fails, or failures too widely spread for any rule. */
  private enum Past {
    SUCCESSES,
    FAILURES
  }

  @ParameterizedTest
  @CsvSource({
    "HORIZONTAL, 20, SUCCESSES",
    "HORIZONTAL, 20, FAILURES",
    "HORIZONTAL, 128, SUCCESSES",
    "HORIZONTAL, 500, SUCCESSES",
    "HORIZONTAL, 500, FAILURES",
    "VERTICAL, 20, SUCCESSES",
    "VERTICAL, 20, FAILURES",
    "VERTICAL, 128, SUCCESSES",
    "VERTICAL, 500, SUCCESSES",
    "VERTICAL, 500, FAILURES",
    "BLOCK, 128, SUCCESSES",
    "BLOCK, 500, SUCCESSES"
  })
  void aDenseSourceIsFound(Scan scan, int threshold, Past past) {
    // Keys that do not change: one estimate in 4,000 is wrong by 15 %.
    for (int key = 0; key < 8; key++) {
      Suspect stream = new Suspect(key, scan.rule(threshold));
      stream.past(past, 400);
      stream.assertDense();
      assertTrue(stream.alerts.isEmpty());
      int opened = 0;
      for (int i = 0; i < threshold * 2; i++) {
        stream.fail(600 + i * 100.0 / threshold, scan.host(i), scan.port(i));
        opened = opened == 0 && !stream.opened().isEmpty() ? i + 1 : opened;
      }
      String what = "key " + key;
      assertEquals(1, stream.opened().size(), what);
      ScanAlert alert = stream.opened().get(0);
      assertEquals(ScanType.valueOf(scan.name()), alert.type());
      long count = alert.reasons().get(0).count();
      if (threshold <= 128) {
        assertEquals(threshold, count, what);
      } else {
        assertEquals(threshold, (double) count, 0.15 * threshold, what);
        assertTrue(count >= threshold, what);
      }
      // Where failures have taken all groups, a newcomer's first contacts go to winning one.
      int late = past == Past.FAILURES ? 12 : 0;
      double wrong = threshold <= 128 ? 0 : 0.15 * threshold;
      assertTrue(
          opened >= threshold - wrong && opened <= threshold + wrong + late,
          what + ": opened at contact " + opened);
    }
  }

  /** Whole lives of incidents, in the region where groups are exact, against the exact detector. */
  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void incidentsOfDenseSourcesLiveAsThoseOfOthers(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 40) int threshold) {
    SplittableRandom random = new SplittableRandom(seed);
    CountRule[] rules =
        Stream.of(Scan.values())
            .map(scan -> scan.rule(scan == Scan.BLOCK ? 3 * threshold : threshold))
            .toArray(CountRule[]::new);
    Suspect stream = new Suspect(seed, rules);
    stream.past(Past.SUCCESSES, 150 + random.nextInt(300));
    stream.assertDense();
    double clock = 600;
    for (int i = 0; i < 6; i++) {
      Scan scan = Scan.values()[random.nextInt(2)];
      // No more than the 64 hosts and services that have room to be told apart.
      int first = random.nextInt(3) * 3;
      int number = threshold - (i == 0 ? 0 : 3) + random.nextInt(20);
      for (int j = 0; j < number; j++) {
        clock += random.nextInt(4);
        stream.fail(clock, scan.host(first + j), scan.port(first + j));
        if (random.nextInt(8) == 0) {
          stream.fail(clock, scan.host(first), scan.port(first));
        }
      }
      clock += random.nextBoolean() ? random.nextInt(300) : 500 + random.nextInt(4_000);
      stream.assertSame();
    }
    stream.finish();
    stream.assertSame();
    assertFalse(stream.alerts.isEmpty());
  }

  /** A repeated contact moves the window on, past the ports of the one host that held a block. */
  @Example
  void aBlockThatOneHostHeldIsFoundByARepeatedContact() {
    incidentsOfDenseSourcesLiveAsThoseOfOthers(437, 8);
  }

  /** One source, brought to the detector and to the oracle. */
  private static final class Suspect {
    final List<ScanAlert> alerts = new ArrayList<>();
    private final List<ScanAlert> expected = new ArrayList<>();
    private final ScanDetector detector;
    private final ExactDetector oracle;

    Suspect(long key, CountRule... rules) {
      DetectionPolicy.Builder builder =
          DetectionPolicy.builder("dense")
              .idleTime(Duration.ofSeconds(IDLE))
              // When a rung is told after a rule has joined differs by an event.
              .ladder(List.of())
              .muteTime(Duration.ofMinutes(30));
      for (CountRule rule : rules) {
        builder.rule(rule);
      }
      DetectionPolicy policy = builder.build();
      detector =
          ScanDetector.builder()
              .policy(policy)
              .memoryBudget(2 << 20)
              .secretKey(key, 11)
              .onAlert(alerts::add)
              .build();
      oracle = new ExactDetector(policy, LocalNetworks.PRIVATE, expected::add);
    }

    void past(Past past, int contacts) {
      for (int i = 0; i < contacts; i++) {
        double second = i * 0.5;
        if (past == Past.SUCCESSES) {
          connect(second, i % 90, 1_000 + i / 3, Outcome.ESTABLISHED);
        } else {
          fail(second, i, 1_000 + i);
        }
      }
    }

    void assertDense() {
      SourceReport report = detector.inspect(Traffic.SCANNER).orElseThrow();
      assertFalse(report.relativeError() == 0, report::toString);
    }

    void fail(double second, int host, int port) {
      connect(second, host, port, Outcome.NO_REPLY);
    }

    private void connect(double second, int host, int port, Outcome outcome) {
      ConnectionEvent event =
          ConnectionEvent.builder()
              // Of times within a tick, the detector keeps only the tick.
              .timeMicros(Traffic.micros(Math.floor(second / 2) * 2))
              .source(Traffic.SCANNER)
              .destination(host % 2 == 0 ? Traffic.host(host) : new IpAddress(0xfd77L << 48, host))
              .sourceLocality(Locality.REMOTE)
              .protocol(Protocol.TCP)
              .destinationPort(port)
              .outcome(outcome)
              .build();
      detector.observe(event);
      oracle.observe(event);
    }

    void finish() {
      detector.finish();
      oracle.finish();
    }

    List<ScanAlert> opened() {
      return alerts.stream().filter(alert -> alert.state() == ScanAlert.State.OPENED).toList();
    }

    void assertSame() {
      assertEquals(
          expected.stream().map(Suspect::text).toList(),
          alerts.stream().map(Suspect::text).toList());
    }

    /** What must be equal: all but what only contacts one by one can tell. */
    private static String text(ScanAlert alert) {
      return Stream.of(
              alert,
              alert.detectedAtMicros() / 2_000_000,
              alert.lastSeenMicros() / 2_000_000,
              alert.endReason(),
              alert.uniqueTargets(),
              alert.uniquePorts(),
              alert.reasons(),
              alert.muted())
          .map(String::valueOf)
          .collect(Collectors.joining(" "));
    }
  }
}
