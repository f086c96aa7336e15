package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.RuleReading;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.event.IpAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A report on a source, for people. */
final class ReportText {
  private final StringBuilder text = new StringBuilder();
  private final ZoneId zone;

  ReportText(ZoneId zone) {
    this.zone = zone;
  }

  String write(IpAddress source, long connections, Optional<SourceReport> report) {
    text.append(source).append(": ").append(Count.of(connections, "connection"));
    report.ifPresentOrElse(
        known -> {
          text.append(", the latest ").append(time(known.latestMicros())).append('\n');
          section(known);
          for (SourceReport apart : known.authorised()) {
            text.append("\nauthorised, and not raised: ")
                .append(Printable.line(String.valueOf(apart.authorisedBy())))
                .append('\n');
            section(apart);
          }
        },
        () -> text.append("; nothing is kept of it\n"));
    return text.toString();
  }

  private String time(long micros) {
    Instant moment = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(zone));
  }

  private void section(SourceReport report) {
    if (report.contacts() == 0 && report.rules().isEmpty()) {
      text.append("nothing that no entry of the policy covers\n");
      return;
    }
    text.append("in 24 h: ")
        .append(Count.of(report.contacts(), "distinct pair"))
        .append(" of host and port, ")
        .append(Count.of(report.hosts(), "host"))
        .append(", ")
        .append(Count.of(report.services(), "port"))
        .append(report.relativeError() > 0 ? " (estimates)\n" : "\n");
    if (report.contacts() == 1) {
      text.append("one port of one host is no scan: a flood or brute force at most\n");
    }
    for (String id : report.openIncidents()) {
      text.append("incident ").append(id).append(" is open");
      text.append(report.mutedIncidents().contains(id) ? ", and muted: a repeat\n" : "\n");
    }
    for (RuleReading reading : report.rules()) {
      Reason reason = reading.reason();
      text.append("  ")
          .append(Printable.line(reason.rule()))
          .append(": ")
          .append(Count.number(reason.count()))
          .append(" of ")
          .append(Count.number(reason.threshold()))
          .append(" in ")
          .append(AlertTable.duration(reason.windowSeconds()))
          .append(": ")
          .append(cause(reading))
          .append('\n');
    }
  }

  private static String cause(RuleReading reading) {
    String has = Count.number(reading.has());
    String needs = Count.number(reading.needs());
    return switch (reading.cause()) {
      case BELOW_THRESHOLD -> "below the limit";
      case KNOWN_HOSTS ->
          "too few strangers, " + has + ": the other hosts have answered the source before";
      case HOSTS_HEARD_OF ->
          "only " + has + " dark: the others have answered somebody, or are not inside";
      case FEW_HOSTS -> has + " of " + needs + " hosts";
      case FEW_SERVICES -> has + " of " + needs + " ports";
      case FEW_PRIVILEGED_PORTS -> has + " of " + needs + " ports below 1024";
      case ONE_HOST -> "one host has " + has + " of the pairs, more than half";
      case INCIDENT_OPEN -> "an open incident has it";
      case NOTHING -> "speaks";
    };
  }
}
