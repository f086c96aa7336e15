package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.ScanAlert;
import java.time.Instant;
import java.util.List;

/**
 * A chain of its own, to which the built-in ones jump. One file for both families: {@code
 * iptables-restore} passes over rules that begin with {@code -6}, {@code ip6tables-restore} over
 * those with {@code -4}. A rule matches until its date.
 */
final class IptablesFile implements ResponseFile {
  private static final String CHAIN = "sweepwatch";
  private static final List<String> CALLERS = List.of("INPUT", "FORWARD", "OUTPUT");

  /** The time match reads no later date. */
  private static final Instant LATEST = Instant.parse("2038-01-19T00:00:00Z");

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment(
        "Apply: iptables-restore --noflush FILE and ip6tables-restore --noflush FILE, first");
    text.comment(
        "the rollback file, if one of these is in force. Undo: the rollback file, both ways.");
    text.plan(plan);
    text.line("*filter");
    text.line(":" + CHAIN + " - [0:0]");
    for (String caller : CALLERS) {
      text.line("-I " + caller + " 1 -j " + CHAIN);
    }
    for (Answer answer : plan.answers()) {
      text.line(rule(answer, plan.newPerMinute()));
    }
    return text.line("COMMIT").toString();
  }

  private static String rule(Answer answer, int rate) {
    StringBuilder rule = new StringBuilder();
    rule.append(answer.source().isIpv4() ? "-4" : "-6");
    rule.append(" -A ").append(CHAIN).append(" -s ").append(answer.source());
    boolean limits = rate != ResponsePlan.NONE;
    if (answer.inside() || limits) {
      rule.append(" -m conntrack --ctstate NEW,INVALID");
    }
    if (limits) {
      rule.append(" -m hashlimit --hashlimit-above ").append(rate).append("/minute");
      rule.append(" --hashlimit-burst ").append(rate);
      rule.append(" --hashlimit-mode srcip --hashlimit-name ").append(CHAIN);
    }
    Instant until = PlainText.instant(answer.untilMicros());
    String date = PlainText.time(answer.untilMicros());
    if (until.isAfter(LATEST)) {
      date = LATEST.toString();
    }
    rule.append(" -m time --datestop ").append(date, 0, date.length() - 1);
    StringBuilder incidents = new StringBuilder();
    for (ScanAlert incident : answer.incidents()) {
      incidents.append(incidents.isEmpty() ? "" : " ").append(PlainText.id(incident));
    }
    rule.append(" -m comment --comment \"");
    rule.append(PlainText.of(incidents.toString(), PlainText.MAX_TEXT));
    return rule.append("\" -j DROP").toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Apply: iptables-restore --noflush FILE and ip6tables-restore --noflush FILE.");
    text.comment("Takes back the file for iptables.");
    text.line("*filter");
    for (String caller : CALLERS) {
      text.line("-D " + caller + " -j " + CHAIN);
    }
    text.line("-F " + CHAIN);
    text.line("-X " + CHAIN);
    return text.line("COMMIT").toString();
  }
}
