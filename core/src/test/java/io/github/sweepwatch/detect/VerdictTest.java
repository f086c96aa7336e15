package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the standard policy takes for a scan, and what it does not. */
class VerdictTest {
  private static final IpAddress INSIDE = IpAddress.parse("10.10.0.14");

  private final Traffic traffic = new Traffic().from(INSIDE, Locality.LOCAL);

  private void silent(double second, int host, int port) {
    traffic
        .detector()
        .observe(traffic.event(second, host, port, Outcome.ESTABLISHED).bytes(0, 0).build());
  }

  private void talk(double second, int host, int port) {
    traffic
        .detector()
        .observe(traffic.event(second, host, port, Outcome.ESTABLISHED).bytes(300, 900).build());
  }

  private List<ScanType> types() {
    return traffic.opened().stream().map(ScanAlert::type).toList();
  }

  @Test
  void connectionsWithoutAWordAreProbes() {
    for (int host = 1; host <= 9; host++) {
      silent(host, host, 445);
    }
    assertTrue(traffic.alerts().isEmpty());
    silent(20, 20, 445);
    assertEquals(List.of(ScanType.HORIZONTAL), types());
    assertEquals(10, traffic.opened().get(0).failed());
  }

  private List<Reason> reasons() {
    return traffic.opened().get(0).reasons();
  }

  @Test
  void aHostThatAnsweredAnybodyOrAskedAnybodyIsNotDark() {
    traffic.from(IpAddress.parse("10.10.0.15"), Locality.LOCAL);
    for (int host = 1; host <= 10; host++) {
      talk(host, host, 9_100);
    }
    for (int host = 11; host <= 20; host++) {
      traffic.from(Traffic.host(host), Locality.LOCAL).connect(host, 500, 53, Outcome.NO_REPLY);
    }
    traffic.from(INSIDE, Locality.LOCAL);
    for (int host = 1; host <= 24; host++) {
      traffic.connect(100 + host, host, 8_080, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    // Hosts 21 to 29 are dark; the tenth of them is one too many.
    for (int host = 25; host <= 29; host++) {
      traffic.connect(100 + host, host, 9_090, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(130, 30, 8_080, Outcome.NO_REPLY);
    assertEquals(List.of(new Reason("horizontal-failed", 25, 25, 300)), reasons());
  }

  @Test
  void hostsOfWhichNobodyEverHeardAreFoundSoonerThanOthers() {
    for (int host = 1; host <= 9; host++) {
      traffic.connect(host, host, 8_080, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(10, 10, 8_080, Outcome.NO_REPLY);
    assertEquals(List.of(new Reason("dark-hosts", 10, 10, 300)), reasons());
  }

  @Test
  void outsideNothingIsDark() {
    for (int host = 1; host <= 24; host++) {
      traffic.outward(host, host, 8_080, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
  }

  @Test
  void serversThatWereHeardOfAndAreDownMakeNobodyAScanner() {
    traffic.from(IpAddress.parse("10.10.0.15"), Locality.LOCAL);
    for (int host = 1; host <= 60; host++) {
      talk(host, host, 8_080);
    }
    traffic.from(INSIDE, Locality.LOCAL);
    for (int host = 1; host <= 60; host++) {
      traffic.connect(100 + host, host, 8_080, Outcome.NO_REPLY);
    }
    assertEquals(List.of(), traffic.opened());
    // One outside that tries them all is a scanner nevertheless.
    traffic.from(Traffic.SCANNER, Locality.REMOTE);
    for (int host = 1; host <= 60; host++) {
      traffic.connect(100 + host, host, 8_080, Outcome.NO_REPLY);
    }
    assertEquals(List.of(ScanType.HORIZONTAL), types());
  }

  @Test
  void openDoorsAreNoExcuseForKnockingAtAll() {
    traffic.from(IpAddress.parse("10.10.0.15"), Locality.LOCAL);
    for (int host = 1; host <= 60; host++) {
      talk(host, host, 445);
    }
    traffic.from(INSIDE, Locality.LOCAL);
    for (int host = 1; host <= 60; host++) {
      silent(100 + host, host, 445);
    }
    assertEquals(List.of(ScanType.HORIZONTAL), types());
  }

  /** A workstation inside asks forty new hosts outside while, or while not, everybody fails. */
  private void tryOutside(boolean othersAreAnswered) {
    IpAddress neighbour = IpAddress.parse("10.10.0.15");
    for (int second = 0; second < 200; second++) {
      traffic.from(neighbour, Locality.LOCAL);
      traffic.outward(second, 7_000 + second % 10, 8_443, Outcome.ESTABLISHED);
    }
    for (int second = 200; second < 260; second++) {
      for (int i = 0; i < 3; i++) {
        traffic.from(IpAddress.ofIpv4(0x0a0a_0020 + i), Locality.LOCAL);
        traffic.outward(
            second, 7_000, 8_443, othersAreAnswered ? Outcome.ESTABLISHED : Outcome.NO_REPLY);
      }
      if (second >= 220) {
        traffic.from(INSIDE, Locality.LOCAL);
        traffic.outward(second, 8_000 + second, 8_443, Outcome.NO_REPLY);
      }
    }
  }

  @Test
  void whileTheWayOutIsDownNobodyFailsForHimself() {
    tryOutside(false);
    assertEquals(List.of(), traffic.opened());
  }

  @Test
  void whoFailsAloneOutsideIsAScanner() {
    tryOutside(true);
    assertEquals(List.of(ScanType.HORIZONTAL), types());
  }

  @Test
  void connectionsWithWordsOrOfUnknownVolumeAreNot() {
    for (int host = 1; host <= 60; host++) {
      talk(host, host, 445);
      traffic.connect(host, 100 + host, 3389, Outcome.ESTABLISHED);
    }
    assertTrue(traffic.alerts().isEmpty());
  }

  @Test
  void aPollerOfHostsThatAnswerElsewhereIsNoScanner() {
    for (int host = 1; host <= 60; host++) {
      talk(host, host, 9_100);
      traffic.connect(host + 0.5, host, 8_080, Outcome.REFUSED);
    }
    assertEquals(List.of(), traffic.alerts().stream().map(Traffic::everything).toList());
    // The same without any answer is one.
    for (int host = 101; host <= 125; host++) {
      traffic.connect(100 + host, host, 8_080, Outcome.REFUSED);
    }
    assertTrue(
        traffic.alerts().isEmpty(),
        () -> "fewer than half of those asked, " + Traffic.everything(traffic.alerts().get(0)));
    for (int host = 126; host <= 161; host++) {
      traffic.connect(100 + host, host, 8_080, Outcome.REFUSED);
    }
    assertEquals(List.of(ScanType.HORIZONTAL), types());
    assertEquals(60, traffic.opened().get(0).reasons().get(0).count());
  }

  @Test
  void aCrawlerWithSomeDeadSitesIsNoScanner() {
    for (int host = 1; host <= 3_000; host++) {
      if (host % 10 == 0) {
        traffic.connect(host * 0.2, host, 443, Outcome.NO_REPLY);
      } else {
        talk(host * 0.2, host, 443);
      }
    }
    assertTrue(traffic.alerts().isEmpty());
  }

  @Test
  void whereOutcomesAreUnknownTheHighLimitHolds() {
    // So many are estimated: the limit is 250.
    traffic.sweep(0, 1, 200, 9_443, Outcome.UNKNOWN);
    assertTrue(traffic.alerts().isEmpty());
    traffic.sweep(200, 1, 300, 9_443, Outcome.UNKNOWN);
    assertEquals("horizontal-any", traffic.opened().get(0).reasons().get(0).rule());
  }

  @Test
  void whoBrowsesAndResolvesFromInsideAsksEverywhere() {
    traffic.sweep(0, 0.5, 2_000, 443, Outcome.UNKNOWN);
    traffic.over(Protocol.UDP);
    traffic.sweep(0, 0.5, 2_000, 443, Outcome.UNKNOWN);
    traffic.sweep(0, 0.5, 2_000, 53, Outcome.UNKNOWN);
    assertTrue(traffic.alerts().isEmpty());
    traffic.from(Traffic.SCANNER, Locality.REMOTE).over(Protocol.TCP);
    traffic.sweep(0, 0.5, 320, 443, Outcome.UNKNOWN);
    assertEquals(List.of(ScanType.HORIZONTAL), types());
  }

  @Test
  void aTracedRouteIsNoScan() {
    traffic.over(Protocol.UDP);
    for (int port = 33_434; port < 33_534; port++) {
      traffic.connect(port - 33_434, 1, port, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    for (int port = 34_000; port < 34_030; port++) {
      traffic.connect(200 + (port - 34_000), 1, port, Outcome.NO_REPLY);
    }
    assertEquals(List.of(ScanType.VERTICAL), types());
  }

  @Test
  void aSmallStrobeFromOutsideIsFoundByItsPairs() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE);
    for (int host = 1; host <= 8; host++) {
      traffic.connect(host, host, 23, Outcome.NO_REPLY);
      traffic.connect(host + 0.5, host, 2_323, Outcome.REFUSED);
    }
    assertEquals(List.of(ScanType.HORIZONTAL), types());
    assertEquals("strobe-failed", traffic.opened().get(0).reasons().get(0).rule());
    traffic.from(INSIDE, Locality.LOCAL);
    for (int host = 1; host <= 9; host++) {
      traffic.connect(host, host, 23, Outcome.NO_REPLY);
      traffic.connect(host + 0.5, host, 2_323, Outcome.REFUSED);
    }
    assertEquals(1, traffic.opened().size(), "inside, the limit is higher");
  }

  @Test
  void deadWebSitesDoNotMakeAStrobe() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE);
    for (int host = 1; host <= 12; host++) {
      traffic.connect(host, host, 80, Outcome.NO_REPLY);
      traffic.connect(host + 0.5, host, 443, Outcome.REFUSED);
    }
    assertTrue(traffic.alerts().isEmpty());
  }

  @Test
  void oneHostsPortsAndOnePortsHostsAreNoBlock() {
    for (int port = 1; port <= 200; port++) {
      traffic.connect(port * 0.1, 500, port, Outcome.REFUSED);
    }
    for (int host = 1; host <= 60; host++) {
      traffic.connect(30 + host * 0.1, host, 445, Outcome.NO_REPLY);
    }
    assertEquals(List.of(ScanType.VERTICAL, ScanType.HORIZONTAL), types());
  }

  @Test
  void pingsWithTheWebsPortsAreAPingSweepAndWithMorePortsABlock() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE).over(Protocol.ICMP);
    traffic.sweep(0, 0.1, 30, 0, Outcome.NO_REPLY);
    traffic.over(Protocol.TCP);
    traffic.sweep(10, 0.1, 30, 443, Outcome.NO_REPLY);
    traffic.sweep(20, 0.1, 30, 80, Outcome.NO_REPLY);
    ScanAlert last = traffic.alerts().get(traffic.alerts().size() - 1);
    assertEquals(ScanType.PING_SWEEP, last.type());
    traffic.sweep(30, 0.1, 30, 22, Outcome.NO_REPLY);
    last = traffic.alerts().get(traffic.alerts().size() - 1);
    assertEquals(ScanType.BLOCK, last.type());
    assertEquals(1, traffic.opened().size());
  }

  private void vertical(String source, double from, int host, int firstPort, int ports) {
    traffic.from(IpAddress.parse(source), Locality.REMOTE);
    for (int i = 0; i < ports; i++) {
      traffic.connect(from + i * 0.01, host, firstPort + i, Outcome.REFUSED);
    }
  }

  @Test
  void sourcesThatDoTheSameToOneHostAreOneIncident() {
    vertical("198.51.100.1", 0, 7, 1_000, 40);
    vertical("198.51.100.2", 0.1, 7, 1_000, 40);
    vertical("198.51.100.3", 0.2, 7, 1_000, 40);
    assertEquals(1, traffic.opened().size());
    traffic.detector().finish();
    assertEquals(1, traffic.ended().size());
    ScanAlert end = traffic.ended().get(0);
    assertEquals(
        List.of("198.51.100.1", "198.51.100.2", "198.51.100.3"),
        end.sources().stream().map(IpAddress::toString).toList());
    assertTrue(end.confidence() <= 50);
    assertTrue(end.reasons().contains(new Reason("possibly-spoofed", 3, 2, 60)));
    assertEquals(1, traffic.detector().stats().incidentsOpened());
    String id = traffic.opened().get(0).id();
    assertEquals(id, end.id());
  }

  @Test
  void inspectNamesTheIncidentThatADecoyIsToldWith() {
    vertical("198.51.100.1", 0, 7, 1_000, 20);
    vertical("198.51.100.2", 0.1, 7, 1_000, 20);
    SourceReport report = traffic.detector().inspect(IpAddress.parse("198.51.100.2")).orElseThrow();
    assertEquals(List.of(traffic.opened().get(0).id()), report.openIncidents());
  }

  @Test
  void otherPortsOtherHostsAndOtherTimesAreIncidentsOfTheirOwn() {
    vertical("198.51.100.1", 0, 7, 1_000, 40);
    vertical("198.51.100.2", 0, 7, 5_000, 40);
    vertical("198.51.100.3", 0, 8, 1_000, 40);
    vertical("198.51.100.4", 61, 7, 1_000, 40);
    assertEquals(4, traffic.opened().size());
    assertEquals(2, decoysWithin(Duration.ZERO).opened().size());
  }

  /** Two sources that do the same at the same time. */
  private static Traffic decoysWithin(Duration decoyTime) {
    Traffic apart =
        new Traffic(
            ScanDetector.builder()
                .policy(DetectionPolicy.defaults().toBuilder().decoyTime(decoyTime).build()));
    for (int i = 1; i <= 2; i++) {
      apart.from(IpAddress.parse("198.51.100." + i), Locality.REMOTE);
      for (int port = 1_000; port < 1_040; port++) {
        apart.connect(1, 7, port, Outcome.REFUSED);
      }
    }
    return apart;
  }

  @Test
  void theReasonSaysWithinWhatTimeSourcesAreTakenForDecoys() {
    for (Duration time : List.of(Duration.ofSeconds(90), DetectionPolicy.LONGEST_TIME)) {
      Traffic decoys = decoysWithin(time);
      decoys.detector().finish();
      assertEquals(1, decoys.ended().size());
      int seconds = Math.toIntExact(time.toSeconds());
      assertTrue(
          decoys.ended().get(0).reasons().contains(new Reason("possibly-spoofed", 2, 2, seconds)));
    }
  }

  @Test
  void anAuthorisedScannerHidesNobody() {
    Traffic allowed =
        new Traffic(
            ScanDetector.builder()
                .policy(
                    DetectionPolicy.defaults().toBuilder()
                        .authorise(AddressBlock.parse("198.51.100.1"))
                        .build()));
    for (int i = 1; i <= 2; i++) {
      allowed.from(IpAddress.parse("198.51.100." + i), Locality.REMOTE);
      for (int port = 1_000; port < 1_040; port++) {
        allowed.connect(1, 7, port, Outcome.REFUSED);
      }
    }
    assertEquals(
        List.of(true, false), allowed.opened().stream().map(ScanAlert::authorised).toList());
  }

  @Test
  void moreSourcesThanOneIncidentListsHaveIncidentsOfTheirOwn() {
    for (int i = 1; i <= 20; i++) {
      vertical("198.51.100." + i, i * 0.05, 7, 1_000, 20);
    }
    traffic.detector().finish();
    long told = traffic.ended().stream().flatMap(alert -> alert.sources().stream()).count();
    assertEquals(20, told);
    assertEquals(2, traffic.opened().size());
  }

  @Test
  void aDecoyThatGoesOnAfterItsIncidentAlertsByItself() {
    vertical("198.51.100.1", 0, 7, 1_000, 20);
    vertical("198.51.100.2", 0.1, 7, 1_000, 20);
    for (int i = 1; i <= 6; i++) {
      vertical("198.51.100.2", i * 300, 7, 2_000 + i * 20, 20);
      traffic.othersReach(i * 300);
    }
    assertEquals(2, traffic.opened().size());
    assertEquals(List.of(IpAddress.parse("198.51.100.2")), traffic.opened().get(1).sources());
  }

  @Test
  void aDecoyThatScansOnAlertsByItself() {
    vertical("198.51.100.1", 0, 7, 1_000, 20);
    vertical("198.51.100.2", 0.1, 7, 1_000, 20);
    assertEquals(1, traffic.opened().size());
    traffic.sweep(5, 0.1, 40, 22, Outcome.NO_REPLY);
    assertEquals(2, traffic.opened().size());
    ScanAlert own = traffic.opened().get(1);
    assertEquals(List.of(IpAddress.parse("198.51.100.2")), own.sources());
    assertFalse(own.reasons().stream().anyMatch(reason -> reason.rule().contains("spoofed")));
  }

  @Test
  void fromOutsideTenFirstContactsWithoutAnAnswerAreEnough() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE);
    traffic.sweep(0, 1, 9, 5_432, Outcome.NO_REPLY);
    assertTrue(traffic.alerts().isEmpty());
    traffic.sweep(9, 1, 10, 5_432, Outcome.NO_REPLY);
    assertEquals(
        new Reason("first-contacts-hosts", 10, 10, 300), traffic.opened().get(0).reasons().get(0));
    vertical("198.51.100.9", 0, 7, 1_000, 9);
    assertEquals(1, traffic.opened().size());
    vertical("198.51.100.9", 1, 7, 1_009, 1);
    assertEquals(
        new Reason("vertical-failed", 10, 10, 300), traffic.opened().get(1).reasons().get(0));
  }

  @Test
  void aFifthThatAnswersIsTooManyForTen() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE);
    for (int host = 1; host <= 3; host++) {
      talk(host * 0.1, host, 5_432);
    }
    for (int host = 11; host <= 21; host++) {
      traffic.connect(host, host, 5_432, Outcome.NO_REPLY);
    }
    assertTrue(traffic.alerts().isEmpty());
    traffic.connect(22, 22, 5_432, Outcome.NO_REPLY);
    assertEquals(1, traffic.opened().size());
  }

  @Test
  void severityRisesWithSideAndPortsAndAnswers() {
    traffic.from(Traffic.SCANNER, Locality.REMOTE).sweep(0, 1, 30, 5_432, Outcome.NO_REPLY);
    traffic.from(INSIDE, Locality.LOCAL).sweep(0, 1, 30, 5_432, Outcome.NO_REPLY);
    vertical("198.51.100.9", 0, 7, 1_000, 20);
    traffic.from(IpAddress.parse("198.51.100.10"), Locality.REMOTE);
    traffic.sweep(0, 1, 30, 445, Outcome.NO_REPLY);
    traffic.from(IpAddress.parse("10.10.0.15"), Locality.LOCAL);
    traffic.sweep(0, 1, 30, 445, Outcome.NO_REPLY);
    assertEquals(
        List.of(Severity.MEDIUM, Severity.HIGH, Severity.HIGH, Severity.HIGH, Severity.CRITICAL),
        traffic.opened().stream().map(ScanAlert::severity).toList());
    traffic.from(IpAddress.parse("198.51.100.10"), Locality.REMOTE);
    talk(40, 31, 445);
    traffic.detector().finish();
    ScanAlert answered =
        traffic.ended().stream()
            .filter(alert -> alert.sources().contains(IpAddress.parse("198.51.100.10")))
            .findFirst()
            .orElseThrow();
    assertEquals(Severity.CRITICAL, answered.severity(), "a sensitive port, and one answered");
  }

  @Test
  void anIncidentSaysWhereOutcomesWereUnknown() {
    traffic.sweep(0, 1, 400, 9_443, Outcome.UNKNOWN);
    ScanAlert opened = traffic.opened().get(0);
    assertTrue(
        opened.reasons().stream().anyMatch(reason -> reason.rule().equals("outcomes-unknown")));
    vertical("198.51.100.9", 0, 7, 1_000, 20);
    assertFalse(
        traffic.opened().get(1).reasons().stream()
            .anyMatch(reason -> reason.rule().equals("outcomes-unknown")));
  }
}
