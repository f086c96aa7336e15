package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Rules that log each source, and rules that see the next scan of an incident's kind sooner, by its
 * ports and its rate. Identifiers come from address and incident, within the upper half of the
 * range for local rules.
 */
final class SuricataRules implements ResponseFile {
  private static final int FIRST_SID = 1_500_000;
  private static final int SIDS = 500_000;
  private static final int MAX_RANGES = 64;

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment(
        "Check: suricata -T -S FILE. Add to rule-files, and reload. HOME_NET must name the");
    text.comment("networks inside. Nothing here expires by itself: apply the rollback file then.");
    text.plan(plan);
    rules(plan).forEach((sid, rule) -> text.line(rule));
    return text.toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Apply: suricata-update --disable-conf FILE, and reload.");
    rules(plan).keySet().forEach(sid -> text.line("1:" + sid));
    return text.toString();
  }

  /** The rules by their identifiers. */
  private static Map<Integer, String> rules(ResponsePlan plan) {
    Map<Integer, String> rules = new LinkedHashMap<>();
    Set<String> incidents = new HashSet<>();
    for (Answer answer : plan.answers()) {
      add(rules, "watch " + answer.source(), watch(answer));
      for (ScanAlert incident : answer.incidents()) {
        if (incidents.add(incident.id())) {
          List<String> wires = tripwires(answer, incident);
          for (int i = 0; i < wires.size(); i++) {
            add(rules, "sooner " + i + " " + incident.id(), wires.get(i));
          }
        }
      }
    }
    return rules;
  }

  private static void add(Map<Integer, String> rules, String key, String rule) {
    CRC32 hash = new CRC32();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    int offset = (int) (hash.getValue() % SIDS);
    // A plan with more rules than identifiers keeps the first.
    for (int tried = 0; tried < SIDS; tried++) {
      int sid = FIRST_SID + (offset + tried) % SIDS;
      if (rules.putIfAbsent(sid, rule + "sid:" + sid + "; rev:1;)") == null) {
        return;
      }
    }
  }

  private static String watch(Answer answer) {
    ScanAlert incident = answer.incidents().get(0);
    return String.format(
        "alert ip %s any -> any any (msg:\"Sweepwatch watch: source of incident %s\";"
            + " threshold:type limit, track by_src, count 1, seconds 60;"
            + " classtype:attempted-recon; metadata:sweepwatch_until %s; ",
        answer.source(),
        PlainText.id(incident),
        PlainText.time(answer.untilMicros()).replaceAll("[:-]", "_"));
  }

  private static List<String> tripwires(Answer answer, ScanAlert incident) {
    List<String> rules = new ArrayList<>();
    if (incident.type() == ScanType.PING_SWEEP) {
      int echo = answer.source().isIpv4() ? 8 : 128;
      rules.add(tripwire("icmp", "any", "itype:" + echo, answer, incident));
    } else if (!incident.ports().isEmpty()) {
      // Nothing with ACK is a first packet.
      if (mayBeOf(Protocol.TCP, incident)) {
        rules.add(tripwire("tcp", ports(incident), "flow:stateless; flags:!A", answer, incident));
      }
      if (mayBeOf(Protocol.UDP, incident)) {
        rules.add(
            tripwire("udp", ports(incident), "flow:not_established,to_server", answer, incident));
      }
    }
    return rules;
  }

  /** Whether probes were of a protocol; an alert of an earlier version does not say. */
  private static boolean mayBeOf(int protocol, ScanAlert incident) {
    return incident.protocols().isEmpty() || incident.protocols().contains(protocol);
  }

  private static String tripwire(
      String protocol, String ports, String match, Answer answer, ScanAlert incident) {
    Tripwire wire = Tripwire.of(incident);
    return String.format(
        "alert %s %s any -> %s %s (msg:\"Sweepwatch: %s scan as in incident %s\"; %s;"
            + " threshold:type both, track %s, count %d, seconds %d; classtype:attempted-recon; ",
        protocol,
        answer.inside() ? "$HOME_NET" : "$EXTERNAL_NET",
        answer.inside() ? "any" : "$HOME_NET",
        ports,
        PlainText.type(incident),
        PlainText.id(incident),
        match,
        incident.type() == ScanType.VERTICAL ? "by_both" : "by_src",
        wire.count(),
        wire.seconds());
  }

  private static String ports(ScanAlert incident) {
    boolean vertical = incident.type() == ScanType.VERTICAL;
    if (incident.ports().size() > MAX_RANGES || (vertical && incident.portsTruncated())) {
      return "any";
    }
    return incident.ports().stream()
        .map(PortRange::toString)
        .map(range -> range.replace('-', ':'))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
