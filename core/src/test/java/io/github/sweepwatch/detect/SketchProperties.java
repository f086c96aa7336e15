package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.internal.SketchOracle;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.junit.jupiter.api.Test;

/** What the detector says of a source's distinct hosts, services and pairs, after a day of them. */
class SketchProperties {
  private static final double OWN_ERROR = 0.65 / 16;
  private static final double UNION_ERROR = 1.04 / 16;
  private static final int DAY = 43_200;

  private static final Duration[] WINDOWS = {
    Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(24)
  };

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void sketchesAreThoseOfTheWindowsItems(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // As often few contacts, kept one by one, as many.
    int number = random.nextBoolean() ? 1 + random.nextInt(128) : 300 + random.nextInt(8_000);
    Watched watched = new Watched(seed, Traffic.SCANNER);
    int pauses = 1 + random.nextInt(3);
    for (int i = 0; i < pauses; i++) {
      watched.use(random, number / pauses + 1, 30.0 / pauses);
      watched.assertSketchesAreExact();
    }
  }

  @Test
  void countsAreNearTheTruth() {
    // Seeds that do not change: one in 16,000 estimates lies beyond four standard errors.
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int number = 300 + random.nextInt(1 << (1 + random.nextInt(14)));
      Watched watched = new Watched(seed, Traffic.SCANNER);
      watched.use(random, number, 26);
      SourceReport report = watched.detector.inspect(Traffic.SCANNER).orElseThrow();
      String what = "seed " + seed + " of " + number + ": " + report;
      assertEquals(OWN_ERROR, report.relativeError(), what);
      watched.assertNear(Dimension.HOSTS, report.hosts(), what);
      watched.assertNear(Dimension.SERVICES, report.services(), what);
      watched.assertNear(Dimension.PAIRS, report.contacts(), what);
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void countsOfFewContactsAreExact(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Watched watched = new Watched(seed, Traffic.SCANNER);
    watched.use(random, 1 + random.nextInt(128), 26);
    SourceReport report = watched.detector.inspect(Traffic.SCANNER).orElseThrow();
    assertEquals(0, report.relativeError());
    assertEquals(watched.items(Dimension.HOSTS, false, DAY).size(), report.hosts());
    assertEquals(watched.items(Dimension.SERVICES, false, DAY).size(), report.services());
    assertEquals(watched.items(Dimension.PAIRS, false, DAY).size(), report.contacts());
  }

  @Test
  void aUnionCountsOnceWhatTwoDetectorsSaw() {
    for (int seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int number = random.nextInt(3) == 0 ? 60 : 300 + random.nextInt(9_700);
      Watched first = new Watched(seed, Traffic.SCANNER);
      Watched second = new Watched(seed, Traffic.SCANNER);
      for (int i = 0; i < number; i++) {
        ConnectionEvent event = first.event(i * 0.5, i, 443, Outcome.REFUSED);
        if (i < number * 2 / 3) {
          first.observe(event);
        }
        if (i >= number / 3) {
          second.observe(event);
        }
      }
      for (Dimension dimension : new Dimension[] {Dimension.HOSTS, Dimension.PAIRS}) {
        Union union = new Union(8);
        union.update(first.sketch(dimension, true, Duration.ofHours(24)));
        union.update(second.sketch(dimension, true, Duration.ofHours(24)));
        String what = "seed " + seed + ", " + dimension + " of " + number;
        assertEquals(number, union.getEstimate(), 4 * UNION_ERROR * number, what);
      }
    }
  }

  @Test
  void detectorsWithOtherKeysCannotBeMerged() {
    Watched first = new Watched(1, Traffic.SCANNER);
    Watched second = new Watched(2, Traffic.SCANNER);
    for (int i = 0; i < 2_000; i++) {
      ConnectionEvent event = first.event(i * 0.1, i, 443, Outcome.REFUSED);
      first.observe(event);
      second.observe(event);
    }
    Union union = new Union(8);
    union.update(first.sketch(Dimension.HOSTS, false, Duration.ofHours(24)));
    union.update(second.sketch(Dimension.HOSTS, false, Duration.ofHours(24)));
    assertEquals(4_000, union.getEstimate(), 4 * UNION_ERROR * 4_000);
  }

  @Test
  void nothingIsKnownOfAStranger() {
    Watched watched = new Watched(1, Traffic.SCANNER);
    watched.observe(watched.event(0, 1, 1, Outcome.REFUSED));
    byte[] image =
        watched.detector.sketch(
            IpAddress.parse("192.0.2.1"), Dimension.HOSTS, false, Duration.ofHours(1));
    assertTrue(HllSketch.heapify(Memory.wrap(image)).isEmpty());
    assertFalse(watched.sketch(Dimension.HOSTS, true, Duration.ofHours(1)).isEmpty());
  }

  /** One source in a detector, and beside it when it touched each item last. */
  private static final class Watched {
    private final long key;
    private final IpAddress source;
    final ScanDetector detector;
    private final Map<Dimension, Map<Long, Long>> all = new HashMap<>();
    private final Map<Dimension, Map<Long, Long>> failed = new HashMap<>();
    private double clock;
    private long latest;

    Watched(long key, IpAddress source) {
      this.key = key;
      this.source = source;
      // No rule counts hosts on services or services on hosts: the sketches have room enough.
      CountRule rule =
          CountRule.of("pairs", ScanType.BLOCK, Measure.PAIRS)
              .limit(1 << 30, 1 << 30, Duration.ofHours(24));
      detector =
          ScanDetector.builder()
              .policy(DetectionPolicy.builder("sketches").rule(rule).build())
              .memoryBudget(1 << 20)
              .secretKey(key, 3)
              .build();
      for (Dimension dimension : Dimension.values()) {
        all.put(dimension, new HashMap<>());
        failed.put(dimension, new HashMap<>());
      }
    }

    ConnectionEvent event(double second, int host, int port, Outcome outcome) {
      return ConnectionEvent.builder()
          .timeMicros(Traffic.micros(second))
          .source(source)
          .destination(host % 5 == 4 ? new IpAddress(0xfd77L << 48, host) : Traffic.host(host))
          .sourceLocality(Locality.REMOTE)
          .protocol(port % 7 == 6 ? Protocol.UDP : Protocol.TCP)
          .destinationPort(port)
          .outcome(outcome)
          .build();
    }

    /** Contacts over some hours: bursts, gaps, repetitions and late events. */
    void use(SplittableRandom random, int contacts, double hours) {
      int hosts = 1 + random.nextInt(contacts);
      int ports = 1 + random.nextInt(contacts);
      int events = contacts + contacts / 4;
      double[] weights = new double[events];
      double sum = 0;
      for (int i = 0; i < events; i++) {
        weights[i] = random.nextInt(20) == 0 ? 20 * random.nextDouble() : random.nextDouble() * 0.1;
        sum += weights[i];
      }
      int[] pairs = new int[contacts];
      for (int i = 0; i < contacts; i++) {
        pairs[i] = (random.nextInt(hosts) << 16) | (1 + random.nextInt(Math.min(ports, 60_000)));
      }
      for (int i = 0; i < events; i++) {
        clock += weights[i] / sum * hours * 3_600;
        int pair = pairs[i < contacts ? i : random.nextInt(contacts)];
        double late = random.nextInt(5) == 0 ? random.nextDouble() * 3_300 : 0;
        // A pair always ends the same way.
        Outcome outcome = ((pair * 31) & 64) == 0 ? Outcome.ESTABLISHED : Outcome.BLOCKED;
        observe(event(Math.max(0, clock - late), pair >>> 16, pair & 0xffff, outcome));
      }
    }

    void observe(ConnectionEvent event) {
      detector.observe(event);
      long tick = event.timeMicros() / 2_000_000;
      latest = Math.max(latest, tick);
      for (Dimension dimension : Dimension.values()) {
        long item = SketchOracle.item(key, 3, dimension, event);
        seen(dimension, false).merge(item, tick, Math::max);
        if (event.outcome() != Outcome.ESTABLISHED) {
          seen(dimension, true).merge(item, tick, Math::max);
        }
      }
    }

    private Map<Long, Long> seen(Dimension dimension, boolean failedOnly) {
      return Objects.requireNonNull((failedOnly ? failed : all).get(dimension));
    }

    Set<Long> items(Dimension dimension, boolean failedOnly, int windowTicks) {
      Set<Long> items = new HashSet<>();
      seen(dimension, failedOnly)
          .forEach(
              (item, tick) -> {
                if (latest - tick < windowTicks) {
                  items.add(item);
                }
              });
      return items;
    }

    /** A dimension that never had more than 128 items is exact. */
    void assertNear(Dimension dimension, long actual, String what) {
      int expected = items(dimension, false, DAY).size();
      boolean exact = seen(dimension, false).size() <= 128;
      assertEquals(expected, (double) actual, exact ? 0 : 4 * OWN_ERROR * expected, what);
    }

    HllSketch sketch(Dimension dimension, boolean failedOnly, Duration window) {
      return HllSketch.heapify(Memory.wrap(detector.sketch(source, dimension, failedOnly, window)));
    }

    void assertSketchesAreExact() {
      for (Dimension dimension : Dimension.values()) {
        for (Duration window : WINDOWS) {
          for (boolean failedOnly : new boolean[] {false, true}) {
            HllSketch expected = SketchOracle.sketch();
            items(dimension, failedOnly, (int) window.toSeconds() / 2).forEach(expected::update);
            assertArrayEquals(
                SketchOracle.registers(expected),
                SketchOracle.registers(sketch(dimension, failedOnly, window)),
                () -> dimension + " " + window + (failedOnly ? " failed" : ""));
          }
        }
      }
    }
  }
}
