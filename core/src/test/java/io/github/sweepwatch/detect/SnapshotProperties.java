package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** A detector that was stopped, kept as bytes, and goes on, against one that never stopped. */
class SnapshotProperties {
  private static final List<DetectionPolicy> POLICIES =
      List.of(
          DetectionPolicy.defaults(),
          DetectionPolicy.defaults().toBuilder().idleTime(Duration.ofMinutes(2)).build(),
          DetectionPolicy.spl(),
          DetectionPolicy.spl().toBuilder().idleTime(Duration.ofMinutes(1)).build());

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void whoeverIsRestoredGoesOnAsIfNothingHadBeen(
      @ForAll long seed, @ForAll @IntRange(max = 3) int policy) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    goesOn(seed, POLICIES.get(policy), events(random, 500 + random.nextInt(6_000), 14), 1 << 20);
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void soItDoesWhereMemoryIsShort(@ForAll long seed, @ForAll @IntRange(max = 3) int policy)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<ConnectionEvent> events = events(random, 60_000, 30_000);
    assertTrue(goesOn(seed, POLICIES.get(policy), events, 1 << 20).degraded());
  }

  /** Stops at several moments, and compares alert by alert, byte by byte. */
  private static DetectorStats goesOn(
      long seed, DetectionPolicy policy, List<ConnectionEvent> events, long budget)
      throws IOException {
    SplittableRandom random = new SplittableRandom(~seed);
    List<String> expected = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    ScanDetector whole = builder(seed, policy, budget, expected).build();
    ScanDetector interrupted = builder(seed, policy, budget, alerts).build();
    for (ConnectionEvent event : events) {
      whole.observe(event);
      interrupted.observe(event);
      if (random.nextInt(events.size()) < 6) {
        byte[] snapshot = snapshot(interrupted);
        interrupted =
            builder(seed, policy, budget, alerts).restore(new ByteArrayInputStream(snapshot));
        assertArrayEquals(snapshot, snapshot(interrupted));
        assertEquals(whole.stats(), interrupted.stats());
        assertEquals(whole.top(20), interrupted.top(20));
      }
    }
    assertSame(expected, alerts);
    long end = events.get(events.size() - 1).timeMicros() + 90_000_000;
    whole.advanceTo(end);
    interrupted.advanceTo(end);
    whole.finish();
    interrupted.finish();
    assertSame(expected, alerts);
    assertEquals(whole.stats(), interrupted.stats());
    return whole.stats();
  }

  private static void assertSame(List<String> expected, List<String> alerts) {
    for (int i = 0; i < Math.min(expected.size(), alerts.size()); i++) {
      assertEquals(expected.get(i), alerts.get(i));
    }
    assertEquals(expected.size(), alerts.size());
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void whatIsDamagedIsRefused(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ScanDetector detector =
        builder(7, DetectionPolicy.defaults(), 1 << 20, new ArrayList<>()).build();
    events(new SplittableRandom(7), 3_000, 14).forEach(detector::observe);
    byte[] snapshot = snapshot(detector);
    byte[] damaged = damaged(snapshot, random);
    ScanDetector.Builder builder =
        builder(7, DetectionPolicy.defaults(), 1 << 20, new ArrayList<>());
    SnapshotException refusal =
        assertThrows(
            SnapshotException.class, () -> builder.restore(new ByteArrayInputStream(damaged)));
    assertFalse(String.valueOf(refusal.getMessage()).isEmpty());
    // The same builder still takes the right one.
    assertArrayEquals(snapshot, snapshot(builder.restore(new ByteArrayInputStream(snapshot))));
  }

  private static byte[] damaged(byte[] snapshot, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(snapshot, random.nextInt(snapshot.length));
    }
    byte[] damaged = snapshot.clone();
    // Half of the time where lengths, ids and numbers of things are thick.
    int reach = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 400);
    for (int i = 0; i <= random.nextInt(3); i++) {
      damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
    }
    return Arrays.equals(damaged, snapshot) ? new byte[0] : damaged;
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void whatIsTakenWhileOthersObserveCanBeRestored(@ForAll long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    DetectionPolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
    List<ConnectionEvent> events = events(random, 60_000, random.nextBoolean() ? 40 : 30_000);
    ScanDetector detector = builder(seed, policy, 1 << 20, null).build();
    AtomicBoolean done = new AtomicBoolean();
    Thread observer =
        new Thread(
            () -> {
              events.forEach(detector::observe);
              done.set(true);
            });
    observer.start();
    do {
      byte[] snapshot = snapshot(detector);
      List<String> alerts = new ArrayList<>();
      ScanDetector restored =
          builder(seed, policy, 1 << 20, alerts).restore(new ByteArrayInputStream(snapshot));
      assertEquals(List.of(), alerts);
      events.subList(0, 2_000).forEach(restored::observe);
      restored.finish();
      assertEquals(0, restored.stats().incidentsOpen());
    } while (!done.get());
    observer.join();
    byte[] atRest = snapshot(detector);
    ScanDetector restored =
        builder(seed, policy, 1 << 20, null).restore(new ByteArrayInputStream(atRest));
    assertEquals(detector.stats(), restored.stats());
  }

  static byte[] snapshot(ScanDetector detector) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    detector.snapshot(out);
    return out.toByteArray();
  }

  private static ScanDetector.Builder builder(
      long seed, DetectionPolicy policy, long budget, @Nullable List<String> alerts) {
    return ScanDetector.builder()
        .policy(policy)
        .memoryBudget(budget)
        .secretKey(seed, 11)
        .onAlert(
            alert -> {
              if (alerts != null) {
                alerts.add(Traffic.everything(alert));
              }
            });
  }

  /**
   * Sources from 0 on, the first few of which scan: hosts, ports, both, with decoys, many and few;
   * with pauses of minutes, hours and days.
   */
  static List<ConnectionEvent> events(SplittableRandom random, int number, int sources) {
    List<ConnectionEvent> events = new ArrayList<>(number);
    double second = 0;
    for (int i = 0; i < number; i++) {
      second += random.nextInt(1_500) == 0 ? random.nextInt(100_000) : random.nextDouble() * 0.4;
      second += random.nextInt(300) == 0 ? random.nextInt(400) : 0;
      boolean scans = random.nextInt(4) > 0;
      int source = scans ? random.nextInt(7) : random.nextInt(sources);
      boolean vertical = scans && (source == 2 || source == 3 || source == 4);
      int host = vertical ? 7 : random.nextInt(scans ? 400 : 12);
      int port = source < 2 && scans ? 445 : 1 + random.nextInt(source == 5 ? 4 : 600);
      boolean pings = scans && source == 6;
      events.add(
          ConnectionEvent.builder()
              .timeMicros(Traffic.micros(second - random.nextInt(20) / 3 * random.nextInt(9)))
              .source(
                  source % 3 == 2
                      ? new IpAddress(0x2001_0db8_0000_0000L, source)
                      : IpAddress.ofIpv4(0xcb00_7100 + source))
              .destination(Traffic.host(host))
              .sourceLocality(source % 2 == 0 ? Locality.LOCAL : Locality.UNSPECIFIED)
              .protocol(pings ? Protocol.ICMP : Protocol.TCP)
              .destinationPort(pings ? ConnectionEvent.NOT_GIVEN : scans ? port : 443)
              .sensor(random.nextInt(3) == 0 ? null : "sensor-" + random.nextInt(4))
              .count(1 + random.nextInt(2))
              .outcome(scans && random.nextInt(9) > 0 ? Outcome.NO_REPLY : Outcome.ESTABLISHED)
              .build());
    }
    return events;
  }
}
