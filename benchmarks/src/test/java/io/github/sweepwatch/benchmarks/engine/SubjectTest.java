package io.github.sweepwatch.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubjectTest {
  private static final IpAddress FIRST = IpAddress.parse("10.0.0.1");
  private static final IpAddress SECOND = IpAddress.parse("fd00::1");
  private static final IpAddress SERVER = IpAddress.parse("2001:db8::1");

  @ParameterizedTest
  @EnumSource(
      value = Implementation.class,
      names = {"HLL_SKETCH", "ULTRA_LOG_LOG", "HASH_SET", "UNIQUE_COUNT_MAP"})
  void peersCountHostsPortsAndPairs(Implementation implementation) {
    try (CountingPeer peer = (CountingPeer) implementation.create(0)) {
      for (int twice = 0; twice < 2; twice++) {
        for (int i = 0; i < 60; i++) {
          peer.observe(event(FIRST, target(i % 30), 80 + i % 20, i));
        }
        peer.observe(event(SECOND, SERVER, 443, 0));
      }
      // Of i % 30 and i % 20, sixty numbers make sixty pairs.
      assertCounts(30, 20, 60, peer.counts(FIRST));
      assertCounts(1, 1, 1, peer.counts(SECOND));
    }
  }

  private static void assertCounts(int hosts, int ports, int pairs, CountingPeer.Counts counts) {
    assertEquals(hosts, counts.hosts(), hosts * 0.1);
    assertEquals(ports, counts.ports(), ports * 0.1);
    assertEquals(pairs, counts.pairs(), pairs * 0.1);
  }

  @Test
  void esperCountsDestinationsInItsWindow() {
    try (EsperPeer peer = new EsperPeer()) {
      for (int i = 0; i < 25; i++) {
        peer.observe(event(FIRST, target(i), 80, i));
      }
      assertEquals(5, peer.matches(), "the 21st to the 25th");
      for (int i = 0; i < 20; i++) {
        peer.observe(event(FIRST, target(100 + i), 80, 400 + i));
      }
      assertEquals(5, peer.matches(), "the first are out of the window");
    }
  }

  @Test
  void esperCountsEvents() {
    try (EsperPeer peer = new EsperPeer()) {
      for (int i = 0; i < 150; i++) {
        peer.observe(event(FIRST, SERVER, 80, i));
        if (i % 2 == 0) {
          peer.observe(event(SECOND, SERVER, 80, i));
        }
      }
      assertEquals(50, peer.matches(), "the 101st to the 150th of the first source");
    }
  }

  @Test
  void oursFindsTheWorkloadsScannersOneByOneAndInBatches() {
    Workload workload = Workload.of(500, 8 * EventSlice.SIZE);
    SweepwatchSubject single = new SweepwatchSubject(64 << 20);
    SweepwatchSubject batched = new SweepwatchSubject(64 << 20);
    Subject inBatches = batched.inBatches();
    EventSlice slice = new EventSlice(workload.events());
    for (int from = 0; from < workload.events().length; from += EventSlice.SIZE) {
      slice.moveTo(from);
      single.observe(slice);
      inBatches.observe(slice);
    }
    assertTrue(single.opened() > workload.shares().denseScanners());
    assertTrue(
        single.opened()
            <= workload.shares().denseScanners() + 2L * workload.shares().sparseScanners());
    assertEquals(single.opened(), batched.opened());
  }

  @Test
  void theEngineAloneKeepsContactsAndFindsNothing() {
    Workload workload = Workload.of(500, 8 * EventSlice.SIZE);
    SweepwatchSubject alone = SweepwatchSubject.engineAlone(64 << 20);
    Set<IpAddress> sources = new HashSet<>();
    for (ConnectionEvent event : workload.events()) {
      alone.observe(event);
      sources.add(event.source());
    }
    assertEquals(0, alone.opened());
    assertEquals(workload.events().length, alone.stats().events());
    assertEquals(0, alone.stats().ignoredEvents() + alone.stats().lateEvents());
    assertEquals(sources.size(), alone.stats().sources());
    assertEquals("", alone.losses());
  }

  @Test
  void writesIntoEvents() {
    ConnectionEvent event = event(FIRST, SERVER, 443, 0);
    EventFields.time(event, 17);
    EventFields.source(event, SECOND.high(), SECOND.low());
    assertEquals(17, event.timeMicros());
    assertEquals(SECOND, event.source());
    assertEquals(SERVER, event.destination());
  }

  @Test
  void findsScannersInASmallFlood() {
    FloodDetection.Outcomes outcomes = FloodDetection.run(20_000, 2, 256 << 20);
    assertEquals(FloodDetection.SCANNERS, outcomes.foundWithout());
    assertEquals(FloodDetection.SCANNERS, outcomes.found());
    assertEquals(1.0, outcomes.worst(), 0.2);
    // 50 scanners with 6,000 contacts, 50 with 60, and the flood.
    assertEquals(50 * 6_060 + 40_000, outcomes.stats().events());
  }

  private static IpAddress target(int i) {
    return IpAddress.ofIpv4(0x0a01_0000 + i);
  }

  private static ConnectionEvent event(IpAddress source, IpAddress target, int port, int second) {
    return ConnectionEvent.builder()
        .timeMicros(Workload.START_MICROS + second * 1_000_000L)
        .source(source)
        .destination(target)
        .protocol(Protocol.TCP)
        .destinationPort(port)
        .outcome(Outcome.ESTABLISHED)
        .build();
  }
}
