package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ServiceNature;
import io.github.sweepwatch.explain.ToolHint;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What triage found out, in words: a few lines an incident. */
final class AnswerText {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** How many natures of services are explained. */
  private static final int NATURES = 3;

  private final ZoneId zone;
  private final int width;

  AnswerText(ZoneId zone, int width) {
    this.zone = zone;
    this.width = width;
  }

  List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add("from  " + source(explanation));
    for (Actor actor : explanation.source().actors()) {
      lines.add("by    " + actor(actor));
    }
    Coverage coverage = explanation.scope().coverage();
    if (coverage != null && coverage.hosts() > 1) {
      lines.add("in    " + coverage(coverage));
    }
    precedes(explanation).forEach(line -> lines.add("for   " + line));
    String found = found(explanation);
    if (!found.isEmpty()) {
      lines.add("found " + found);
    }
    ToolHint tool = explanation.scope().tool();
    if (tool != null) {
      lines.add("tool  perhaps " + tool.tool() + ": " + tool.reason());
    }
    lines.addAll(logons(explanation.logons()));
    for (IdsFinding finding : explanation.ids().findings()) {
      lines.add("ids   " + finding(finding));
    }
    if (explanation.ids().mayBeIncomplete()) {
      lines.add("ids   there may be more: not all could be kept");
    }
    lines.add("att&ck " + techniques(explanation.techniques()));
    return lines;
  }

  private static String source(Explanation explanation) {
    String direction =
        switch (explanation.source().direction()) {
          case EXTERNAL -> "outside";
          case INTERNAL -> "inside";
          case OUTBOUND -> "inside, to outside";
        };
    Asset asset = explanation.source().asset();
    if (asset == null) {
      return direction;
    }
    List<String> words = new ArrayList<>(List.of(direction));
    add(words, "", asset.role());
    add(words, "owner ", asset.owner());
    add(
        words,
        "criticality ",
        asset.criticality() == null ? null : asset.criticality().name().toLowerCase(Locale.ROOT));
    add(words, "zone ", asset.zone());
    return String.join(", ", words) + " (" + asset.block() + ")";
  }

  private static void add(List<String> words, String label, @Nullable String text) {
    if (text != null) {
      words.add(label + Printable.line(text));
    }
  }

  private static String actor(Actor actor) {
    List<String> words = new ArrayList<>();
    add(words, "", actor.image());
    add(words, "user ", actor.user());
    add(words, "on ", actor.host());
    return String.join(", ", words);
  }

  private static String coverage(Coverage coverage) {
    String share =
        coverage.share() >= 0.001
            ? String.format(Locale.ROOT, ", %.1f %% of it", 100 * coverage.share())
            : "";
    return coverage.network() + ": " + Count.of(coverage.hosts(), "host") + share;
  }

  private static List<String> precedes(Explanation explanation) {
    Set<ServiceNature> natures = new LinkedHashSet<>();
    for (ScannedService service : explanation.scope().services()) {
      natures.add(service.nature());
    }
    if (natures.size() > 1) {
      natures.remove(ServiceNature.OTHER);
    }
    return natures.stream()
        .limit(NATURES)
        .map(
            nature ->
                nature.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + ", often before "
                    + nature.precedes())
        .toList();
  }

  private String found(Explanation explanation) {
    List<AnsweredProbe> answered = explanation.scope().answered();
    List<FittedList.Item> items = new ArrayList<>();
    for (AnsweredProbe probe : answered) {
      String protocol = Protocol.text(probe.protocol());
      items.add(
          new FittedList.Item(
              Protocol.hasPorts(probe.protocol())
                  ? probe.host() + " " + probe.port() + "/" + protocol
                  : probe.host() + " " + protocol,
              1));
    }
    String more = explanation.scope().answeredTruncated() ? "; perhaps more" : "";
    return items.isEmpty() ? "" : FittedList.of(items, items.size(), width - more.length()) + more;
  }

  private List<String> logons(LogonActivity logons) {
    List<String> lines = new ArrayList<>();
    String incomplete =
        logons.mayBeIncomplete() ? "; there may be more: not all could be kept" : "";
    if (logons.attempts() == 0 && incomplete.isEmpty()) {
      return lines;
    }
    lines.add(
        "logon "
            + Count.of(logons.attempts(), "attempt")
            + ", "
            + Count.number(logons.failures())
            + " failed, "
            + Count.number(logons.successes())
            + " succeeded"
            + incomplete);
    if (!logons.accounts().isEmpty()) {
      List<FittedList.Item> accounts =
          logons.accounts().stream()
              .map(account -> new FittedList.Item(Printable.line(account), 1))
              .toList();
      String more = logons.accountsTruncated() ? ", and others" : "";
      lines.add(
          "      as " + FittedList.of(accounts, accounts.size(), width - 3 - more.length()) + more);
    }
    LogonEvent success = logons.firstSuccess();
    if (success != null) {
      lines.add("      first in: " + success(success));
    }
    return lines;
  }

  private String success(LogonEvent success) {
    List<String> words = new ArrayList<>();
    words.add(at(success.timeMicros()));
    add(words, "by ", success.method());
    add(words, "as ", success.account());
    add(words, "on ", success.target() == null ? null : success.target().toString());
    add(words, "host ", success.targetHost());
    return String.join(", ", words);
  }

  private String finding(IdsFinding finding) {
    return Printable.line(finding.name())
        + (finding.count() == 1 ? "" : ", " + Count.number(finding.count()) + " times")
        + ", "
        + at(finding.firstMicros());
  }

  private static String techniques(List<AttackTechnique> techniques) {
    return techniques.stream()
        .map(
            technique ->
                technique.id() + " " + technique.title() + " (" + technique.tacticId() + ")")
        .collect(Collectors.joining(", "));
  }

  private String at(long micros) {
    return DATE_TIME.format(Instant.ofEpochSecond(micros / 1_000_000).atZone(zone));
  }
}
