package io.github.sweepwatch.response;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of its own, so that the rollback is to delete it. Its sets hold the sources by side and
 * family, and each element times out. Outside sources are dropped; inside ones may answer, but
 * begin nothing: neighbour discovery is untracked, and passes.
 */
final class NftablesFile implements ResponseFile {
  private static final String TABLE = "inet sweepwatch";

  /** What a source begins, or what belongs to no connection, such as a FIN probe. */
  private static final String UNASKED = "ct state { new, invalid }";

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Apply: nft -f FILE. It takes the place of an earlier one, and times");
    text.comment("begin then. Undo: nft -f with the rollback file.");
    text.plan(plan);
    replace(text);
    text.line("table " + TABLE + " {");
    for (boolean inside : new boolean[] {false, true}) {
      for (boolean ipv4 : new boolean[] {true, false}) {
        sources(text, plan, inside, ipv4);
      }
    }
    boolean limits = plan.newPerMinute() != ResponsePlan.NONE;
    if (limits) {
      rates(text, true);
      rates(text, false);
    }
    text.line("  chain sources {");
    for (boolean inside : new boolean[] {false, true}) {
      for (boolean ipv4 : new boolean[] {true, false}) {
        String source = (ipv4 ? "ip" : "ip6") + " saddr";
        String rule = "    " + source + " @" + set(inside, ipv4);
        if (inside || limits) {
          rule += " " + UNASKED;
        }
        if (limits) {
          int rate = plan.newPerMinute();
          rule +=
              String.format(
                  " update @rate%d { %s limit rate over %d/minute burst %d packets }",
                  ipv4 ? 4 : 6, source, rate, rate);
        }
        text.line(rule + " counter drop");
      }
    }
    text.line("  }");
    for (String hook : List.of("input", "forward", "output")) {
      text.line("  chain " + hook + " {");
      text.line("    type filter hook " + hook + " priority -10; policy accept;");
      text.line("    jump sources");
      text.line("  }");
    }
    return text.line("}").toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Apply: nft -f FILE. Takes back the file for nftables.");
    replace(text);
    return text.toString();
  }

  /** Deletes the table, whether it is there or not. */
  private static void replace(Commented text) {
    text.line("add table " + TABLE);
    text.line("delete table " + TABLE);
  }

  private static String set(boolean inside, boolean ipv4) {
    return (inside ? "inside" : "outside") + (ipv4 ? 4 : 6);
  }

  private static void sources(Commented text, ResponsePlan plan, boolean inside, boolean ipv4) {
    text.line("  set " + set(inside, ipv4) + " {");
    text.line("    type " + (ipv4 ? "ipv4_addr" : "ipv6_addr"));
    text.line("    flags timeout");
    List<Answer> answers =
        plan.answers().stream()
            .filter(answer -> answer.inside() == inside && answer.source().isIpv4() == ipv4)
            .toList();
    if (!answers.isEmpty()) {
      text.line("    elements = {");
      for (Answer answer : answers) {
        long seconds = Math.max(1, (answer.untilMicros() - answer.fromMicros()) / 1_000_000);
        String incidents =
            answer.incidents().stream().map(PlainText::id).collect(Collectors.joining(" "));
        text.line(
            String.format(
                "      %s timeout %ds comment \"%s\",",
                answer.source(), seconds, PlainText.of(incidents, PlainText.MAX_TEXT)));
      }
      text.line("    }");
    }
    text.line("  }");
  }

  private static void rates(Commented text, boolean ipv4) {
    text.line("  set rate" + (ipv4 ? 4 : 6) + " {");
    text.line("    type " + (ipv4 ? "ipv4_addr" : "ipv6_addr"));
    text.line("    size 65536");
    text.line("    flags dynamic,timeout");
    text.line("    timeout 10m");
    text.line("  }");
  }
}
