package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.ScanSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a policy as YAML, each line with what it means. {@link PolicyReader} reads it back. */
final class PolicyWriter {
  private final StringBuilder yaml = new StringBuilder();
  private String indent = "";

  private PolicyWriter() {}

  static String write(DetectionPolicy policy) {
    PolicyWriter writer = new PolicyWriter();
    writer.settings(policy);
    return writer.yaml.toString();
  }

  /** A constant's name as the file has it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void settings(DetectionPolicy policy) {
    line("name", quoted(policy.name()), "what the policy is called");
    line(
        "sensitive_ports",
        list(policy.sensitivePorts().stream().sorted().toList()),
        "TCP ports of the kind tcp_sensitive");
    line(
        "every_event",
        policy.everyEvent(),
        "true: also events of uncertain direction, multicast and broadcast count");
    line(
        "allowed_lateness",
        Durations.text(policy.allowedLateness()),
        "how far events may lie behind the newest and count");
    line(
        "idle_time",
        Durations.text(policy.idleTime()),
        "an incident ends so long after its last contact");
    line("max_duration", Durations.text(policy.maxDuration()), "an incident lasts so long at most");
    line(
        "mute_time",
        Durations.text(policy.muteTime()),
        "repeats within it after the end are recorded as muted");
    line(
        "decoy_time",
        Durations.text(policy.decoyTime()),
        "like scans of one host within it are one; 0s: none are");
    line(
        "ipv6_prefix",
        policy.ipv6Prefix(),
        "sources outside are followed within this prefix; 128: are not");
    line("ladder", list(policy.ladder()), "extents at which an open incident is told again");
    begin(
        "rules", policy.rules(), "limits for one source; the first that speaks opens the incident");
    policy.rules().forEach(this::rule);
    begin("joint_rules", policy.jointRules(), "limits for several sources together");
    policy.jointRules().forEach(this::jointRule);
    begin("authorised", policy.authorised(), "who may scan; recorded, not raised");
    policy.authorised().forEach(entry -> entry(entry, true));
    begin("ignored", policy.ignored(), "what anybody may scan; recorded, not raised");
    policy.ignored().forEach(entry -> entry(entry, false));
  }

  private void rule(CountRule rule) {
    first("name", quoted(rule.name()), "as reasons have it");
    line("type", word(rule.type()), "the scan that it finds");
    line("counts", word(rule.measure()), "distinct ones, within the window");
    line("failed_only", rule.failedOnly(), "true: contacts that failed; false: all");
    line(
        "services",
        list(rule.services().stream().sorted().map(PolicyWriter::word).toList()),
        "kinds of services that count");
    line("window", Durations.text(Duration.ofSeconds(rule.windowSeconds())), "slides; up to 24h");
    line("outside", rule.externalThreshold(), "speaks from this count on, for sources outside");
    line("inside", rule.internalThreshold(), "the same for sources inside");
    unlessZero("minimum_hosts", rule.minimumHosts(), "hosts among the pairs, none with over half");
    unlessZero("minimum_services", rule.minimumServices(), "services among the pairs");
    unlessZero(
        "minimum_privileged", rule.minimumPrivileged(), "ports below 1024 among the services");
    unlessZero(
        "stranger_percent",
        rule.strangerPercent(),
        "only hosts that never answered count, if so many of all asked");
    if (rule.darkOnly()) {
      line("dark_only", true, "of these only hosts inside that nobody ever heard of");
    }
    indent = "";
  }

  private void jointRule(JointRule rule) {
    first("name", quoted(rule.name()), "as reasons have it");
    line("type", word(rule.type()), "the scan that it finds");
    line(
        "services",
        list(rule.services().stream().sorted().map(PolicyWriter::word).toList()),
        "kinds of services that count");
    line("window", Durations.text(Duration.ofSeconds(rule.windowSeconds())), "slides; up to 24h");
    line("outside", rule.externalThreshold(), "speaks from this count on, for sources outside");
    line("inside", rule.internalThreshold(), "the same for sources inside");
    line("minimum_sources", rule.minimumSources(), "sources that take part");
    line("minimum_each", rule.minimumEach(), "things to each source, on average");
    indent = "";
  }

  private void entry(AuthorisedScanners entry, boolean ofSome) {
    first(
        "targets",
        list(entry.targets().stream().map(block -> quoted(block.toString())).toList()),
        "networks; none: all");
    if (ofSome) {
      line("sources", quoted(entry.sources().toString()), "whose hosts may scan");
    }
    line("ports", list(entry.ports()), "of TCP, UDP and SCTP; none: every service");
    ScanSchedule schedule = entry.schedule();
    if (schedule != null) {
      line(
          "days",
          list(schedule.days().stream().sorted().map(PolicyWriter::word).toList()),
          "on which the hours begin");
      line("hours", schedule.from() + "-" + schedule.to(), "the same twice: 24 hours");
      line("zone", quoted(schedule.zone().getId()), "whose clocks count");
    }
    Instant expires = entry.expires();
    if (expires != null) {
      line("expires", expires, "from then on it covers nothing");
    }
    if (!entry.owner().isEmpty()) {
      line("owner", quoted(entry.owner()), "who answers for it");
    }
    line("reason", quoted(entry.reason()), "why");
    indent = "";
  }

  private void begin(String key, Collection<?> items, String comment) {
    line(key, items.isEmpty() ? "[]" : "", comment);
  }

  private void first(String key, Object value, String comment) {
    indent = "  - ";
    line(key, value, comment);
    indent = "    ";
  }

  private void unlessZero(String key, int value, String comment) {
    if (value != 0) {
      line(key, value, comment);
    }
  }

  private void line(String key, Object value, String comment) {
    String text = value.toString();
    yaml.append(indent).append(key).append(':').append(text.isEmpty() ? "" : " ").append(text);
    yaml.append("  # ").append(comment).append('\n');
  }

  private static String list(Collection<?> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
