package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * For each incident two Sigma documents: a rule that selects connections to its ports in firewall
 * logs, and a correlation that counts them, by the incident's rate.
 */
final class SigmaRules implements ResponseFile {
  private static final int MAX_RANGES = 64;

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Convert for a log platform with sigma convert. Nothing here expires by itself.");
    text.plan(plan);
    Set<String> incidents = new HashSet<>();
    for (Answer answer : plan.answers()) {
      for (ScanAlert incident : answer.incidents()) {
        if (incidents.add(incident.id())) {
          selection(text, answer, incident);
          correlation(text, answer, incident);
        }
      }
    }
    return text.toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Remove the rules with these identifiers from the log platform.");
    Set<String> incidents = new HashSet<>();
    for (Answer answer : plan.answers()) {
      for (ScanAlert incident : answer.incidents()) {
        if (incidents.add(incident.id())) {
          text.line("- " + uuid("selection", incident)).line("- " + uuid("correlation", incident));
        }
      }
    }
    return text.toString();
  }

  private static void head(
      Commented text, String title, String kind, Answer answer, ScanAlert incident) {
    text.line("---");
    text.line("title: \"" + title + PlainText.id(incident) + "\"");
    text.line("id: " + uuid(kind, incident));
    text.line("status: experimental");
    text.line("description: \"" + PlainText.describe(incident) + "\"");
    text.line("author: Sweepwatch");
    text.line("date: " + PlainText.time(answer.fromMicros()).substring(0, 10));
  }

  private static void selection(Commented text, Answer answer, ScanAlert incident) {
    head(text, "Connections as in incident ", "selection", answer, incident);
    text.line("logsource:").line("  category: firewall");
    text.line("detection:").line("  probe:");
    if (incident.type() == ScanType.PING_SWEEP) {
      text.line("    protocol: icmp");
    } else if (incident.ports().isEmpty() || incident.ports().size() > MAX_RANGES) {
      text.line("    dst_ip|exists: true");
    } else {
      for (PortRange range : incident.ports()) {
        text.line("    - dst_port|gte: " + range.first());
        text.line("      dst_port|lte: " + range.last());
        // Where there are several, any will do.
        if (incident.protocols().size() == 1) {
          text.line("      protocol: " + Protocol.text(incident.protocols().get(0)));
        }
      }
    }
    text.line("  condition: probe").line("level: informational");
  }

  private static void correlation(Commented text, Answer answer, ScanAlert incident) {
    head(text, "Scan as in incident ", "correlation", answer, incident);
    Tripwire wire = Tripwire.of(incident);
    boolean vertical =
        incident.type() == ScanType.VERTICAL || incident.type() == ScanType.DISTRIBUTED_VERTICAL;
    boolean block = incident.type() == ScanType.BLOCK;
    text.line("correlation:");
    text.line("  type: " + (block ? "event_count" : "value_count"));
    text.line("  rules:").line("    - " + uuid("selection", incident));
    text.line("  group-by:").line("    - src_ip");
    if (vertical) {
      text.line("    - dst_ip");
    }
    text.line("  timespan: " + wire.seconds() + "s");
    text.line("  condition:").line("    gte: " + wire.count());
    if (!block) {
      text.line("    field: " + (vertical ? "dst_port" : "dst_ip"));
    }
    text.line("falsepositives:").line("  - \"Scanners that are allowed to\"");
    text.line("level: " + incident.severity().name().toLowerCase(Locale.ROOT));
  }

  private static UUID uuid(String kind, ScanAlert incident) {
    return UUID.nameUUIDFromBytes(
        ("sweepwatch sigma " + kind + " " + incident.id()).getBytes(StandardCharsets.UTF_8));
  }
}
