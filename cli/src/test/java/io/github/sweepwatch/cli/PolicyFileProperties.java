package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanSchedule;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written of a policy reads back as that policy. */
class PolicyFileProperties {
  @Property(tries = 300)
  void readsBackWhatItWrites(@ForAll("policies") DetectionPolicy policy) {
    String yaml = PolicyWriter.write(policy);
    assertEquals(policy, PolicyReader.read("other", yaml), yaml);
    assertEquals(
        List.of(),
        yaml.lines().filter(line -> !line.matches(".+:( .*)?  # [a-zA-Z].*")).toList(),
        "every line has a comment");
  }

  @Example
  void presetsReadBack() {
    for (DetectionPolicy policy : List.of(DetectionPolicy.defaults(), DetectionPolicy.spl())) {
      assertEquals(policy, PolicyReader.read("other", PolicyWriter.write(policy)));
    }
    assertTrue(PolicyWriter.write(DetectionPolicy.defaults()).contains("name: \"default\"  # "));
  }

  @Provide
  Arbitrary<DetectionPolicy> policies() {
    Arbitrary<DetectionPolicy.Builder> times =
        Combinators.combine(
                Arbitraries.strings().ofMaxLength(12),
                durations(),
                durations(),
                Arbitraries.longs().between(1, 86_400_000).map(Duration::ofMillis),
                durations(),
                Arbitraries.integers().between(16, 128),
                Arbitraries.integers().between(0, 65_535).set().ofMaxSize(5),
                Arbitraries.of(true, false))
            .as(
                (name, late, mute, idle, decoys, prefix, ports, every) ->
                    DetectionPolicy.builder(name)
                        .allowedLateness(late)
                        .muteTime(mute)
                        .idleTime(idle)
                        .maxDuration(idle)
                        .decoyTime(decoys)
                        .ipv6Prefix(prefix)
                        .sensitivePorts(ports)
                        .everyEvent(every));
    return Combinators.combine(
            times,
            Arbitraries.integers().between(1, 9_000).set().ofMaxSize(4),
            rules().list().ofMinSize(1).ofMaxSize(3),
            jointRules().list().ofMaxSize(2),
            entries().list().ofMaxSize(2),
            entries().list().ofMaxSize(2))
        .as(
            (policy, rungs, rules, joint, entries, ignored) -> {
              policy.ladder(rungs.stream().sorted().toList());
              rules.forEach(policy::rule);
              joint.forEach(policy::rule);
              entries.forEach(policy::authorise);
              for (AuthorisedScanners each : ignored) {
                policy.ignore(
                    AuthorisedScanners.ignoring(
                        each.targets(), List.of(new PortRange(1, 161)), each.reason()));
              }
              return policy.build();
            });
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 400_000).map(Duration::ofSeconds),
        Arbitraries.longs().between(0, 400_000).map(Duration::ofMillis));
  }

  private static Arbitrary<CountRule> rules() {
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.of(ScanType.values()),
            Arbitraries.of(CountRule.Measure.values()),
            Arbitraries.of(true, false),
            services(),
            Arbitraries.integers().between(1, 43_200),
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            Arbitraries.integers().between(0, 100))
        .as(
            (name, type, measure, failed, services, ticks, limit, number) ->
                new CountRule(
                    name,
                    type,
                    measure,
                    failed,
                    services,
                    ticks * 2,
                    limit,
                    Math.max(1, number),
                    measure == CountRule.Measure.PAIRS ? number : 0,
                    measure == CountRule.Measure.PAIRS ? number / 2 : 0,
                    measure == CountRule.Measure.SERVICES_ON_HOST ? number : 0,
                    measure == CountRule.Measure.HOSTS_ON_SERVICE ? number : 0,
                    failed
                        && measure == CountRule.Measure.HOSTS_ON_SERVICE
                        && number > 0
                        && limit % 2 == 0));
  }

  private static Arbitrary<Set<ServiceGroup>> services() {
    return Arbitraries.of(ServiceGroup.values()).set().ofMinSize(1);
  }

  private static Arbitrary<JointRule> jointRules() {
    return Combinators.combine(
            Arbitraries.of(ScanType.DISTRIBUTED_HORIZONTAL, ScanType.DISTRIBUTED_VERTICAL),
            services(),
            Arbitraries.integers().between(1, 43_200),
            Arbitraries.integers().between(2, JointRule.MAX_THRESHOLD))
        .as(
            (type, services, ticks, limit) ->
                new JointRule("joint", type, services, ticks * 2, limit, limit - 1, 2, limit / 2));
  }

  private static Arbitrary<AuthorisedScanners> entries() {
    return Combinators.combine(
            blocks(),
            blocks().list().ofMaxSize(2),
            Arbitraries.of(
                List.<PortRange>of(), List.of(new PortRange(0, 80), new PortRange(443, 443))),
            schedules().injectNull(0.3),
            Arbitraries.longs()
                .between(0, 4_000_000_000L)
                .map(Instant::ofEpochMilli)
                .injectNull(0.3),
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.strings().ofMaxLength(8))
        .as(AuthorisedScanners::new);
  }

  private static Arbitrary<AddressBlock> blocks() {
    return Arbitraries.oneOf(
        Arbitraries.of(AuthorisedScanners.ANYONE, AddressBlock.parse("::1")),
        Combinators.combine(Arbitraries.integers(), Arbitraries.integers().between(96, 128))
            .as((bits, prefix) -> new AddressBlock(IpAddress.ofIpv4(bits), prefix)),
        Combinators.combine(
                Arbitraries.longs().between(1L << 56, Long.MAX_VALUE),
                Arbitraries.longs(),
                Arbitraries.integers().between(8, 128))
            .as((high, low, prefix) -> new AddressBlock(new IpAddress(high, low), prefix)));
  }

  private static Arbitrary<ScanSchedule> schedules() {
    Arbitrary<LocalTime> minutes =
        Arbitraries.integers().between(0, 1_439).map(minute -> LocalTime.MIN.plusMinutes(minute));
    return Combinators.combine(
            Arbitraries.of(DayOfWeek.values()).set().ofMinSize(1),
            minutes,
            minutes,
            Arbitraries.of("Z", "Europe/Berlin", "-03:30").map(ZoneId::of))
        .as(ScanSchedule::new);
  }
}
