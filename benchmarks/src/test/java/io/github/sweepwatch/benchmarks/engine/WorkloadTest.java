package io.github.sweepwatch.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final int SOURCES = 2_000;
  private static final int EVENTS = 1 << 18;

  private final Workload workload = Workload.of(SOURCES, EVENTS);

  @Test
  void scannersAreFivePercentHalfOfThemDense() {
    Map<IpAddress, List<ConnectionEvent>> scanners = bySource(false);
    int dense = 0;
    int sparse = 0;
    for (List<ConnectionEvent> events : scanners.values()) {
      int contacts = contacts(events);
      assertTrue(contacts >= 1_000 || contacts <= 60, () -> "contacts: " + contacts);
      assertEquals(events.size(), contacts, "a scanner probes nothing twice");
      if (contacts > 60) {
        dense += events.size();
      } else {
        sparse += events.size();
      }
    }
    assertEquals(0.025, (double) dense / EVENTS, 0.001);
    assertEquals(0.025, (double) sparse / EVENTS, 0.001);
    assertEquals(dense, workload.shares().denseEvents());
    assertEquals(sparse, workload.shares().sparseEvents());
    assertEquals(
        scanners.size(), workload.shares().denseScanners() + workload.shares().sparseScanners());
  }

  @Test
  void benignSourcesHaveUpToTwentyDestinationsAndRepeatThirtyPercent() {
    Map<IpAddress, List<ConnectionEvent>> benign = bySource(true);
    Set<Integer> numbers = new HashSet<>();
    for (List<ConnectionEvent> events : benign.values()) {
      numbers.add(destinations(events));
    }
    assertEquals(1, Collections.min(numbers));
    assertEquals(20, Collections.max(numbers));
    // A source's first event repeats nothing.
    assertEquals(
        0.3, (double) workload.shares().repeats() / workload.shares().benignEvents(), 0.005);
  }

  @Test
  void benignSourcesFollowZipf() {
    List<Integer> sizes =
        new ArrayList<>(bySource(true).values().stream().map(Collection::size).toList());
    sizes.sort(Collections.reverseOrder());
    double harmonic = 0;
    for (int rank = 1; rank <= SOURCES; rank++) {
      harmonic += 1.0 / rank;
    }
    double first = workload.shares().benignEvents() / harmonic;
    for (int rank : new int[] {1, 2, 3, 10, 100}) {
      assertEquals(first / rank, sizes.get(rank - 1), 0.12 * first / rank, "rank " + rank);
    }
  }

  @Test
  void someSpeakIpv6AndTimesAreMildlyOutOfOrder() {
    int v6 = 0;
    int behind = 0;
    long newest = 0;
    for (ConnectionEvent event : workload.events()) {
      v6 += event.source().isIpv4() ? 0 : 1;
      assertEquals(event.source().isIpv4(), event.destination().isIpv4());
      behind += event.timeMicros() < newest ? 1 : 0;
      newest = Math.max(newest, event.timeMicros());
    }
    assertEquals(0.15, (double) v6 / EVENTS, 0.1);
    assertEquals(0.3, (double) behind / EVENTS, 0.02);
    double seconds = (newest - Workload.START_MICROS) / 1e6;
    assertEquals(Workload.EVENTS_PER_SECOND, EVENTS / seconds, Workload.EVENTS_PER_SECOND * 0.01);
  }

  @Test
  void introducesEveryBenignSourceOnceAndBefore() {
    Set<IpAddress> introduced = new HashSet<>();
    workload.introduce(
        event -> {
          assertTrue(introduced.add(event.source()));
          assertTrue(event.timeMicros() < Workload.START_MICROS);
        });
    assertEquals(SOURCES, introduced.size());
    assertTrue(introduced.containsAll(bySource(true).keySet()));
  }

  @Test
  void isTheSameEveryTime() {
    ConnectionEvent[] again = Workload.of(SOURCES, EVENTS).events();
    for (int i = 0; i < EVENTS; i += 997) {
      assertEquals(workload.events()[i].toString(), again[i].toString());
    }
  }

  @Test
  void theHotSourceIsOne() {
    Workload hot = Workload.named("hot");
    List<ConnectionEvent> events = List.of(hot.events());
    assertEquals(1, events.stream().map(ConnectionEvent::source).distinct().count());
    assertEquals(20, destinations(events));
  }

  @Test
  void everySpoofedSourceIsAnotherAndOneHost() {
    Set<IpAddress> seen = new HashSet<>();
    for (int n = 0; n < 200_000; n++) {
      IpAddress source = new IpAddress(SpoofedSources.high(n), SpoofedSources.low(n));
      assertTrue(seen.add(source));
      assertTrue(!source.isGroup() && !source.isLoopbackOrUnspecified());
    }
  }

  private Map<IpAddress, List<ConnectionEvent>> bySource(boolean inside) {
    Map<IpAddress, List<ConnectionEvent>> sources = new HashMap<>();
    for (ConnectionEvent event : workload.events()) {
      if (inside == LocalNetworks.PRIVATE.contains(event.sourceHigh(), event.sourceLow())) {
        sources.computeIfAbsent(event.source(), key -> new ArrayList<>()).add(event);
      }
    }
    return sources;
  }

  private static int destinations(List<ConnectionEvent> events) {
    return (int) events.stream().map(ConnectionEvent::destination).distinct().count();
  }

  private static int contacts(List<ConnectionEvent> events) {
    return (int)
        events.stream()
            .map(event -> event.destination() + " " + event.destinationPort())
            .distinct()
            .count();
  }
}
