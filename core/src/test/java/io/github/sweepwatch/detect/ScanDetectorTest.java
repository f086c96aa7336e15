package io.github.sweepwatch.detect;

import static io.github.sweepwatch.detect.Traffic.micros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScanDetectorTest {
  private static final IpAddress WORKSTATION = IpAddress.parse("10.10.0.5");

  @Test
  void opensAtTheThresholdAndNotBefore() {
    Traffic traffic = new Traffic().sweep(0, 1, 9, 8080, Outcome.NO_REPLY);
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(9, 10, 8080, Outcome.REFUSED);
    assertEquals(1, traffic.alerts().size());
    ScanAlert alert = traffic.alerts().get(0);
    assertEquals(ScanType.HORIZONTAL, alert.type());
    assertEquals(List.of(Traffic.SCANNER), alert.sources());
    assertEquals(10, alert.uniqueTargets());
    assertEquals(1, alert.uniquePorts());
    assertEquals(10, alert.connections());
    assertEquals(10, alert.failed());
    assertEquals(micros(0), alert.firstSeenMicros());
    assertEquals(micros(9), alert.lastSeenMicros());
    assertEquals(micros(9), alert.detectedAtMicros());
    assertEquals(List.of(new PortRange(8080, 8080)), alert.ports());
    assertEquals(List.of(Protocol.TCP), alert.protocols());
    assertEquals(List.of(new Reason("first-contacts-hosts", 10, 10, 300)), alert.reasons());
    // Addresses are kept from half a threshold on.
    assertEquals(IntStream.rangeClosed(5, 10).mapToObj(Traffic::host).toList(), alert.targets());
    assertEquals("T1595.001", alert.technique());
    assertEquals(80, alert.confidence());
    assertFalse(alert.muted());
    assertFalse(alert.authorised());
  }

  @Test
  void theLimitDependsOnTheSideOfTheSource() {
    Traffic traffic = new Traffic().from(WORKSTATION, Locality.LOCAL);
    for (int host = 1; host <= 24; host++) {
      traffic.outward(host, host, 8_080, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    traffic.outward(25, 25, 8_080, Outcome.NO_REPLY);
    assertEquals("T1046", traffic.opened().get(0).technique());
    assertEquals("TA0007", traffic.opened().get(0).tactic());
  }

  @Test
  void aScanOfAnotherNetworkIsNoRepeat() {
    Traffic traffic = new Traffic().sweep(0, 1, 40, 445, Outcome.REFUSED);
    double later = 2 * 3_600;
    for (int host = 0x300; host < 0x330; host++) {
      traffic.connect(later + host - 0x300, host, 445, Outcome.REFUSED);
    }
    // The first network again, within the mute time of neither end.
    double again = later + 1_500;
    for (int host = 0x310; host < 0x330; host++) {
      traffic.connect(again + host - 0x310, host, 445, Outcome.REFUSED);
    }
    for (int host = 0x500; host < 0x530; host++) {
      traffic.connect(again + 1_200 + host - 0x500, host, 445, Outcome.REFUSED);
    }
    assertEquals(
        List.of(false, false, true, false),
        traffic.opened().stream().map(ScanAlert::muted).toList());
  }

  @Test
  void configuredNetworksDecideWhereTheLogDoesNotSay() {
    Traffic traffic =
        new Traffic(ScanDetector.builder().localNetworks(LocalNetworks.of("203.0.113.0/24")));
    traffic.from(Traffic.SCANNER, Locality.UNSPECIFIED);
    assertTrue(traffic.sweep(0, 1, 24, 8080, Outcome.REFUSED).alerts().isEmpty());
    traffic.from(IpAddress.parse("203.0.114.7"), Locality.UNSPECIFIED);
    assertEquals(1, traffic.sweep(0, 1, 24, 8080, Outcome.REFUSED).opened().size());
  }

  @Test
  void successesCountOnlyAtTheHighLimit() {
    Traffic traffic = new Traffic().sweep(0, 1, 99, 445, Outcome.ESTABLISHED);
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(99, 100, 445, Outcome.UNKNOWN);
    assertEquals("horizontal-any", traffic.opened().get(0).reasons().get(0).rule());
    assertEquals(50, traffic.opened().get(0).confidence());
  }

  @Test
  void halfOpenProbesOfOpenPortsCountAsFailures() {
    Traffic traffic = new Traffic();
    for (int i = 0; i < 20; i++) {
      traffic
          .detector()
          .observe(traffic.event(i, i, 22, Outcome.ESTABLISHED).probe(Probe.SYN).build());
    }
    assertEquals(1, traffic.opened().size());
  }

  @Test
  void aWindowSlides() {
    // Ten before and ten after a multiple of the window: a tumbling window would see half.
    Traffic traffic = new Traffic().sweep(290, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
    // One host every 34 s: 9 in any 5 minutes.
    traffic = new Traffic().sweep(0, 34, 45, 8080, Outcome.NO_REPLY);
    assertTrue(traffic.opened().isEmpty());
  }

  @Test
  void slowScansAreSeenOverADay() {
    Traffic traffic = new Traffic().sweep(0, 600, 49, 8080, Outcome.NO_REPLY);
    assertTrue(traffic.opened().isEmpty());
    traffic.connect(49 * 600, 50, 8080, Outcome.NO_REPLY);
    assertEquals("horizontal-slow", traffic.opened().get(0).reasons().get(0).rule());
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    Traffic traffic = new Traffic();
    for (int i = 19; i >= 0; i--) {
      traffic.connect(i * 10, i + 1, 8080, Outcome.REFUSED);
    }
    ScanAlert alert = traffic.opened().get(0);
    assertEquals(micros(190), alert.detectedAtMicros());
    assertEquals(micros(100), alert.firstSeenMicros());
    traffic.detector().finish();
    assertEquals(micros(0), traffic.ended().get(0).firstSeenMicros());
  }

  @Test
  void incidentsClimbTheLadderAndEndWhenIdle() {
    Traffic traffic = new Traffic().sweep(0, 1, 120, 8080, Outcome.NO_REPLY).othersReach(1_018);
    assertEquals(4, traffic.alerts().size());
    assertEquals(
        List.of(10L, 20L, 50L, 100L),
        traffic.alerts().stream().map(ScanAlert::uniqueTargets).toList());
    traffic.othersReach(1_022);
    ScanAlert ended = traffic.alerts().get(4);
    assertEquals(ScanAlert.State.ENDED, ended.state());
    assertEquals(EndReason.IDLE, ended.endReason());
    assertEquals(micros(119 + 900), ended.endedAtMicros());
    assertEquals(120, ended.uniqueTargets());
    assertEquals(1, traffic.alerts().stream().map(ScanAlert::id).distinct().count());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L), traffic.alerts().stream().map(ScanAlert::seq).toList());
  }

  @Test
  void theSourcesOwnClockEndsAnIncidentToo() {
    Traffic traffic = new Traffic().sweep(0, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.connect(2_000, 50, 443, Outcome.ESTABLISHED);
    assertEquals(EndReason.IDLE, traffic.ended().get(0).endReason());
  }

  @Test
  void advancingTimeEndsIdleIncidents() {
    Traffic traffic = new Traffic().sweep(0, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.detector().advanceTo(micros(900));
    assertTrue(traffic.ended().isEmpty());
    traffic.detector().advanceTo(micros(920));
    assertEquals(1, traffic.ended().size());
  }

  @Test
  void finishEndsEverything() {
    Traffic traffic = new Traffic().sweep(0, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.detector().finish();
    traffic.detector().finish();
    assertEquals(1, traffic.ended().size());
    assertEquals(EndReason.END_OF_INPUT, traffic.ended().get(0).endReason());
    assertEquals(micros(19), traffic.ended().get(0).endedAtMicros());
    assertEquals(0, traffic.detector().stats().incidentsOpen());
  }

  @Test
  void aLongScanIsCutAtTheLongestDuration() {
    Traffic traffic = new Traffic().sweep(0, 10, 9_000, 8080, Outcome.NO_REPLY);
    assertEquals(EndReason.MAX_DURATION, traffic.ended().get(0).endReason());
    assertEquals(2, traffic.opened().size());
    assertTrue(traffic.opened().get(1).muted());
  }

  @Test
  void whatWasReportedDoesNotOpenAgain() {
    Traffic traffic = new Traffic().sweep(0, 1, 60, 8080, Outcome.NO_REPLY);
    // One more failure long after: the day's count still holds the old contacts.
    traffic.connect(4_000, 61, 8080, Outcome.NO_REPLY);
    traffic.connect(4_001, 62, 8080, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
    assertEquals(1, traffic.ended().size());
  }

  @Test
  void aRepeatOpensAgainAndIsMutedForAnHour() {
    Traffic traffic = new Traffic().sweep(0, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.sweep(1_000, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.sweep(10_000, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(
        List.of(false, true, false), traffic.opened().stream().map(ScanAlert::muted).toList());
    assertEquals(3, traffic.opened().stream().map(ScanAlert::id).distinct().count());
  }

  @Test
  void anotherPortIsNotMuted() {
    Traffic traffic = new Traffic().sweep(0, 1, 20, 8080, Outcome.NO_REPLY);
    traffic.sweep(1_000, 1, 20, 9090, Outcome.NO_REPLY);
    assertEquals(List.of(false, false), traffic.opened().stream().map(ScanAlert::muted).toList());
  }

  @Test
  void manyPortsOfOneHostAreVertical() {
    Traffic traffic = new Traffic();
    for (int port = 1; port <= 10; port++) {
      traffic.connect(port, 1, port, Outcome.REFUSED);
    }
    ScanAlert alert = traffic.opened().get(0);
    assertEquals(ScanType.VERTICAL, alert.type());
    assertEquals(List.of(new PortRange(1, 10)), alert.ports());
  }

  @Test
  void manyProtocolsOfOneHostAreVertical() {
    Traffic traffic = new Traffic();
    for (int protocol = 100; protocol < 110; protocol++) {
      traffic.over(protocol).connect(protocol, 1, 0, Outcome.NO_REPLY);
    }
    ScanAlert alert = traffic.opened().get(0);
    assertEquals(ScanType.VERTICAL, alert.type());
    assertEquals(10, alert.uniquePorts());
    assertTrue(alert.ports().isEmpty());
    assertEquals(IntStream.range(100, 110).boxed().toList(), alert.protocols());
  }

  @Test
  void protocolsAreThoseOfTheProbes() {
    Traffic traffic = new Traffic();
    for (int port = 1; port <= 10; port++) {
      traffic.connect(port, 1, port, Outcome.REFUSED);
    }
    assertEquals(List.of(Protocol.TCP), traffic.opened().get(0).protocols());
    traffic.over(Protocol.UNKNOWN).connect(12, 1, 0, Outcome.NO_REPLY);
    traffic.over(Protocol.UDP).connect(13, 1, 12, Outcome.NO_REPLY);
    traffic.over(Protocol.ICMP).connect(14, 1, 0, Outcome.NO_REPLY);
    traffic.detector().finish();
    ScanAlert ended = traffic.ended().get(0);
    assertEquals(List.of(new PortRange(1, 10), new PortRange(12, 12)), ended.ports());
    assertEquals(List.of(Protocol.ICMP, Protocol.TCP, Protocol.UDP), ended.protocols());
  }

  @Test
  void highPortsOfOneHostAreNoScanWhileTheySucceed() {
    Traffic traffic = new Traffic();
    for (int port = 0; port < 300; port++) {
      traffic.connect(port / 2.0, 1, 40_000 + port, Outcome.ESTABLISHED);
    }
    assertTrue(traffic.alerts().isEmpty());
    for (int port = 1; port <= 20; port++) {
      traffic.connect(150 + port, 1, 600 + port, Outcome.ESTABLISHED);
    }
    assertEquals("vertical-any", traffic.opened().get(0).reasons().get(0).rule());
  }

  @Test
  void bothDimensionsAreABlockAndTakeOverWhatIsOpen() {
    Traffic traffic = new Traffic();
    for (int port = 1; port <= 15; port++) {
      traffic.connect(port, 1, port, Outcome.REFUSED);
    }
    for (int host = 2; host <= 7; host++) {
      for (int port = 1; port <= 8; port++) {
        traffic.connect(20 + host, host, port, Outcome.REFUSED);
      }
    }
    assertEquals(1, traffic.opened().size());
    ScanAlert revised = traffic.alerts().get(1);
    assertEquals(ScanAlert.State.UPDATED, revised.state());
    assertEquals(ScanType.BLOCK, revised.type());
    assertEquals(traffic.opened().get(0).id(), revised.id());
    traffic.detector().finish();
    ScanAlert ended = traffic.ended().get(0);
    assertEquals(7, ended.uniqueTargets());
    assertEquals(15, ended.uniquePorts());
    assertEquals(15 + 6 * 8, ended.connections());
  }

  @Test
  void aPingSweepBecomesHorizontalWhenPortsFollow() {
    Traffic traffic = new Traffic().over(Protocol.ICMP).sweep(0, 1, 20, 0, Outcome.NO_REPLY);
    assertEquals(ScanType.PING_SWEEP, traffic.opened().get(0).type());
    traffic.over(Protocol.TCP).sweep(30, 1, 20, 22, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
    assertEquals(ScanType.HORIZONTAL, traffic.alerts().get(1).type());
    assertEquals(2, traffic.alerts().get(1).reasons().size());
  }

  @Test
  void verticalAndHorizontalScansOfOneSourceAreTwoIncidents() {
    Traffic traffic = new Traffic().from(WORKSTATION, Locality.LOCAL);
    for (int port = 1; port <= 200; port++) {
      traffic.connect(port * 0.05, 1, port, Outcome.REFUSED);
    }
    traffic.sweep(150, 1, 30, 445, Outcome.REFUSED);
    assertEquals(
        List.of(ScanType.VERTICAL, ScanType.HORIZONTAL),
        traffic.opened().stream().map(ScanAlert::type).toList());
  }

  @Test
  void ordinaryUseDoesNotKeepAnIncidentOpen() {
    Traffic traffic = new Traffic().sweep(0, 1, 100, 445, Outcome.ESTABLISHED);
    for (int i = 1; i < 60; i++) {
      traffic.connect(100 + i * 60, 7, 445, Outcome.ESTABLISHED);
    }
    assertEquals(100, traffic.ended().get(0).connections());
    assertEquals(micros(99), traffic.ended().get(0).lastSeenMicros());
  }

  @Test
  void eventsOfNoSingleInitiatorOrHostArePassedOver() {
    Traffic traffic = new Traffic();
    for (int i = 0; i < 30; i++) {
      ConnectionEvent.Builder event = traffic.event(i, i, 80, Outcome.REFUSED);
      traffic.detector().observe(event.initiatorCertain(false).build());
      event = traffic.event(i, i, 80, Outcome.REFUSED);
      traffic.detector().observe(event.destination(0, 0xffff_e000_0000L + i).build());
      event = traffic.event(i, i, 80, Outcome.REFUSED);
      traffic.detector().observe(event.destination(0xff02L << 48, i).build());
      event = traffic.event(i, i, 80, Outcome.REFUSED);
      traffic.detector().observe(event.source(0, 1).build());
    }
    assertTrue(traffic.alerts().isEmpty());
    assertEquals(120, traffic.detector().stats().ignoredEvents());
    assertEquals(120, traffic.detector().stats().events());
  }

  @Test
  void lateEventsAreCountedAndNothingElse() {
    Traffic traffic = new Traffic().othersReach(10_000);
    traffic.sweep(6_399 - 19, 1, 20, 8080, Outcome.NO_REPLY);
    assertTrue(traffic.alerts().isEmpty());
    assertEquals(20, traffic.detector().stats().lateEvents());
    traffic.sweep(6_400, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
  }

  @Test
  void oneWildClockBlindsNobodyElse() {
    Traffic traffic = new Traffic().othersReach(0);
    for (int i = 0; i < 50; i++) {
      traffic.from(IpAddress.parse("198.51.100.99"), Locality.REMOTE);
      traffic.connect(3e9 + i * 86_400, 1, 80, Outcome.REFUSED);
    }
    traffic.from(Traffic.SCANNER, Locality.REMOTE).sweep(10, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
    assertEquals(50, traffic.detector().stats().futureEvents());
    assertEquals(0, traffic.detector().stats().lateEvents());
  }

  @Test
  void aWildTimeAtTheVeryStartBlindsNobodyElse() {
    Traffic traffic = new Traffic().from(IpAddress.parse("198.51.100.99"), Locality.REMOTE);
    traffic.connect(3e9, 1, 80, Outcome.REFUSED);
    traffic.from(Traffic.SCANNER, Locality.REMOTE).sweep(10, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(1, traffic.othersReach(40).opened().size());
    assertEquals(0, traffic.detector().stats().lateEvents());
  }

  @Test
  void authorisedSourcesAreRecordedAsSuch() {
    DetectionPolicy policy =
        DetectionPolicy.defaults().toBuilder()
            .authorise(AddressBlock.parse("192.0.2.0/24"))
            .authorise(AddressBlock.parse("203.0.113.0/24"))
            .build();
    Traffic traffic = new Traffic(ScanDetector.builder().policy(policy));
    ScanAlert alert = traffic.sweep(0, 1, 20, 80, Outcome.REFUSED).opened().get(0);
    assertTrue(alert.authorised());
    assertEquals("203.0.113.0/24", alert.authorisedBy());
    assertEquals(Severity.LOW, alert.severity());
  }

  @Test
  void theSplPresetCountsDestinationsWhateverTheirOutcome() {
    Traffic traffic = new Traffic(ScanDetector.builder().policy(DetectionPolicy.spl()));
    traffic.sweep(0, 1, 20, 443, Outcome.ESTABLISHED);
    assertTrue(traffic.alerts().isEmpty());
    traffic
        .detector()
        .observe(traffic.event(20, 21, 443, Outcome.ESTABLISHED).initiatorCertain(false).build());
    assertEquals(ScanType.HORIZONTAL, traffic.opened().get(0).type());
    assertEquals("spl-destinations", traffic.opened().get(0).reasons().get(0).rule());
  }

  @Test
  void theSplPresetCountsConnections() {
    Traffic traffic = new Traffic(ScanDetector.builder().policy(DetectionPolicy.spl()));
    for (int i = 0; i < 100; i++) {
      traffic.connect(i, 1, 22, Outcome.ESTABLISHED);
    }
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(100, 1, 22, Outcome.ESTABLISHED);
    assertEquals(101, traffic.opened().get(0).reasons().get(0).count());
    traffic = new Traffic(ScanDetector.builder().policy(DetectionPolicy.spl()));
    traffic.detector().observe(traffic.event(0, 1, 22, Outcome.ESTABLISHED).count(101).build());
    assertEquals(1, traffic.opened().size());
  }

  @Test
  void theMemoryBudgetHoldsAndSaysWhatItCost() {
    Traffic traffic = new Traffic(ScanDetector.builder().memoryBudget(1 << 20));
    traffic.sweep(0, 0.001, 20, 8080, Outcome.NO_REPLY);
    for (int i = 0; i < 20_000; i++) {
      traffic.from(IpAddress.ofIpv4(0xc000_0000 + i), Locality.REMOTE);
      traffic.connect(1 + i * 0.001, i % 5, 80, Outcome.NO_REPLY);
    }
    DetectorStats stats = traffic.detector().stats();
    assertTrue(stats.degraded());
    assertTrue(stats.sources() < 8_000, () -> "sources kept: " + stats.sources());
    assertEquals(20_001, stats.sources() + stats.evictedSources() + stats.refusedEvents());
    // Open incidents go last.
    assertTrue(traffic.ended().isEmpty());
    traffic.detector().finish();
    assertEquals(20, traffic.ended().get(0).uniqueTargets());
  }

  @Test
  void quietSourcesAreForgottenByEventTime() {
    Traffic traffic = new Traffic().sweep(0, 1, 5, 80, Outcome.REFUSED).othersReach(10);
    assertEquals(4, traffic.detector().stats().sources());
    traffic.othersReach(80_000).othersReach(100_000);
    assertTrue(traffic.detector().inspect(Traffic.SCANNER).isEmpty());
    assertEquals(0, traffic.detector().stats().evictedSources());
  }

  @Test
  void aListenerMayThrowAndMayObserve() {
    AtomicInteger calls = new AtomicInteger();
    List<ScanDetector> holder = new ArrayList<>();
    ScanDetector detector =
        ScanDetector.builder()
            .onAlert(
                alert -> {
                  calls.incrementAndGet();
                  holder.get(0).observe(new Traffic().event(0, 1, 1, Outcome.REFUSED).build());
                  throw new IllegalStateException("listener");
                })
            .build();
    holder.add(detector);
    Traffic events = new Traffic();
    List<ConnectionEvent> batch =
        IntStream.range(0, 20)
            .mapToObj(i -> events.event(i, i, 80, Outcome.REFUSED).build())
            .toList();
    detector.observe(batch);
    assertEquals(1, calls.get());
    assertEquals(1, detector.stats().listenerFailures());
    assertEquals(21, detector.stats().events());
  }

  @Test
  void anyNumberOfThreadsOpensOneIncident() throws InterruptedException {
    List<ScanAlert> alerts = new CopyOnWriteArrayList<>();
    ScanDetector detector = ScanDetector.builder().onAlert(alerts::add).build();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t;
      Traffic events = new Traffic();
      threads.add(
          new Thread(
              () -> {
                for (int i = first; i < 120; i += 4) {
                  detector.accept(events.event(i * 0.01, i, 80, Outcome.REFUSED).build());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    detector.finish();
    assertEquals(1, alerts.stream().map(ScanAlert::id).distinct().count());
    assertEquals(
        120,
        alerts.stream()
            .filter(alert -> alert.state() == ScanAlert.State.ENDED)
            .mapToLong(ScanAlert::uniqueTargets)
            .sum());
  }

  @Test
  void inspectSaysWhatEachRuleCounts() {
    Traffic traffic = new Traffic().sweep(0, 1, 8, 8080, Outcome.NO_REPLY);
    SourceReport report = traffic.detector().inspect(Traffic.SCANNER).orElseThrow();
    assertEquals(8, report.contacts());
    assertEquals(8, report.hosts());
    assertEquals(1, report.services());
    assertEquals(0.8, report.closeness());
    assertTrue(
        report.readings().contains(new Reason("horizontal-failed", 8, 20, 300)),
        () -> report.readings().toString());
    assertTrue(report.openIncidents().isEmpty());
    traffic.sweep(15, 1, 20, 8080, Outcome.NO_REPLY);
    assertEquals(
        List.of(traffic.opened().get(0).id()),
        traffic.detector().inspect(Traffic.SCANNER).orElseThrow().openIncidents());
    traffic.othersReach(30);
    assertEquals(Traffic.SCANNER, traffic.detector().top(1).get(0).source());
    // The others are nowhere near a threshold.
    assertEquals(1, traffic.detector().top(9).size());
    assertThrows(IllegalArgumentException.class, () -> traffic.detector().top(-1));
  }

  @Test
  void sensorsAreListed() {
    Traffic traffic = new Traffic().seenBy("zeek-2").sweep(0, 1, 20, 80, Outcome.REFUSED);
    traffic.seenBy("zeek-1").sweep(20, 1, 60, 80, Outcome.REFUSED).detector().finish();
    assertEquals(List.of("zeek-1", "zeek-2"), traffic.ended().get(0).sensors());
  }

  @Test
  void theSameInputGivesTheSameIds() {
    List<String> first =
        new Traffic()
            .sweep(0, 1, 40, 80, Outcome.REFUSED).alerts().stream().map(ScanAlert::id).toList();
    List<String> second =
        new Traffic()
            .sweep(0, 1, 40, 80, Outcome.REFUSED).alerts().stream().map(ScanAlert::id).toList();
    assertEquals(first, second);
    assertTrue(first.get(0).matches("[0-9a-f]{16}"), first.get(0));
  }

  @Test
  void aBudgetTooSmallIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ScanDetector.builder().memoryBudget(1_000));
  }
}
