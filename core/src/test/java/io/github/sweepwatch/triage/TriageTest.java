package io.github.sweepwatch.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Criticality;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.ProbeOrder;
import io.github.sweepwatch.explain.ScanEvidence;
import io.github.sweepwatch.explain.ServiceNature;
import io.github.sweepwatch.explain.ToolHint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriageTest {
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long START = 1_795_486_073 * SECOND;
  private static final IpAddress SCANNER = IpAddress.parse("198.51.100.7");
  private static final IpAddress INSIDER = IpAddress.parse("10.10.0.5");
  private static final IpAddress TARGET = IpAddress.parse("10.20.0.5");

  private final List<ScanAlert> told = new ArrayList<>();
  private final Triage triage = Triage.builder().onAlert(told::add).build();

  private static ScanAlert.Builder alert(ScanAlert.State state, long seq) {
    return ScanAlert.builder()
        .id("00ff00ff00ff00ff")
        .seq(seq)
        .state(state)
        .type(ScanType.HORIZONTAL)
        .sources(List.of(SCANNER))
        .targets(List.of(TARGET))
        .firstSeenMicros(START)
        .lastSeenMicros(START + 100 * SECOND)
        .severity(Severity.MEDIUM);
  }

  private static ScanAlert ended() {
    return alert(ScanAlert.State.ENDED, 2)
        .endedAtMicros(START + HOUR)
        .endReason(EndReason.IDLE)
        .build();
  }

  private static LogonEvent logon(long time, IpAddress source, boolean success) {
    return new LogonEvent(time, source, TARGET, "db1", "root", "ssh", success, "ids");
  }

  private static NoticeEvent notice(long time, String name, int priority) {
    return new NoticeEvent(time, SCANNER, TARGET, name, "Attempted Admin", priority, "suri");
  }

  private ScanAlert last() {
    return told.get(told.size() - 1);
  }

  private static Explanation explanation(ScanAlert alert) {
    return Objects.requireNonNull(alert.explanation());
  }

  @Test
  void aSuccessHoursAfterTheEndIsToldAtOnceAndCritical() {
    triage.alert(alert(ScanAlert.State.OPENED, 1).build());
    triage.alert(ended());
    assertEquals(2, told.size());
    triage.logon(logon(START + 23 * HOUR, SCANNER, false));
    assertEquals(2, told.size());
    triage.logon(logon(START + 23 * HOUR + 1, SCANNER, true));
    assertEquals(3, told.size());
    assertEquals(ScanAlert.State.UPDATED, last().state());
    assertEquals(Severity.CRITICAL, last().severity());
    assertEquals(3, last().seq());
    assertEquals(START + HOUR, last().endedAtMicros());
    assertEquals(List.of("ids"), last().sensors());
    assertEquals(2, explanation(last()).logons().attempts());
    assertEquals(
        logon(START + 23 * HOUR + 1, SCANNER, true), explanation(last()).logons().firstSuccess());
    assertTrue(explanation(last()).logons().targets().get(0).probed());
  }

  @Test
  void furtherSuccessesAreToldWhenTheirNumberDoubles() {
    triage.alert(alert(ScanAlert.State.OPENED, 1).build());
    for (int i = 1; i <= 100; i++) {
      triage.logon(logon(START + i, SCANNER, true));
    }
    assertEquals(
        List.of(0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L),
        told.stream().map(each -> explanation(each).logons().successes()).toList());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), told.stream().map(ScanAlert::seq).toList());
  }

  @Test
  void othersAndOtherTimesDoNotCount() {
    triage.alert(ended());
    triage.logon(logon(START + 1, INSIDER, true));
    triage.logon(logon(START + 24 * HOUR + 1, SCANNER, true));
    triage.logon(logon(START - 600 * SECOND - 1, SCANNER, true));
    assertEquals(1, told.size());
    // Before the scan, but within ten minutes of it: counted, but not how it got in.
    triage.logon(logon(START - 600 * SECOND, SCANNER, true));
    assertEquals(1, told.size());
    triage.alert(ended());
    assertEquals(Severity.MEDIUM, last().severity());
    assertEquals(1, explanation(last()).logons().successes());
  }

  @Test
  void theEndTellsWhatWasNotWorthAnUpdate() {
    triage.finish();
    triage.alert(ended());
    triage.finish();
    assertEquals(1, told.size());
    for (int i = 0; i < 3; i++) {
      triage.logon(logon(START + i, SCANNER, true));
    }
    triage.logon(logon(START + 9, SCANNER, false));
    assertEquals(3, told.size());
    assertEquals(2, explanation(last()).logons().successes());
    triage.finish();
    assertEquals(4, told.size());
    assertEquals(ScanAlert.State.UPDATED, last().state());
    assertEquals(5, last().seq());
    assertEquals(4, explanation(last()).logons().attempts());
    assertEquals(3, explanation(last()).logons().successes());
    for (int i = 0; i < 3; i++) {
      triage.notice(notice(START + 30, "ET SCAN ssh", 2));
    }
    assertEquals(5, told.size());
    assertEquals(1, explanation(last()).ids().findings().get(0).count());
    triage.finish();
    assertEquals(3, explanation(last()).ids().findings().get(0).count());
    triage.finish();
    assertEquals(6, told.size());
  }

  /** Some addresses of the network are named, all count; those next to it do not. */
  @Test
  void allAddressesOfASourcesNetworkAreJoined() {
    List<IpAddress> own =
        List.of(
            IpAddress.parse("2001:db8::1"),
            IpAddress.parse("2001:db8::ffff"),
            IpAddress.parse("2001:db8::8000:0:0:7"));
    IpAddress other = IpAddress.parse("2001:db8:0:1::1");
    for (IpAddress source : List.of(own.get(1), other)) {
      triage.logon(logon(START + 1, source, true));
      triage.notice(new NoticeEvent(START, source, null, "said of " + source, null, 1, null));
    }
    ScanAlert.Builder alert =
        alert(ScanAlert.State.OPENED, 1)
            .sources(own.subList(0, 1))
            .sourceNetwork(AddressBlock.parse("2001:db8::/64"));
    triage.alert(alert.build());
    assertEquals(1, explanation(last()).logons().successes());
    assertEquals(own.get(1), Objects.requireNonNull(first(last())).source());
    assertEquals(
        List.of("said of " + own.get(1)),
        explanation(last()).ids().findings().stream().map(each -> each.name()).toList());
    // An address in it may have an incident of its own, and its own logons.
    triage.alert(alert(ScanAlert.State.OPENED, 1).id("another").sources(own.subList(2, 3)).build());
    assertEquals(0, explanation(last()).logons().attempts());
    triage.logon(logon(START + 2, own.get(2), true));
    assertEquals(
        List.of("00ff00ff00ff00ff 2", "another 1"),
        told.subList(told.size() - 2, told.size()).stream()
            .map(each -> each.id() + " " + explanation(each).logons().successes())
            .sorted()
            .toList());
    triage.logon(logon(START + 3, other, true));
    assertEquals(4, told.size());
  }

  private static @Nullable LogonEvent first(ScanAlert alert) {
    return explanation(alert).logons().firstSuccess();
  }

  @Test
  void anAuthorisedSourcesLogonsAreToldButRaiseNothing() {
    triage.alert(
        alert(ScanAlert.State.OPENED, 1)
            .authorisedBy("198.51.100.7/32")
            .severity(Severity.LOW)
            .build());
    triage.logon(logon(START + 1, SCANNER, true));
    assertEquals(1, told.size());
    triage.alert(
        alert(ScanAlert.State.ENDED, 2)
            .authorisedBy("198.51.100.7/32")
            .severity(Severity.LOW)
            .build());
    assertEquals(Severity.LOW, last().severity());
    assertEquals(1, explanation(last()).logons().successes());
  }

  @Test
  void aSuccessIsNotMuted() {
    triage.alert(alert(ScanAlert.State.OPENED, 1).muted(true).build());
    assertTrue(last().muted());
    triage.logon(logon(START + 1, SCANNER, true));
    assertFalse(last().muted());
  }

  @Test
  void alertsOfIntrusionDetectionJoin() {
    triage.notice(notice(START + 30, "ET SCAN ssh", 2));
    triage.notice(notice(START + 20, "ET SCAN ssh", 2));
    triage.notice(notice(START + 40, "ET EXPLOIT overflow", 1));
    triage.notice(notice(START - HOUR, "ET OLD", 1));
    triage.alert(ended());
    assertEquals(
        List.of("ET EXPLOIT overflow", "ET SCAN ssh"),
        explanation(last()).ids().findings().stream().map(each -> each.name()).toList());
    assertEquals(2, explanation(last()).ids().findings().get(1).count());
    assertEquals(START + 20, explanation(last()).ids().findings().get(1).firstMicros());
    assertEquals(List.of("suri"), last().sensors());
    assertEquals(1, told.size());
    // After the end, kinds are told each time their number has doubled.
    triage.notice(notice(START + 50, "ET WEB", 0));
    assertEquals(1, told.size());
    triage.notice(notice(START + 60, "ET SHELL", 0));
    assertEquals(2, told.size());
    assertEquals(4, explanation(last()).ids().findings().size());
    assertEquals(Severity.MEDIUM, last().severity());
  }

  @Test
  void tooManyKindsOfNoticesAreSaidToBeMore() {
    for (int i = 0; i < 100; i++) {
      triage.notice(notice(START + i, "kind " + i, 3));
    }
    triage.alert(alert(ScanAlert.State.OPENED, 1).build());
    assertEquals(36, triage.droppedNotices());
    assertTrue(explanation(last()).ids().mayBeIncomplete());
    assertEquals(16, explanation(last()).ids().findings().size());
  }

  @Test
  void longTextsAreCut() {
    String text = "x".repeat(100_000);
    triage.logon(new LogonEvent(START, SCANNER, null, text, text, "ssh", true, text));
    triage.notice(new NoticeEvent(START, SCANNER, null, text, text, 1, text));
    triage.alert(alert(ScanAlert.State.OPENED, 1).build());
    assertEquals("x".repeat(256), explanation(last()).logons().accounts().get(0));
    assertEquals("x".repeat(256), explanation(last()).ids().findings().get(0).name());
    assertEquals(List.of("x".repeat(256)), last().sensors());
  }

  @Test
  void onlySoManyIncidentsAreKeptInMind() {
    Triage small = Triage.builder().incidents(2).onAlert(told::add).build();
    for (int i = 0; i < 3; i++) {
      ScanAlert.State state = i == 1 ? ScanAlert.State.ENDED : ScanAlert.State.OPENED;
      small.alert(
          alert(state, 1)
              .id("incident" + i)
              .sources(List.of(IpAddress.parse("198.51.100." + i)))
              .build());
    }
    assertEquals(1, small.droppedIncidents());
    for (int i = 0; i < 3; i++) {
      small.logon(logon(START + 1, IpAddress.parse("198.51.100." + i), true));
    }
    assertEquals(
        List.of("incident0", "incident1", "incident2", "incident0", "incident2"),
        told.stream().map(ScanAlert::id).toList());
  }

  @Test
  void saysWhoAndWhat() {
    AssetDirectory assets =
        new AssetDirectory(
            List.of(
                new Asset(AddressBlock.parse("10.0.0.0/8"), "network", null, null, "inside"),
                new Asset(
                    AddressBlock.parse("10.10.0.5"), "workstation", "it", Criticality.LOW, "lan")));
    Triage withAssets = Triage.builder().assets(assets).onAlert(told::add).build();
    withAssets.alert(
        alert(ScanAlert.State.OPENED, 1)
            .sources(List.of(INSIDER))
            .uniqueTargets(64)
            .ports(List.of(new PortRange(440, 450), new PortRange(3389, 3389)))
            .evidence(
                new ScanEvidence(
                    Direction.INTERNAL,
                    List.of(new Actor("pc5", "eve", "C:\\Tools\\Nmap.EXE")),
                    List.of(new AnsweredProbe(TARGET, 445, 6)),
                    false,
                    AddressBlock.parse("10.20.0.0/24"),
                    ProbeOrder.NONE))
            .build());
    Explanation answer = explanation(last());
    assertEquals("workstation", Objects.requireNonNull(answer.source().asset()).role());
    assertEquals("eve", answer.source().actors().get(0).user());
    assertEquals(
        List.of(443, 445, 3389),
        answer.scope().services().stream().map(each -> each.port()).toList());
    assertEquals(ServiceNature.FILE_SHARING, answer.scope().services().get(1).nature());
    assertEquals(
        new Coverage(AddressBlock.parse("10.20.0.0/24"), 64, 0.25), answer.scope().coverage());
    assertEquals(List.of(new AnsweredProbe(TARGET, 445, 6)), answer.scope().answered());
    assertEquals("nmap", Objects.requireNonNull(answer.scope().tool()).tool());
    assertEquals(
        List.of(AttackTechnique.NETWORK_SERVICE_DISCOVERY, AttackTechnique.REMOTE_SYSTEM_DISCOVERY),
        answer.techniques());
    assertNull(assets.find(SCANNER));
    assertEquals(
        "network", Objects.requireNonNull(assets.find(IpAddress.parse("10.10.0.6"))).role());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AssetDirectory(
                List.of(
                    new Asset(AddressBlock.parse("10.0.0.1"), null, null, null, null),
                    new Asset(AddressBlock.parse("10.0.0.1/32"), null, null, null, null))));
  }

  private static @Nullable ToolHint hint(ScanAlert.Builder alert) {
    return ToolHints.of(alert.build());
  }

  @Test
  void toolsAreToldByTheirHabits() {
    List<PortRange> scattered = new ArrayList<>();
    for (int port : new int[] {22, 80, 443, 445}) {
      scattered.add(new PortRange(port, port));
    }
    for (int i = 0; i < 96; i++) {
      scattered.add(new PortRange(1_000 + 2 * i, 1_000 + 2 * i));
    }
    ScanAlert.Builder selection =
        alert(ScanAlert.State.OPENED, 1).type(ScanType.VERTICAL).uniquePorts(100);
    assertNotNull(hint(selection.ports(scattered)));
    assertNull(hint(selection.ports(List.of(new PortRange(1, 100)))));
    ScanAlert.Builder sweep = alert(ScanAlert.State.OPENED, 1).type(ScanType.PING_SWEEP);
    assertNull(hint(sweep));
    assertNotNull(hint(sweep.ports(List.of(new PortRange(80, 80), new PortRange(443, 443)))));
  }

  /** The orders are those of recorded scans, in the recording's own order of rows. */
  @ParameterizedTest
  @CsvSource({
    "VERTICAL, 1, 300, 303, 189, 92, 189, nmap",
    "VERTICAL, 1, 200, 235, 189, 188, 189, hping3",
    "VERTICAL, 1, 300, 303, 189, 93, 1, ",
    "VERTICAL, 1, 200, 200, 189, 189, 0, ",
    "VERTICAL, 1, 200, 200, 189, 95, 189, ",
    "HORIZONTAL, 256, 1, 418, 117, 116, 117, nmap",
    "HORIZONTAL, 60, 1, 62, 49, 38, 49, nmap",
    "HORIZONTAL, 1024, 1, 1024, 117, 58, 117, masscan",
    "HORIZONTAL, 1024, 1, 1900, 117, 58, 117, ",
    "HORIZONTAL, 1024, 1, 1024, 117, 58, 1, zmap",
    "HORIZONTAL, 150, 1, 150, 117, 58, 1, ",
    "HORIZONTAL, 60, 1, 60, 49, 49, 0, ",
    "HORIZONTAL, 1024, 1, 1024, 19, 9, 19, ",
    "BLOCK, 128, 20, 3177, 110, 108, 108, nmap",
    "BLOCK, 1024, 10, 10240, 117, 57, 117, masscan",
    "BLOCK, 64, 202, 11810, 60, 30, 60, ",
    "DISTRIBUTED_HORIZONTAL, 96, 1, 96, 80, 40, 78, ",
    "PING_SWEEP, 1024, 1, 1024, 117, 117, 117, "
  })
  void toolsAreToldByTheOrderOfProbes(
      ScanType type,
      long hosts,
      long ports,
      long connections,
      long steps,
      long ascending,
      long samePort,
      @Nullable String tool) {
    ToolHint hint =
        hint(
            alert(ScanAlert.State.OPENED, 1)
                .type(type)
                .uniqueTargets(hosts)
                .uniquePorts(ports)
                .connections(connections)
                .estimated(hosts > 128)
                .relativeError(hosts > 128 ? 0.041 : 0)
                .lastSeenMicros(START + SECOND)
                .evidence(
                    new ScanEvidence(
                        Direction.EXTERNAL,
                        List.of(),
                        List.of(),
                        true,
                        null,
                        new ProbeOrder(steps, ascending, samePort))));
    assertEquals(tool, hint == null ? null : hint.tool());
  }

  @Test
  void limitsAreChecked() {
    Triage.Builder builder = Triage.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.memoryBudget(1_000));
    assertThrows(IllegalArgumentException.class, () -> builder.incidents(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.window(Duration.ofSeconds(-1), Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> builder.window(Duration.ZERO, Duration.ofDays(367)));
  }

  @Test
  void theWindowCanBeSet() {
    Triage narrow =
        Triage.builder().window(Duration.ZERO, Duration.ofHours(1)).onAlert(told::add).build();
    narrow.alert(ended());
    narrow.logon(logon(START + HOUR + 1, SCANNER, true));
    assertEquals(1, told.size());
    narrow.logon(logon(START + HOUR, SCANNER, true));
    assertEquals(2, told.size());
  }

  /** A detector's own alerts: who made the connections, what answered, where it went. */
  @Test
  void theDetectorsEvidenceReachesTheAnswer() {
    ScanDetector detector = ScanDetector.builder().secretKey(1, 2).onAlert(triage).build();
    for (int i = 1; i <= 60; i++) {
      boolean open = i >= 40 && i < 45;
      detector.observe(
          ConnectionEvent.builder()
              .timeMicros(START + i * SECOND)
              .source(INSIDER)
              .destination(IpAddress.parse("10.20.0." + i))
              .sourcePort(40_000)
              .destinationPort(445)
              .protocol(6)
              .outcome(open ? Outcome.ESTABLISHED : Outcome.REFUSED)
              .probe(Probe.SYN)
              .host("pc5")
              .user("eve")
              .image("C:\\tools\\masscan.exe")
              .sensor("sysmon")
              .build());
    }
    triage.logon(logon(START + 70 * SECOND, INSIDER, true));
    Explanation answer = explanation(last());
    assertEquals(Severity.CRITICAL, last().severity());
    assertEquals(Direction.INTERNAL, answer.source().direction());
    assertEquals(
        List.of(new Actor("pc5", "eve", "C:\\tools\\masscan.exe")), answer.source().actors());
    assertEquals(
        List.of("10.20.0.40", "10.20.0.41", "10.20.0.42", "10.20.0.43", "10.20.0.44"),
        answer.scope().answered().stream().map(each -> each.host().toString()).toList());
    assertEquals(
        "10.20.0.0/26", Objects.requireNonNull(answer.scope().coverage()).network().toString());
    assertEquals("masscan", Objects.requireNonNull(answer.scope().tool()).tool());
    assertEquals(List.of("ids", "sysmon"), last().sensors());
  }

  @Test
  void threadsLoseNothing() throws InterruptedException {
    List<ScanAlert> seen = Collections.synchronizedList(new ArrayList<>());
    Triage shared = Triage.builder().onAlert(seen::add).build();
    long threads = 4;
    long each = 2_000;
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      long worker = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  shared.logon(logon(START + i * SECOND, SCANNER, i % 100 == worker));
                  if (i % 500 == 0) {
                    shared.alert(alert(ScanAlert.State.UPDATED, i + worker + 1).build());
                  }
                }
              });
      workers.add(thread);
      thread.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    shared.alert(alert(ScanAlert.State.ENDED, 1_000_000).build());
    ScanAlert end = seen.get(seen.size() - 1);
    assertEquals(threads * each, explanation(end).logons().attempts());
    assertEquals(threads * each / 100, explanation(end).logons().successes());
    assertEquals(Severity.CRITICAL, end.severity());
    assertEquals(seen.size(), seen.stream().mapToLong(ScanAlert::seq).distinct().count());
  }
}
