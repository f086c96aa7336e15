package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Events in batches against the same events one by one. */
class BatchProperties {
  /** Around the engine's own chunk, which is 64. */
  private static final int[] SIZES = {0, 1, 63, 64, 65, 1_000};

  private static final DetectionPolicy IMPATIENT =
      DetectionPolicy.defaults().toBuilder().idleTime(Duration.ofMinutes(2)).build();

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void aBatchDoesWhatItsEventsDo(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ConnectionEvent> events = events(random, 200 + random.nextInt(4_000), 12);
    List<String> oneByOne = new ArrayList<>();
    List<String> inBatches = new ArrayList<>();
    ScanDetector first = detector(seed, oneByOne);
    ScanDetector second = detector(seed, inBatches);
    events.forEach(first::observe);
    bringInBatches(events, second, random);
    assertEquals(oneByOne, inBatches);
    assertEquals(first.stats(), second.stats());
    assertEquals(first.top(20), second.top(20));
    first.finish();
    second.finish();
    assertEquals(oneByOne, inBatches);
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void aBatchDoesSoInAFullTable(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ConnectionEvent> events = events(random, 60_000, 30_000);
    List<String> oneByOne = new ArrayList<>();
    List<String> inBatches = new ArrayList<>();
    ScanDetector first = detector(seed, oneByOne);
    ScanDetector second = detector(seed, inBatches);
    events.forEach(first::observe);
    bringInBatches(events, second, random);
    first.finish();
    second.finish();
    assertEquals(oneByOne, inBatches);
    assertFalse(oneByOne.isEmpty());
    assertEquals(first.stats(), second.stats());
    assertTrue(first.stats().degraded());
  }

  private static void bringInBatches(
      List<ConnectionEvent> events, ScanDetector detector, SplittableRandom random) {
    for (int from = 0; from < events.size(); ) {
      int size = SIZES[random.nextInt(SIZES.length)];
      int to = Math.min(events.size(), from + size);
      detector.observe(events.subList(from, to));
      from = to;
    }
  }

  private static ScanDetector detector(long seed, List<String> alerts) {
    return ScanDetector.builder()
        .policy(IMPATIENT)
        .memoryBudget(1 << 20)
        .secretKey(seed, 7)
        .onAlert(alert -> alerts.add(Traffic.everything(alert)))
        .build();
  }

  /**
   * A fifth from three sources that scan, widely enough to need sketches, the rest from any;
   * bursts, pauses and events out of order.
   */
  private static List<ConnectionEvent> events(SplittableRandom random, int number, int sources) {
    List<ConnectionEvent> events = new ArrayList<>(number);
    double clock = 0;
    for (int i = 0; i < number; i++) {
      clock += random.nextInt(300) == 0 ? random.nextInt(400) : random.nextDouble() * 0.2;
      boolean scans = random.nextInt(5) == 0;
      int source = scans ? random.nextInt(3) : random.nextInt(sources);
      boolean sweeps = source == 0;
      double second = Math.max(0, clock - (random.nextInt(4) == 0 ? random.nextInt(90) : 0));
      ConnectionEvent.Builder event =
          ConnectionEvent.builder()
              .timeMicros(Traffic.micros(second))
              .source(
                  source % 4 == 3
                      ? new IpAddress(0x2001_0db8L << 32, source)
                      : IpAddress.ofIpv4(0xcb00_7100 + source))
              .destination(Traffic.host(scans && sweeps ? random.nextInt(900) : random.nextInt(9)))
              .sourceLocality(source % 2 == 0 ? Locality.REMOTE : Locality.LOCAL)
              .protocol(random.nextInt(20) == 0 ? Protocol.UDP : Protocol.TCP)
              .destinationPort(scans && !sweeps ? random.nextInt(400) : 8_000 + random.nextInt(3))
              .sensor(random.nextInt(3) == 0 ? "sensor-" + random.nextInt(3) : null)
              .count(1 + random.nextInt(3))
              .outcome(scans || random.nextInt(6) == 0 ? Outcome.NO_REPLY : Outcome.ESTABLISHED);
      events.add(event.build());
    }
    return events;
  }
}
