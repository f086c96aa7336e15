package io.github.sweepwatch.response;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extended access lists of IOS, one for each side and family, whose entries carry a time range with
 * an absolute end. Which interface they belong on, the file cannot know.
 */
final class CiscoAclFile implements ResponseFile {
  /** The latest end that the command takes. */
  private static final Instant LATEST = Instant.parse("2035-12-31T23:59:00Z");

  private static final int MAX_REMARK = 100;
  private static final DateTimeFormatter RANGE = format("yyyyMMddHHmm");
  private static final DateTimeFormatter END = format("HH:mm d MMMM yyyy");

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("!");
    text.comment("Paste in configuration mode, and put each list on its interface: those named");
    text.comment("outside where the outside comes in, those named inside where the inside does:");
    text.comment("ip access-group NAME in, or ipv6 traffic-filter NAME in.");
    text.comment("Ends are in UTC, the device takes them for its own time. It takes the place of");
    text.comment("an earlier one.");
    text.plan(plan);
    ends(plan)
        .forEach(
            (name, end) ->
                text.line("time-range " + name).line(" absolute end " + end).line("exit"));
    lists(plan)
        .forEach(
            (list, answers) -> {
              text.line("no " + list).line(list);
              boolean ipv4 = answers.get(0).source().isIpv4();
              String protocol = ipv4 ? "ip" : "ipv6";
              for (Answer answer : answers) {
                text.line(remark(answer));
                text.line(
                    String.format(
                        " deny %s host %s any time-range %s",
                        protocol, answer.source(), range(end(answer))));
              }
              text.line(String.format(" permit %s any any", protocol)).line("exit");
            });
    return text.toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("!");
    text.comment("Take the lists off their interfaces, then paste in configuration mode.");
    // The lists go first: an entry whose time range is gone would hold for ever.
    for (String list : lists(plan).keySet()) {
      text.line("no " + list);
    }
    ends(plan).keySet().forEach(name -> text.line("no time-range " + name));
    return text.toString();
  }

  /** The answers by the command that names their list. */
  private static Map<String, List<Answer>> lists(ResponsePlan plan) {
    Map<String, List<Answer>> lists = new TreeMap<>();
    for (Answer answer : plan.answers()) {
      String side = answer.inside() ? "inside" : "outside";
      String list =
          answer.source().isIpv4()
              ? "ip access-list extended sweepwatch-" + side
              : "ipv6 access-list sweepwatch-" + side + "-v6";
      lists.computeIfAbsent(list, key -> new ArrayList<>()).add(answer);
    }
    return lists;
  }

  /** The ends by the names of their time ranges. */
  private static Map<String, String> ends(ResponsePlan plan) {
    Map<String, String> ends = new TreeMap<>();
    for (Answer answer : plan.answers()) {
      Instant end = end(answer);
      ends.put(range(end), END.format(end));
    }
    return ends;
  }

  private static String remark(Answer answer) {
    String text =
        "until "
            + PlainText.time(answer.untilMicros())
            + ", "
            + PlainText.describe(answer.incidents().get(0));
    return " remark " + PlainText.of(text, MAX_REMARK);
  }

  /** The minute in which an answer ends, or the next. */
  private static Instant end(Answer answer) {
    Instant until = PlainText.instant(answer.untilMicros());
    Instant minute = until.truncatedTo(ChronoUnit.MINUTES);
    Instant end = minute.equals(until) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    return end.isAfter(LATEST) ? LATEST : end;
  }

  private static String range(Instant end) {
    return "sweepwatch-" + RANGE.format(end);
  }
}
