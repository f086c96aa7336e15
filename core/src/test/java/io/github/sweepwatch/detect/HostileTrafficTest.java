package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic by those who want the detector to be blind, slow or out of memory. */
class HostileTrafficTest {
  private static final int MIB = 1 << 20;

  // ---- memory ----

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theBudgetIsABoundOfTheHeap(int mebibytes) {
    long budget = (long) mebibytes * MIB;
    // Loads all classes first.
    flood(new Watched(budget), 1, 2_000);
    long before = heap();
    Watched watched = new Watched(budget);
    // Half of the budget and an eighth are taken at once; the rest of this does not grow.
    long fixed = heap() - before - budget / 8 * 5;
    flood(watched, 5, 300_000);
    DetectorStats stats = watched.detector.stats();
    assertHeap(before, fixed, budget, watched);
    assertTrue(stats.degraded());
    assertTrue(stats.evictedSources() > 0);
    assertTrue(stats.sources() <= budget / 2 / 64);
    assertTrue(watched.opened > 1_000, () -> "opened: " + watched.opened);
    assertTrue(watched.evicted > 500, () -> "evicted: " + watched.evicted);
    assertEquals(watched.opened, stats.incidentsOpened());
    assertEquals(watched.opened - watched.ended, stats.incidentsOpen());
    watched.detector.finish();
    assertEquals(watched.opened, watched.ended);
    assertEquals(0, watched.detector.stats().incidentsOpen());
  }

  @Test
  void aSourceThatComesAgainEachDayLeavesNothingBehind() {
    Watched watched = new Watched(MIB);
    comeAgain(watched, 0, 100);
    long before = heap();
    comeAgain(watched, 100, 3_000);
    assertHeap(before, 0, MIB, watched);
  }

  private static void comeAgain(Watched watched, int fromDay, int toDay) {
    for (int day = fromDay; day < toDay; day++) {
      for (int i = 0; i < 150; i++) {
        watched.connect(day * 90_000.0 + i, source(1), i, 8_080, Outcome.ESTABLISHED);
      }
    }
  }

  private static void assertHeap(long before, long fixed, long budget, Watched watched) {
    try {
      long used = heap() - before;
      long allowed = fixed + budget + budget / 20 + (200 << 10);
      DetectorStats stats = watched.detector.stats();
      assertTrue(used <= allowed, () -> used + " bytes of " + allowed + "; " + stats);
    } finally {
      Reference.reachabilityFence(watched);
    }
  }

  // ---- shares ----

  @Test
  void sourcesNearThresholdsTakeTheirShareOnly() {
    Watched watched = new Watched(MIB);
    for (int i = 0; i < 20_000; i++) {
      for (int host = 0; host < 9; host++) {
        watched.connect(i * 0.01, source(i), host, 8_080, Outcome.NO_REPLY);
      }
    }
    assertEquals(0, watched.opened);
    assertOthersGetIn(watched);
  }

  @Test
  void sourcesWithIncidentsTakeTheirShareOnly() {
    Watched watched = new Watched(MIB);
    for (int i = 0; i < 5_000; i++) {
      for (int host = 0; host < 30; host++) {
        watched.connect(i * 0.04, source(i), host, 8_080, Outcome.NO_REPLY);
      }
    }
    assertTrue(watched.opened > 4_900, () -> "opened: " + watched.opened);
    assertTrue(watched.evicted > 4_500, () -> "evicted: " + watched.evicted);
    assertEquals(watched.opened - watched.ended, watched.detector.stats().incidentsOpen());
    assertOthersGetIn(watched);
  }

  /** Ten minutes later, 4,000 ordinary sources, twice each, are nearly all known. */
  private static void assertOthersGetIn(Watched watched) {
    for (int i = 0; i < 8_000; i++) {
      int other = 1_000_000 + i % 4_000;
      watched.connect(800 + i * 0.001, source(other), i % 9, 443, Outcome.ESTABLISHED);
    }
    long known =
        IntStream.range(1_000_000, 1_004_000)
            .filter(other -> watched.detector.inspect(source(other)).isPresent())
            .count();
    assertTrue(known >= 3_800, () -> "known: " + known + "; " + watched.detector.stats());
  }

  @Test
  void aScanIsFoundAmongDenseSourcesAndThoseNearThresholds() {
    Watched watched = new Watched(MIB);
    for (int i = 0; i < 300; i++) {
      for (int host = 0; host < 12; host++) {
        watched.connect(i * 0.01, source(i), host, 8_080, Outcome.NO_REPLY);
      }
    }
    for (int i = 0; i < 60; i++) {
      for (int host = 0; host < 300; host++) {
        watched.connect(3 + i * 0.1, source(1_000 + i), host, 8_080, Outcome.NO_REPLY);
      }
    }
    long before = watched.opened;
    for (int host = 0; host < 40; host++) {
      watched.connect(20, source(5_000), host, 22, Outcome.NO_REPLY);
    }
    assertEquals(before + 1, watched.opened, () -> watched.detector.stats().toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void countsAreRightInAFullDetector(int mebibytes) {
    List<Long> targets = new ArrayList<>();
    CountRule rule =
        CountRule.of("hosts", ScanType.HORIZONTAL, CountRule.Measure.HOSTS_ON_SERVICE)
            .onFailures()
            .limit(40, 40, Duration.ofHours(1));
    Traffic traffic =
        new Traffic(
            ScanDetector.builder()
                .policy(DetectionPolicy.builder("full").rule(rule).build())
                .memoryBudget((long) mebibytes * MIB)
                .secretKey(1, 5));
    for (int i = 0; i < 3_000; i++) {
      traffic.from(source(i), Locality.REMOTE).sweep(0, 0, 40, 22, Outcome.REFUSED);
      traffic.detector().finish();
    }
    assertEquals(3_000, traffic.opened().size());
    traffic.ended().forEach(alert -> targets.add(alert.uniqueTargets()));
    assertEquals(List.of(40L), targets.stream().distinct().toList());
  }

  // ---- clocks ----

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4_070_908_800_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void aWildTimeBlindsNobodyElse(long wild) {
    for (boolean full : new boolean[] {false, true}) {
      for (boolean first : new boolean[] {true, false}) {
        Watched watched = new Watched(MIB);
        if (first) {
          wild(watched, wild);
        }
        if (full) {
          for (int i = 0; i < 30_000; i++) {
            watched.connect(i * 0.001, source(i), i % 5, 443, Outcome.ESTABLISHED);
          }
          assertTrue(watched.detector.stats().degraded());
        }
        for (int i = 0; i < 40; i++) {
          if (!first && i % 10 == 0) {
            wild(watched, wild);
          }
          watched.connect(400 + i, source(90_001 + i % 3), 1, 443, Outcome.ESTABLISHED);
          watched.connect(400 + i, source(90_000), i, 22, Outcome.NO_REPLY);
        }
        String what = "full " + full + ", first " + first + ": " + watched.detector.stats();
        assertEquals(1, watched.opened, what);
        // Time goes on as that of the others does.
        for (int i = 0; i < 4; i++) {
          watched.connect(1_400 + i, source(90_001 + i % 3), 1, 443, Outcome.ESTABLISHED);
        }
        assertEquals(1, watched.ended, what);
        // Before the others have said what time it is, none is late.
        int late = wild > Traffic.START || first ? 0 : full ? 4 : 3;
        assertEquals(late, watched.detector.stats().lateEvents(), what);
      }
    }
  }

  private static void wild(Watched watched, long micros) {
    watched.connectAt(micros, source(99_999), 1, 443, Outcome.ESTABLISHED);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0})
  void advancingToAnEarlierTimeChangesNothing(long past) {
    Watched watched = new Watched(MIB);
    for (int i = 0; i < 20; i++) {
      watched.connect(i, source(1 + i % 3), i, 443, Outcome.ESTABLISHED);
      if (i > 5) {
        watched.detector.advanceTo(past);
      }
      watched.connect(i, source(9), i, 22, Outcome.NO_REPLY);
    }
    assertEquals(1, watched.opened);
    assertEquals(0, watched.ended);
    assertEquals(0, watched.detector.stats().lateEvents());
  }

  @Test
  void onesOwnClockMayRunAYearAhead() {
    Watched watched = new Watched(MIB);
    for (int i = 0; i < 30_000; i++) {
      watched.connect(i * 0.001, source(i), i % 5, 443, Outcome.ESTABLISHED);
      watched.connect(31_536_000 + i * 600.0, source(99_999), i % 40, 22, Outcome.NO_REPLY);
    }
    DetectorStats stats = watched.detector.stats();
    assertTrue(stats.futureEvents() >= 29_990, stats::toString);
    assertEquals(0, stats.lateEvents());
    for (int i = 0; i < 40; i++) {
      watched.connect(200 + i, source(90_000), i, 22, Outcome.NO_REPLY);
    }
    assertEquals(1, watched.opened);
  }

  // ---- collisions ----

  @Test
  void addressesThatCollideElsewhereDoNotCollideHere() {
    List<IntFunction<IpAddress>> families =
        List.of(
            i -> IpAddress.ofIpv4(0x0b00_0000 + i),
            i -> IpAddress.ofIpv4((i << 16) | 0x2c01),
            i -> IpAddress.ofIpv4(0x4000_0000 + i * 4_096),
            i -> new IpAddress(0x2001_0db8L << 32, ((long) i << 32) | 0x1234_5678),
            i -> new IpAddress(0x2001_0db8L << 32, (long) i << 48),
            i -> new IpAddress(0x2001_0db8_0000_0000L + i, 1),
            i -> new IpAddress((0x2001_0db8L << 32) + i, ~((0x2001_0db8L << 32) + i)),
            // Equal under Java's own hash of two longs, 31 x high + low.
            i -> new IpAddress((0x2001_0db8L << 32) + i, 1_000_000_000L - 31L * i));
    for (int family = 0; family < families.size(); family++) {
      for (int key = 0; key < 3; key++) {
        ScanDetector detector =
            ScanDetector.builder().memoryBudget(2 * MIB).secretKey(key, 17).build();
        Set<IpAddress> sources = new HashSet<>();
        for (int i = 0; i < 8_000; i++) {
          IpAddress source = families.get(family).apply(i);
          sources.add(source);
          detector.observe(event(Traffic.micros(i * 0.001), source, 1, 443, Outcome.ESTABLISHED));
        }
        assertEquals(8_000, sources.size());
        String what = "family " + family + ", key " + key + ": " + detector.stats();
        // Of random addresses too, one in 100,000 finds all its slots taken.
        assertTrue(detector.stats().sources() >= 7_999, what);
        assertEquals(0, detector.stats().evictedSources(), what);
      }
    }
  }

  // ---- traffic ----

  /** Many sources, fifty at a time: most with few contacts, some scanning, some near it or wide. */
  private static void flood(Watched watched, long seed, int sources) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] active = new int[50];
    int[] left = new int[50];
    int next = 0;
    double clock = 0;
    int done = 0;
    while (done < sources + active.length) {
      int i = random.nextInt(active.length);
      if (left[i] == 0) {
        active[i] = next++;
        left[i] = contacts(random);
        done++;
      }
      left[i]--;
      clock += 0.0005;
      boolean fails = active[i] % 3 == 0;
      watched.connect(
          clock,
          source(active[i]),
          random.nextInt(fails ? 1_000 : 40),
          fails ? 10_000 + active[i] % 5_000 : random.nextInt(65_536),
          fails ? Outcome.NO_REPLY : Outcome.ESTABLISHED);
    }
  }

  private static int contacts(SplittableRandom random) {
    int kind = random.nextInt(5_000);
    if (kind == 0) {
      return 200 + random.nextInt(1_500);
    }
    if (kind < 150) {
      return 8 + random.nextInt(70);
    }
    return 1 + random.nextInt(3);
  }

  private static IpAddress source(int number) {
    return number % 4 == 3
        ? new IpAddress(0x2001_0db8L << 32, number * 0x1_0000_0001L)
        : IpAddress.ofIpv4(0x3000_0000 + number);
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      // What the pools held right after it; later use includes threads' allocation buffers.
      least =
          Math.min(
              least,
              ManagementFactory.getMemoryPoolMXBeans().stream()
                  .filter(pool -> pool.getType() == MemoryType.HEAP)
                  .map(MemoryPoolMXBean::getCollectionUsage)
                  .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                  .sum());
    }
    return least;
  }

  /** A detector, and how many alerts it gave. */
  private static final class Watched {
    final ScanDetector detector;
    long opened;
    long ended;
    long evicted;

    Watched(long memoryBudget) {
      // Which sources meet in the table is up to the key: one that does not change.
      detector =
          ScanDetector.builder()
              .memoryBudget(memoryBudget)
              .secretKey(5, 5)
              .onAlert(this::count)
              .build();
    }

    private void count(ScanAlert alert) {
      opened += alert.state() == ScanAlert.State.OPENED ? 1 : 0;
      ended += alert.state() == ScanAlert.State.ENDED ? 1 : 0;
      evicted += alert.endReason() == EndReason.EVICTED ? 1 : 0;
    }

    void connect(double second, IpAddress source, int host, int port, Outcome outcome) {
      connectAt(Traffic.micros(second), source, host, port, outcome);
    }

    void connectAt(long micros, IpAddress source, int host, int port, Outcome outcome) {
      detector.observe(event(micros, source, host, port, outcome));
    }
  }

  private static ConnectionEvent event(
      long micros, IpAddress source, int host, int port, Outcome outcome) {
    return ConnectionEvent.builder()
        .timeMicros(micros)
        .source(source)
        .destination(Traffic.host(host))
        .sourceLocality(Locality.REMOTE)
        .protocol(Protocol.TCP)
        .destinationPort(port)
        .outcome(outcome)
        .build();
  }
}
