package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sweepwatch.detect.RuleReading.Cause;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests start on a Tuesday, 2023-11-14 22:13:20 UTC. */
class AuthorisedScannersTest {
  private static final AddressBlock SCANNER = AddressBlock.parse("203.0.113.7");

  private static AuthorisedScanners entry(
      List<AddressBlock> targets,
      List<PortRange> ports,
      @Nullable ScanSchedule schedule,
      @Nullable Instant expires) {
    return new AuthorisedScanners(SCANNER, targets, ports, schedule, expires, "SOC", "weekly");
  }

  private static Traffic under(AuthorisedScanners entry) {
    return new Traffic(
        ScanDetector.builder()
            .memoryBudget(1 << 20)
            .policy(DetectionPolicy.defaults().toBuilder().authorise(entry).build()));
  }

  private static List<@Nullable String> authorities(Traffic traffic) {
    return traffic.opened().stream()
        .map(alert -> String.valueOf(alert.authorisedBy()))
        .distinct()
        .toList();
  }

  private static List<@Nullable String> authoritiesOfSweep(
      AuthorisedScanners entry, double from, int port) {
    return authorities(under(entry).sweep(from, 1, 60, port, Outcome.NO_REPLY));
  }

  private static final String LABEL = "203.0.113.7/32 (SOC: weekly)";

  @Test
  void aMatchIsRecordedWithItsEntry() {
    assertEquals(
        List.of(LABEL), authoritiesOfSweep(entry(List.of(), List.of(), null, null), 0, 22));
  }

  @Test
  void outsideItsTargetsItIsAnOrdinaryScan() {
    AuthorisedScanners inside =
        entry(List.of(AddressBlock.parse("10.77.0.0/26")), List.of(), null, null);
    assertEquals(List.of(LABEL), authoritiesOfSweep(inside, 0, 22));
    AuthorisedScanners elsewhere =
        entry(List.of(AddressBlock.parse("10.78.0.0/16")), List.of(), null, null);
    assertEquals(List.of("null"), authoritiesOfSweep(elsewhere, 0, 22));
  }

  @Test
  void whatIsOutsideIsCountedApart() {
    // Nine hosts in the entry's network and nine outside: neither is a scan by itself.
    AuthorisedScanners half =
        entry(List.of(AddressBlock.parse("10.77.0.0/28")), List.of(), null, null);
    Traffic traffic = under(half);
    for (int i = 0; i < 18; i++) {
      traffic.connect(i, 7 + i, 22, Outcome.NO_REPLY);
    }
    assertEquals(List.of(), traffic.opened());
    SourceReport report = traffic.detector().inspect(Traffic.SCANNER).orElseThrow();
    assertNull(report.authorisedBy());
    assertEquals(9, report.hosts());
    assertEquals(LABEL, report.authorised().get(0).authorisedBy());
    assertEquals(9, report.authorised().get(0).hosts());
  }

  @Test
  void onOtherPortsItIsAnOrdinaryScan() {
    AuthorisedScanners entry =
        entry(List.of(), List.of(new PortRange(20, 23), new PortRange(443, 443)), null, null);
    assertEquals(List.of(LABEL), authoritiesOfSweep(entry, 0, 443));
    assertEquals(List.of("null"), authoritiesOfSweep(entry, 0, 24));
    Traffic pings = under(entry).over(Protocol.ICMP).sweep(0, 1, 60, 0, Outcome.NO_REPLY);
    assertEquals(List.of("null"), authorities(pings));
  }

  @Test
  void atOtherHoursItIsAnOrdinaryScan() {
    ScanSchedule night =
        new ScanSchedule(
            Set.of(DayOfWeek.TUESDAY),
            LocalTime.of(23, 0),
            LocalTime.of(1, 0),
            ZoneId.of("Europe/Berlin"));
    AuthorisedScanners entry = entry(List.of(), List.of(), night, null);
    // 23:13 in Berlin, 00:43 on Wednesday, 01:13.
    assertEquals(List.of(LABEL), authoritiesOfSweep(entry, 0, 22));
    assertEquals(List.of(LABEL), authoritiesOfSweep(entry, 5_400, 22));
    assertEquals(List.of("null"), authoritiesOfSweep(entry, 7_200, 22));
    assertEquals(List.of("null"), authoritiesOfSweep(entry, 86_400, 22));
  }

  @Test
  void afterItsExpiryItIsAnOrdinaryScan() {
    Instant expires = Instant.ofEpochSecond(1_700_000_000L + 3_600);
    AuthorisedScanners entry = entry(List.of(), List.of(), null, expires);
    assertEquals(List.of(LABEL), authoritiesOfSweep(entry, 0, 22));
    assertEquals(List.of("null"), authoritiesOfSweep(entry, 3_600, 22));
  }

  @Test
  void whatIsIgnoredIsRecordedAndNotRaised() {
    DetectionPolicy policy =
        DetectionPolicy.defaults().toBuilder()
            .ignore(
                AuthorisedScanners.ignoring(List.of(), List.of(new PortRange(161, 161)), "polls"))
            .build();
    Traffic traffic = new Traffic(ScanDetector.builder().policy(policy));
    traffic.sweep(0, 1, 60, 161, Outcome.NO_REPLY).sweep(60, 1, 60, 162, Outcome.NO_REPLY);
    assertEquals(List.of("ignored: port 161 (polls)", "null"), authorities(traffic));
    assertEquals(
        List.of(true, false), traffic.opened().stream().map(ScanAlert::authorised).toList());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            DetectionPolicy.defaults().toBuilder().ignore(AuthorisedScanners.of(SCANNER)).build());
  }

  @Test
  void aScheduleHasDaysAndFullMinutes() {
    ZoneId zone = ZoneOffset.UTC;
    LocalTime noon = LocalTime.NOON;
    assertThrows(
        IllegalArgumentException.class, () -> new ScanSchedule(Set.of(), noon, noon, zone));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScanSchedule(Set.of(DayOfWeek.FRIDAY), noon, noon.plusSeconds(1), zone));
  }

  @Test
  void inspectSaysWhatKeepsARuleFromSpeaking() {
    Traffic known = new Traffic();
    known.sweep(0, 0.1, 30, 443, Outcome.ESTABLISHED).sweep(10, 0.1, 30, 8080, Outcome.REFUSED);
    RuleReading failed = reading(known, "horizontal-failed");
    assertEquals(Cause.KNOWN_HOSTS, failed.cause());
    assertEquals(30, failed.reason().count());
    assertEquals(0, failed.has());

    Traffic few = new Traffic().sweep(0, 1, 9, 8080, Outcome.REFUSED);
    assertEquals(Cause.BELOW_THRESHOLD, reading(few, "horizontal-failed").cause());

    Traffic open = new Traffic().sweep(0, 1, 40, 8080, Outcome.REFUSED);
    assertEquals(Cause.INCIDENT_OPEN, reading(open, "horizontal-failed").cause());
  }

  /** The reading of most hosts of a rule's name. */
  private static RuleReading reading(Traffic traffic, String rule) {
    return traffic.detector().inspect(Traffic.SCANNER).orElseThrow().rules().stream()
        .filter(each -> each.reason().rule().equals(rule))
        .max((a, b) -> Long.compare(a.reason().count(), b.reason().count()))
        .orElseThrow();
  }
}
