package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  private static DetectionPolicy read(String... lines) {
    return PolicyReader.read("p.yaml", String.join("\n", lines) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mute_tme: 1h                  | p.yaml:2: unknown key 'mute_tme'; there are: add_rules,",
        "mute_time: soon               | p.yaml:2: no duration such as 90s",
        "mute_time: [1h]               | p.yaml:2: 'mute_time' is no text or number",
        "mute_time: -1s                | p.yaml:2: no duration",
        "idle_time: 0                  | p.yaml:2: a duration of nothing",
        "max_duration: 25h             | p.yaml:2: an incident cannot last longer than 24h",
        "every_event: yes              | p.yaml:2: 'every_event' is no true or false",
        "ipv6_prefix: 129              | p.yaml:2: 'ipv6_prefix' is not 16 to 128: 129",
        "ipv6_prefix: 1e3              | p.yaml:2: 'ipv6_prefix' is no whole number",
        "ladder: [20, 20]              | p.yaml:2: the ladder does not ascend at 20",
        "ladder: 20                    | p.yaml:2: 'ladder' is no list",
        "sensitive_ports: [70000]      | p.yaml:2: 'sensitive_ports' is not 0 to 65535: 70000",
        "preset: spl                   | p.yaml:2: 'preset' is given twice",
        "name: 7                       | p.yaml:2: 'name' is no text",
        "rules: []                     | p.yaml:1: a policy needs a rule",
        "rules: [{name: x}]            | p.yaml:2: 'type' is missing",
        "remove_rules: [no-such]       | p.yaml:2: no rule 'no-such'",
        "change_rules: [{inside: 3}]   | p.yaml:2: 'rule' is missing",
        "change_rules: [{rule: vertical-any, inside: 0}] | p.yaml:2: 'inside' is not 1 to",
        "change_rules: [{rule: vertical-any, window: 3s}] | p.yaml:2: the window is not an even",
        "change_rules: [{rule: vertical-any, window: 25h}] | p.yaml:2: the window is not an even",
        "change_rules: [{rule: vertical-any, minimum_hosts: 3}] | p.yaml:2: vertical-any: minima",
        "change_rules: [{rule: vertical-any, services: [ftp]}] | p.yaml:2: no 'ftp'; there are:"
            + " tcp_",
        "change_rules: [{rule: vertical-any, services: []}] | p.yaml:2: no services",
        "change_rules: [{rule: vertical-any, minimum_each: 3}] | p.yaml:2: unknown key"
            + " 'minimum_each'",
        "change_rules: [{rule: vertical-any, of_services: [icmp]}] | p.yaml:2: no rule"
            + " 'vertical-any' of",
        "change_rules: [{rule: distributed-vertical, inside: 97}] | p.yaml:2: 'inside' is not 1 to"
            + " 96",
        "change_rules: [{rule: distributed-vertical, type: block}] | p.yaml:2:"
            + " type not distributed:",
        "authorised: [{owner: x}]      | p.yaml:2: 'sources' is missing",
        "authorised: [{sources: 10.0.0.0/33}] | p.yaml:2: prefix length not 0 to 32",
        "authorised: [{sources: 10.1.1.1, ports: [9-8]}] | p.yaml:2: no port and no range",
        "authorised: [{sources: 10.1.1.1, hours: 9-17}] | p.yaml:2: no hours such as 22:00-04:00",
        "authorised: [{sources: 10.1.1.1, hours: 22:00-25:00}] | p.yaml:2: no hours such as",
        "authorised: [{sources: 10.1.1.1, days: []}] | p.yaml:2: no days",
        "authorised: [{sources: 10.1.1.1, days: [caturday]}] | p.yaml:2: no 'caturday'",
        "authorised: [{sources: 10.1.1.1, zone: Europe/Berlin}] | p.yaml:2: a zone without",
        "authorised: [{sources: 10.1.1.1, days: [monday], zone: Moon}] | p.yaml:2: 'Moon' is no"
            + " zone",
        "authorised: [{sources: 10.1.1.1, expires: soon}] | p.yaml:2: no moment such as",
        "ignored: [{reason: quiet}]    | p.yaml:2: ignored are targets, ports, or both",
        "name: {a: 1}                  | p.yaml:2: 'name' is no text",
        "name: 'open                   | p.yaml:3: no YAML: found unexpected end of stream",
      })
  void refusesByNameAndLine(String line, String reason) {
    YamlProblem problem = assertThrows(YamlProblem.class, () -> read("preset: default", line));
    String message = String.valueOf(problem.getMessage());
    assertTrue(message.startsWith(reason), message);
  }

  @Test
  void refusesWhatIsNoPolicyAtAll() {
    assertEquals(
        "p.yaml:1: nothing in it",
        assertThrows(YamlProblem.class, () -> read("# only a comment")).getMessage());
    assertEquals(
        "p.yaml:1: 'file' is no mapping of keys to values",
        assertThrows(YamlProblem.class, () -> read("- preset")).getMessage());
    assertEquals(
        "p.yaml:1: a policy has a preset to start from, or rules",
        assertThrows(YamlProblem.class, () -> read("mute_time: 1h")).getMessage());
    assertThrows(YamlProblem.class, () -> read("[".repeat(100_000)));
    assertThrows(YamlProblem.class, () -> read("a: &a [*a]"));
  }

  @Test
  void changesSomeOfAPreset() {
    DetectionPolicy policy =
        read(
            "preset: default",
            "mute_time: 2h",
            "remove_rules: [vertical-sensitive, distributed-vertical]",
            "change_rules:",
            "  - rule: horizontal-failed",
            "    of_services: [tcp_sensitive]",
            "    inside: 40",
            "  - rule: vertical-slow",
            "    window: 12h",
            "  - {rule: distributed-horizontal, outside: 40}",
            "add_rules:",
            "  - {name: all-hosts, type: horizontal, counts: hosts, window: 300, outside: 99,"
                + " inside: 98}",
            "authorised:",
            "  - sources: 10.20.0.99",
            "    ports: [22, 8000-8080]",
            "    days: [saturday]",
            "    hours: 22:00-04:00",
            "    zone: Europe/Berlin",
            "ignored: [{targets: ['2001:db8::/32'], reason: documentation}]");
    DetectionPolicy preset = DetectionPolicy.defaults();
    assertEquals("p.yaml", policy.name());
    assertEquals(2, policy.muteTime().toHours());
    assertEquals(preset.idleTime(), policy.idleTime());
    assertEquals(preset.ladder(), policy.ladder());
    assertEquals(preset.rules().size(), policy.rules().size());
    List<CountRule> failed =
        policy.rules().stream().filter(rule -> rule.name().equals("horizontal-failed")).toList();
    assertEquals(
        List.of(40, 25, 50, 250), failed.stream().map(CountRule::internalThreshold).toList());
    assertEquals(Set.of(ServiceGroup.TCP_SENSITIVE), failed.get(0).services());
    CountRule last = policy.rules().get(policy.rules().size() - 1);
    assertEquals("all-hosts", last.name());
    assertEquals(99, last.externalThreshold());
    assertEquals(
        List.of(40), policy.jointRules().stream().map(rule -> rule.externalThreshold()).toList());
    AuthorisedScanners entry = policy.authorised().get(0);
    assertEquals("[22, 8000-8080]", entry.ports().toString());
    assertEquals("ignored: 2001:db8::/32 (documentation)", policy.ignored().get(0).label());
  }

  @Test
  void theCommandReadsThemAndNamesWhatIsWrong() {
    CommandRun printed = CommandRun.of("policy", "spl");
    assertEquals(ExitCode.OK, printed.code());
    assertEquals(PolicyWriter.write(DetectionPolicy.spl()), printed.out());
    CommandRun missing = CommandRun.of("policy", "no-such.yaml");
    assertEquals(ExitCode.USAGE, missing.code());
    assertTrue(
        missing.err().contains("'no-such.yaml' is neither default nor spl, nor a file"),
        missing.err());
  }
}
