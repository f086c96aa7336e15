package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scans by several addresses, each below the limits for one. */
class SharedScanTest {
  private final Traffic traffic = new Traffic();

  private static IpAddress source(int number) {
    return IpAddress.ofIpv4(0xc633_6400 + number);
  }

  /** Sources in turn, each with the next of all hosts, and each with as many. */
  private void shareHosts(Traffic where, double from, int sources, int each, int port) {
    for (int i = 0; i < sources * each; i++) {
      where
          .from(source(1 + i % sources), Locality.REMOTE)
          .connect(from + i * 0.1, 1 + i, port, Outcome.NO_REPLY);
    }
  }

  private void sharePorts(double from, int sources, int each, int host) {
    for (int i = 0; i < sources * each; i++) {
      traffic
          .from(source(1 + i % sources), Locality.REMOTE)
          .connect(from + i * 0.1, host, 1_000 + i, Outcome.REFUSED);
    }
  }

  @Test
  void hostsSharedOutAmongSourcesAreOneIncidentOfThemAll() {
    shareHosts(traffic, 0, 8, 9, 5_432);
    assertEquals(1, traffic.opened().size());
    ScanAlert opened = traffic.opened().get(0);
    assertEquals(ScanType.DISTRIBUTED_HORIZONTAL, opened.type());
    assertEquals(new Reason("distributed-horizontal", 30, 30, 300), opened.reasons().get(0));
    traffic.detector().finish();
    ScanAlert ended = traffic.ended().get(0);
    Set<IpAddress> sources = new HashSet<>(ended.sources());
    assertEquals(8, sources.size());
    assertEquals(8, ended.sources().size());
    // The first two of each source are not counted.
    assertEquals(8 * 7, ended.uniqueTargets());
    assertEquals(List.of(new PortRange(5_432, 5_432)), ended.ports());
    assertEquals(8 * 7, ended.failed());
    assertEquals(1, traffic.detector().stats().incidentsOpened());
    assertEquals(0, traffic.detector().stats().incidentsOpen());
  }

  @Test
  void portsSharedOutAmongSourcesAreOneIncidentOfThemAll() {
    sharePorts(0, 4, 9, 7);
    assertEquals(
        List.of(),
        traffic.opened().stream().map(ScanAlert::type).toList(),
        "28 of 30, the first two of each not counted");
    sharePorts(10, 6, 9, 8);
    assertEquals(
        List.of(ScanType.DISTRIBUTED_VERTICAL),
        traffic.opened().stream().map(ScanAlert::type).toList());
    ScanAlert opened = traffic.opened().get(0);
    assertEquals(1, opened.uniqueTargets());
    assertEquals(List.of(Traffic.host(8)), opened.targets());
  }

  @Test
  void aSourceThatPassesItsOwnLimitMeanwhileIsPartOfIt() {
    shareHosts(traffic, 0, 8, 14, 5_432);
    assertEquals(1, traffic.opened().size());
    traffic.detector().finish();
    assertEquals(1, traffic.ended().size());
    assertEquals(8 * 12, traffic.ended().get(0).uniqueTargets());
  }

  @Test
  void whoGoesOnAfterTheSharedScanAlertsByItself() {
    shareHosts(traffic, 0, 8, 9, 5_432);
    for (int i = 0; i < 30; i++) {
      traffic
          .from(source(3), Locality.REMOTE)
          .connect(1_200 + i, 2_000 + i, 5_432, Outcome.NO_REPLY);
    }
    assertEquals(2, traffic.opened().size());
    assertEquals(List.of(source(3)), traffic.opened().get(1).sources());
    assertEquals(ScanType.HORIZONTAL, traffic.opened().get(1).type());
  }

  @Test
  void noiseOfManySourcesWithAProbeOrTwoEachIsNoSharedScan() {
    for (int i = 0; i < 2_000; i++) {
      traffic
          .from(source(i / 2), Locality.REMOTE)
          .connect(i * 0.1, 1 + i % 900, 23, Outcome.NO_REPLY);
    }
    // Two each reach the rule, which asks for three.
    for (int i = 0; i < 900; i++) {
      traffic
          .from(source(2_000 + i / 4), Locality.REMOTE)
          .connect(300 + i * 0.1, 1 + i, 23, Outcome.NO_REPLY);
    }
    assertTrue(traffic.opened().isEmpty());
  }

  @Test
  void sourcesThatAskForTheSameShareNothing() {
    for (int i = 0; i < 8 * 9; i++) {
      traffic
          .from(source(1 + i % 8), Locality.REMOTE)
          .connect(i * 0.1, 1 + i / 8, 5_432, Outcome.NO_REPLY);
    }
    for (int i = 0; i < 8 * 9; i++) {
      traffic
          .from(source(101 + i % 8), Locality.REMOTE)
          .connect(i * 0.1, 500, 1_000 + i / 8, Outcome.REFUSED);
    }
    assertTrue(traffic.opened().isEmpty());
  }

  @Test
  void oneClockAheadHidesNoSharedScan() {
    traffic.othersReach(0);
    traffic.from(source(200), Locality.REMOTE);
    for (int i = 0; i < 6; i++) {
      traffic.connect(80_000 + i, 700 + i, 5_432, Outcome.NO_REPLY);
    }
    shareHosts(traffic, 10, 8, 9, 5_432);
    assertEquals(1, traffic.opened().size());
  }

  @Test
  void anAuthorisedSourceIsNoPartOfIt() {
    Traffic allowed =
        new Traffic(
            ScanDetector.builder()
                .policy(
                    DetectionPolicy.defaults().toBuilder()
                        .authorise(AddressBlock.parse("198.51.100.0/24"))
                        .build()));
    shareHosts(allowed, 0, 8, 9, 5_432);
    assertTrue(allowed.opened().isEmpty());
  }

  @Test
  void aSharedScanEndsByItselfAndItsRepeatIsMuted() {
    shareHosts(traffic, 0, 8, 9, 5_432);
    traffic.othersReach(1_000);
    assertEquals(1, traffic.ended().size());
    assertEquals(EndReason.IDLE, traffic.ended().get(0).endReason());
    for (int i = 0; i < 8 * 9; i++) {
      traffic
          .from(source(101 + i % 8), Locality.REMOTE)
          .connect(1_010 + i * 0.1, 1 + i, 5_432, Outcome.NO_REPLY);
    }
    assertEquals(2, traffic.opened().size());
    assertFalse(traffic.opened().get(0).muted());
    assertTrue(traffic.opened().get(1).muted());
  }

  private static IpAddress within(int network, int host) {
    return new IpAddress(0x2001_0db8_0000_0000L + network, 0x1234_0000L + host);
  }

  private void changingAddresses(Traffic where, int network, int probes, Locality locality) {
    for (int i = 0; i < probes; i++) {
      where.from(within(network, i), locality).connect(i, 1 + i, 8_022, Outcome.NO_REPLY);
    }
  }

  @Test
  void anAddressForEachProbeIsFollowedByItsNetwork() {
    changingAddresses(traffic, 1, 30, Locality.REMOTE);
    assertEquals(1, traffic.opened().size());
    assertEquals(ScanType.HORIZONTAL, traffic.opened().get(0).type());
    assertEquals(10, traffic.opened().get(0).uniqueTargets());
    traffic.detector().finish();
    ScanAlert ended = traffic.ended().get(0);
    assertEquals(30, ended.uniqueTargets());
    assertEquals(17, ended.sources().size(), "the first and sixteen more");
    assertTrue(ended.sources().stream().allMatch(source -> source.high() == within(1, 0).high()));
    assertFalse(ended.reasons().stream().anyMatch(reason -> reason.rule().contains("spoofed")));
  }

  @Test
  void addressesInsideOrOfSeveralNetworksAreNotFollowed() {
    changingAddresses(traffic, 1, 60, Locality.LOCAL);
    for (int i = 0; i < 60; i++) {
      traffic.from(within(i, 1), Locality.REMOTE).connect(i, 1 + i, 8_022, Outcome.NO_REPLY);
    }
    assertTrue(traffic.opened().isEmpty());
    Traffic single =
        new Traffic(
            ScanDetector.builder()
                .policy(
                    DetectionPolicy.defaults().toBuilder()
                        .ipv6Prefix(DetectionPolicy.WHOLE_ADDRESS)
                        .build()));
    changingAddresses(single, 1, 60, Locality.REMOTE);
    assertTrue(single.opened().isEmpty());
  }

  @Test
  void manyHostsOfOneNetworkWithAFailureEachOnOneServiceAreNoScan() {
    for (int i = 0; i < 200; i++) {
      traffic.from(within(1, i), Locality.REMOTE).connect(i * 0.5, 1, 8_022, Outcome.REFUSED);
    }
    assertTrue(traffic.opened().isEmpty());
  }
}
