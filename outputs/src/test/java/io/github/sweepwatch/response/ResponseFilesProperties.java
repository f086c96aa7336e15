package io.github.sweepwatch.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.ScanScope;
import io.github.sweepwatch.explain.ScanSource;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in an alert, each line of a file is one of those that the target's file has. */
class ResponseFilesProperties {
  private static final String IP = "(\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)";
  private static final String PLAIN = "[A-Za-z0-9 .,:/()_+@-]*";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d";

  /** What a line may be, but for comments. */
  private static final Map<ResponseTarget, Pattern> LINES =
      Map.of(
          ResponseTarget.NFTABLES,
          Pattern.compile(
              "(add|delete) table inet sweepwatch|table inet sweepwatch \\{| *\\}| {4}elements ="
                  + " \\{|  set (in|out)side[46] \\{|    type ipv[46]_addr|    flags timeout| {6}"
                  + IP
                  + " timeout \\d+s comment \"[A-Za-z0-9_ ]*\",|  chain"
                  + " (sources|input|forward|output) \\{|    jump sources|    type filter hook"
                  + " (input|forward|output) priority -10; policy accept;|    ip6? saddr"
                  + " @(in|out)side[46]( ct state \\{ new, invalid \\})? counter drop"),
          ResponseTarget.IPTABLES,
          Pattern.compile(
              "\\*filter|COMMIT|:sweepwatch - \\[0:0\\]|-[FX] sweepwatch"
                  + "|(-I (INPUT|FORWARD|OUTPUT) 1|-D (INPUT|FORWARD|OUTPUT)) -j sweepwatch"
                  + "|-[46] -A sweepwatch -s "
                  + IP
                  + "( -m conntrack --ctstate NEW,INVALID)?"
                  + " -m time --datestop "
                  + TIME
                  + " -m comment --comment \"[A-Za-z0-9_ ]*\" -j DROP"),
          ResponseTarget.WINDOWS,
          Pattern.compile(
              "Get-NetFirewallRule -Group 'Sweepwatch' -ErrorAction SilentlyContinue \\|"
                  + " Remove-NetFirewallRule"
                  + "|New-NetFirewallRule -Group 'Sweepwatch' -Name"
                  + " 'sweepwatch-(In|Out)bound-[0-9a-f.-]+' -DisplayName"
                  + " 'Sweepwatch (In|Out)bound "
                  + IP
                  + "' -Description '"
                  + PLAIN
                  + "' -Direction (In|Out)bound -Action Block"
                  + " -(Remote|Local)Address '"
                  + IP
                  + "' -Profile Any -Enabled True"),
          ResponseTarget.CISCO,
          Pattern.compile(
              "(no )?(ip access-list extended sweepwatch-(in|out)side"
                  + "|ipv6 access-list sweepwatch-(in|out)side-v6|time-range sweepwatch-\\d{12})"
                  + "| absolute end \\d\\d:\\d\\d \\d{1,2} [A-Z][a-z]+ \\d{4}|exit"
                  + "| remark [A-Za-z0-9 .,:/()_+@-]{1,100}"
                  + "| deny ip(v6)? host "
                  + IP
                  + " any time-range sweepwatch-\\d{12}"
                  + "| permit ip(v6)? any any"),
          ResponseTarget.SURICATA,
          Pattern.compile(
              "1:1[5-9]\\d{5}|alert (ip "
                  + IP
                  + "|(tcp|udp|icmp) \\$(HOME|EXTERNAL)_NET) any ->"
                  + " (any|\\$HOME_NET) (any|\\[[0-9:,]+\\]) \\(msg:\""
                  + PLAIN
                  + "\";"
                  + "( (flow|flags|itype):[a-z_0-9A!,]+;)*"
                  + " threshold:type (limit|both), track by_(src|both), count \\d+, seconds \\d+;"
                  + " classtype:attempted-recon;( metadata:sweepwatch_until [0-9TZ_]+;)?"
                  + " sid:1[5-9]\\d{5}; rev:1;\\)"),
          ResponseTarget.ZEEK,
          Pattern.compile(IP + "\tIntel::ADDR\tsweepwatch\t" + PLAIN + "(\tT)?"),
          ResponseTarget.SIGMA,
          Pattern.compile(
              "---| *(- )?[a-z_|-]+:( (\""
                  + PLAIN
                  + "\"|[A-Za-z0-9_-]+))?| *- [A-Za-z0-9_-]+"
                  + "|  - \""
                  + PLAIN
                  + "\""));

  private static final Map<ResponseTarget, String> COMMENTS = Map.of(ResponseTarget.CISCO, "! ");

  private static ResponsePlan plan(List<ScanAlert> alerts) {
    return ResponsePlanner.builder().minimumConfidence(0).build().plan(alerts);
  }

  @Property(tries = 150)
  void nothingBreaksOut(@ForAll("incidents") List<ScanAlert> alerts) throws IOException {
    ResponsePlan plan = plan(alerts);
    for (ResponseTarget target : ResponseTarget.values()) {
      for (String text : List.of(target.file(plan), target.rollback(plan))) {
        assertTrue(text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f)));
        assertTrue(text.endsWith("\n"));
        if (target == ResponseTarget.STIX) {
          readStix(text, plan);
        } else {
          for (String line : text.split("\n", -1)) {
            assertExpected(target, line);
          }
        }
      }
    }
  }

  private static void assertExpected(ResponseTarget target, String line) {
    String mark = COMMENTS.getOrDefault(target, "# ");
    boolean comment =
        line.startsWith(mark)
            && line.length() <= 2 + PlainText.MAX_LINE
            && line.substring(2).matches(PLAIN);
    boolean fields = target == ResponseTarget.ZEEK && line.startsWith("#fields\tindicator\t");
    assertTrue(
        line.isEmpty()
            || comment
            || fields
            || LINES.getOrDefault(target, Pattern.compile("")).matcher(line).matches(),
        () -> target + ": " + line);
  }

  private static void readStix(String text, ResponsePlan plan) throws IOException {
    Set<String> patterns = new HashSet<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      while (json.nextToken() != null) {
        if ("pattern".equals(json.currentName())) {
          patterns.add(json.getText());
        }
      }
    }
    patterns.remove("pattern");
    assertEquals(plan.answers().size(), patterns.size());
    for (String pattern : patterns) {
      assertTrue(pattern.matches("\\[ipv[46]-addr:value = '" + IP + "'\\]"), pattern);
    }
  }

  @Property(tries = 60)
  void theSamePlanGivesTheSameText(@ForAll("incidents") List<ScanAlert> alerts) {
    for (ResponseTarget target : ResponseTarget.values()) {
      assertEquals(target.file(plan(alerts)), target.file(plan(alerts)));
      assertEquals(target.rollback(plan(alerts)), target.rollback(plan(alerts)));
    }
  }

  @Property(tries = 60)
  void whatWasAnsweredIsNamedInEachFileOnce(@ForAll("incidents") List<ScanAlert> alerts) {
    ResponsePlan plan = plan(alerts);
    String suricata = ResponseTarget.SURICATA.file(plan);
    for (Answer answer : plan.answers()) {
      String source = answer.source().toString();
      assertEquals(1, count("\n      " + source + " timeout ", ResponseTarget.NFTABLES.file(plan)));
      assertEquals(1, count(" -s " + source + " -m ", ResponseTarget.IPTABLES.file(plan)));
      assertEquals(1, count(" host " + source + " any ", ResponseTarget.CISCO.file(plan)));
      assertEquals(1, count("\n" + source + "\tIntel::ADDR\t", ResponseTarget.ZEEK.file(plan)));
      assertEquals(1, count("\nalert ip " + source + " any ", suricata));
    }
    // Each rule has an identifier of its own, and the rollback names them all.
    Matcher sids = Pattern.compile(" sid:(\\d+);").matcher(suricata);
    Set<String> seen = new HashSet<>();
    String rollback = ResponseTarget.SURICATA.rollback(plan);
    while (sids.find()) {
      assertTrue(seen.add(sids.group(1)), suricata);
      assertEquals(1, count("\n1:" + sids.group(1) + "\n", rollback));
    }
    assertTrue(seen.size() >= plan.answers().size());
  }

  private static int count(String part, String text) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }

  static Arbitrary<String> hostile() {
    return Arbitraries.of(
            "\"; drop; \"",
            "'",
            "\n",
            "\r\n",
            "|",
            "=",
            "\\",
            "\\\n",
            "<script>",
            "\u001b[31m",
            "\0",
            "\u202e",
            "\u2028",
            "#>",
            "`$(reboot)",
            "?",
            "}",
            ";",
            "\t",
            "\ud83d\ude00",
            "\ud800",
            "CORP\\alice",
            "\u2019",
            "-- ",
            "a",
            "*/",
            "!",
            "\u0085")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<IpAddress> addresses() {
    Arbitrary<Integer> bits = Arbitraries.integers().between(0x0a000000, 0x0a0000ff);
    return Arbitraries.oneOf(
        bits.map(IpAddress::ofIpv4),
        bits.map(low -> new IpAddress(0xfd00L << 48, low)),
        Arbitraries.longs().map(low -> new IpAddress(0x2001_0db8L << 32, low)));
  }

  @Provide
  Arbitrary<List<ScanAlert>> incidents() {
    Arbitrary<PortRange> ranges =
        Combinators.combine(
                Arbitraries.integers().between(0, 65_000), Arbitraries.integers().between(0, 500))
            .as((first, more) -> new PortRange(first, first + more));
    Arbitrary<Explanation> explanations =
        Combinators.combine(
                hostile().injectNull(0.2), hostile().injectNull(0.2), hostile().injectNull(0.2))
            .as(
                (host, user, image) ->
                    new Explanation(
                        new ScanSource(
                            Direction.INTERNAL, null, List.of(new Actor(host, user, image))),
                        new ScanScope(List.of(), false, null, List.of(), false, null),
                        LogonActivity.NONE,
                        IdsActivity.NONE,
                        List.of()));
    return Combinators.combine(
            Combinators.combine(hostile(), hostile(), hostile(), hostile().injectNull(0.9))
                .as(
                    (id, rule, sensor, authority) ->
                        ScanAlert.builder()
                            .id(id)
                            .reasons(List.of(new Reason(rule, 20, 20, 300)))
                            .sensors(List.of(sensor))
                            .technique(rule)
                            .authorisedBy(authority)),
            Arbitraries.of(ScanType.class),
            Arbitraries.of(Severity.class),
            addresses().list().ofMaxSize(4),
            ranges.list().ofMaxSize(70),
            Arbitraries.longs().between(-5, 5_000_000_000_000_000L),
            Arbitraries.longs(),
            explanations.injectNull(0.3))
        .as(
            (alert, type, severity, sources, ports, last, number, explanation) ->
                alert
                    .state(ScanAlert.State.ENDED)
                    .type(type)
                    .severity(severity)
                    .sources(sources)
                    .ports(ports)
                    .portsTruncated((number & 4) > 0)
                    .protocols(
                        Stream.of(6, 13, 17, 253)
                            .filter(protocol -> (number >> 8 & protocol) == protocol)
                            .toList())
                    .lastSeenMicros(last)
                    .firstSeenMicros(number)
                    .connections(number)
                    .tactic((number & 1) > 0 ? "TA0007" : "TA0043")
                    .explanation(explanation)
                    .build())
        .list()
        .ofMaxSize(6);
  }
}
