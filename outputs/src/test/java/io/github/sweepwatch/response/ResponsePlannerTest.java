package io.github.sweepwatch.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsePlannerTest {
  private static final long LAST = 1_795_486_074_480_424L;

  private static ScanAlert.Builder incident(String id, String... sources) {
    return ScanAlert.builder()
        .id(id)
        .seq(1)
        .state(ScanAlert.State.ENDED)
        .type(ScanType.HORIZONTAL)
        .sources(Arrays.stream(sources).map(IpAddress::parse).toList())
        .lastSeenMicros(LAST)
        .connections(30)
        .confidence(80)
        .tactic("TA0043")
        .reasons(List.of(new Reason("horizontal-failed", 20, 20, 300)));
  }

  private static List<String> leftOut(ResponsePlanner planner, ScanAlert... alerts) {
    return planner.plan(List.of(alerts)).leftOut().stream().map(LeftOut::toString).toList();
  }

  private static final ResponsePlanner DEFAULT = ResponsePlanner.builder().build();

  @Test
  void oneAnswerForEachSourceWithAllItsIncidents() {
    ResponsePlan plan =
        DEFAULT.plan(
            List.of(
                incident("b", "192.0.2.9", "192.0.2.7").build(),
                incident("a", "192.0.2.7").lastSeenMicros(LAST + 5).build(),
                incident("c", "10.0.0.4").tactic("TA0007").build()));
    assertEquals(
        List.of("10.0.0.4 true 1", "192.0.2.7 false 2", "192.0.2.9 false 1"),
        plan.answers().stream()
            .map(each -> each.source() + " " + each.inside() + " " + each.incidents().size())
            .toList());
    assertEquals(LAST + 5, plan.answers().get(1).fromMicros());
    assertEquals(LAST + 5 + 3_600_000_000L, plan.answers().get(1).untilMicros());
    assertEquals(List.of(), plan.leftOut());
  }

  @Test
  void theLastStateOfAnIncidentCounts() {
    ScanAlert first = incident("a", "192.0.2.7").confidence(80).build();
    ScanAlert second = incident("a", "192.0.2.7").seq(2).confidence(10).build();
    for (List<ScanAlert> alerts : List.of(List.of(first, second), List.of(second, first))) {
      assertEquals(
          "[192.0.2.7 (incident a): low-confidence, 10 where 60 is asked for]",
          DEFAULT.plan(alerts).leftOut().toString());
    }
  }

  @Test
  void authorisedSpoofedAndNamelessAreLeftOut() {
    assertEquals(
        List.of(
            "192.0.2.7 (incident a): authorised, by 192.0.2.0/28",
            "192.0.2.8 (incident b): possibly-spoofed",
            "nobody (incident c): no-source",
            "192.0.2.9 (incident d): no-time"),
        leftOut(
            DEFAULT,
            incident("a", "192.0.2.7").authorisedBy("192.0.2.0/28").build(),
            incident("b", "192.0.2.8")
                .reasons(List.of(new Reason("possibly-spoofed", 5, 2, 60)))
                .build(),
            incident("c").build(),
            incident("d", "192.0.2.9").lastSeenMicros(Long.MAX_VALUE).build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "239.255.255.255",
        "ff02::1",
        "255.255.255.255",
        "198.51.100.1",
        "2001:db8::53"
      })
  void protectedAddressesAreLeftOutUnlessForced(String address) {
    List<AddressBlock> own =
        List.of(AddressBlock.parse("198.51.100.0/24"), AddressBlock.parse("2001:db8::53"));
    ScanAlert alert = incident("a", address).build();
    ResponsePlanner.Builder builder = ResponsePlanner.builder().protect(own);
    List<String> said = leftOut(builder.build(), alert);
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains(": protected, in "), said.get(0));
    builder.force(List.of(AddressBlock.parse(address)));
    assertEquals(List.of(), leftOut(builder.build(), alert));
  }

  @Test
  void forceAnswersOnlyTheNamed() {
    ResponsePlanner planner =
        ResponsePlanner.builder().force(List.of(AddressBlock.parse("192.0.2.7"))).build();
    ResponsePlan plan =
        planner.plan(List.of(incident("a", "192.0.2.7", "192.0.2.8").authorisedBy("x").build()));
    assertEquals(1, plan.answers().size());
    assertEquals(IpAddress.parse("192.0.2.8"), plan.leftOut().get(0).source());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/23, false",
    "10.0.0.0/24, true",
    "0.0.0.0/0, false",
    "fd00::/63, false",
    "fd00::/64, true",
    "::/0, false",
    "::/64, false"
  })
  void noWideNetworkIsForced(String block, boolean allowed) {
    ResponsePlanner.Builder builder = ResponsePlanner.builder();
    List<AddressBlock> blocks = List.of(AddressBlock.parse(block));
    if (allowed) {
      builder.force(blocks);
    } else {
      assertThrows(IllegalArgumentException.class, () -> builder.force(blocks));
    }
  }

  @Test
  void timeCountsFromNowWhereItIsSaid() {
    Instant now = Instant.parse("2026-12-01T00:00:00Z");
    ResponsePlan plan =
        ResponsePlanner.builder()
            .now(now)
            .expires(Duration.ofMinutes(30))
            .build()
            .plan(List.of(incident("a", "192.0.2.7").build()));
    long micros = now.getEpochSecond() * 1_000_000;
    assertEquals(micros, plan.answers().get(0).fromMicros());
    assertEquals(micros + 1_800_000_000L, plan.answers().get(0).untilMicros());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    ResponsePlanner.Builder builder = ResponsePlanner.builder();
    for (Runnable bad :
        List.<Runnable>of(
            () -> builder.expires(Duration.ofSeconds(59)),
            () -> builder.expires(Duration.ofDays(367)),
            () -> builder.now(Instant.parse("2100-01-01T00:00:00Z")),
            () -> builder.now(Instant.parse("1969-12-31T23:59:59Z")),
            () -> builder.minimumConfidence(101),
            () -> builder.newPerMinute(0),
            () -> builder.newPerMinute(10_001))) {
      assertThrows(IllegalArgumentException.class, bad::run);
    }
  }

  @Test
  void onlyFirewallsThatCanLimitRates() {
    ResponsePlan plan =
        ResponsePlanner.builder()
            .newPerMinute(7)
            .build()
            .plan(List.of(incident("a", "192.0.2.7").build()));
    for (ResponseTarget target : ResponseTarget.values()) {
      if (target.limits()) {
        assertTrue(target.file(plan).contains(" 7/minute"), target::toString);
      } else {
        assertThrows(IllegalArgumentException.class, () -> target.file(plan));
        assertThrows(IllegalArgumentException.class, () -> target.rollback(plan));
      }
    }
  }
}
