package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Explanation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Incidents for people, in order of detection, when all are known: one row each for who, what kind
 * and how many, then what was touched, when, and why it is called a scan.
 */
final class AlertTable implements AlertOutput {
  /** How wide a line may be; only a row with a very long address is wider. */
  static final int WIDTH = 116;

  private static final String INDENT = "    ";
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final ReasonText reasons;
  private final ZoneId zone;
  private final boolean withAnswers;
  private final ResultStream out;
  private final Map<String, ScanAlert> latest = new HashMap<>();

  AlertTable(DetectionPolicy policy, ZoneId zone, boolean withAnswers, ResultStream out) {
    reasons = new ReasonText(policy);
    this.zone = zone;
    this.withAnswers = withAnswers;
    this.out = out;
  }

  @Override
  public void alert(ScanAlert alert) {
    latest.put(alert.id(), alert);
  }

  @Override
  public void end() {
    if (latest.isEmpty()) {
      out.text("No scans found.\n");
      return;
    }
    List<ScanAlert> incidents = new ArrayList<>(latest.values());
    incidents.sort(
        Comparator.comparingLong(ScanAlert::detectedAtMicros).thenComparing(ScanAlert::id));
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "DETECTED (" + zone.getId().replace("Z", "UTC") + ")",
          "SOURCE",
          "SCAN",
          "TARGETS",
          "PORTS",
          "SEVERITY",
          "CONFIDENCE",
          ""
        });
    incidents.forEach(incident -> rows.add(row(incident)));
    Columns columns = Columns.of(rows, "lllrrlrl");
    out.text(columns.line(rows.get(0)));
    for (int i = 0; i < incidents.size(); i++) {
      out.text(columns.line(rows.get(i + 1)));
      details(incidents.get(i)).forEach(line -> out.text(INDENT + line + '\n'));
    }
  }

  /** Estimates are of more than the detector counts exactly. */
  private static String number(ScanAlert incident, long count) {
    boolean about = incident.estimated() && count > ScanDetector.EXACT_COUNT;
    return (about ? "~" : "") + Count.number(count);
  }

  private String[] row(ScanAlert incident) {
    List<IpAddress> sources = incident.sources();
    List<String> marks = new ArrayList<>();
    if (incident.muted()) {
      marks.add("muted");
    }
    String authority = incident.authorisedBy();
    if (authority != null) {
      marks.add("authorised by " + Printable.line(authority));
    }
    return new String[] {
      DATE_TIME.format(at(incident.detectedAtMicros())),
      sources.size() == 1 ? sources.get(0).toString() : Count.of(sources.size(), "source"),
      IncidentTally.words(incident.type()),
      number(incident, incident.uniqueTargets()),
      number(incident, incident.uniquePorts()),
      incident.severity().name().toLowerCase(Locale.ROOT),
      incident.confidence() + " %",
      String.join(", ", marks)
    };
  }

  private List<String> details(ScanAlert incident) {
    List<String> lines = new ArrayList<>();
    int width = WIDTH - INDENT.length() - "what  ".length();
    if (incident.sources().size() > 1) {
      List<FittedList.Item> sources =
          incident.sources().stream()
              .map(source -> new FittedList.Item(source.toString(), 1))
              .toList();
      lines.add("who   " + FittedList.of(sources, sources.size(), width));
    }
    lines.add("what  " + TouchedText.line(incident, width));
    lines.add("when  " + when(incident));
    incident.reasons().forEach(reason -> lines.add("why   " + reasons.line(reason)));
    Explanation explanation = incident.explanation();
    if (withAnswers && explanation != null) {
      lines.addAll(new AnswerText(zone, width).lines(explanation));
    }
    return lines;
  }

  private String when(ScanAlert incident) {
    ZonedDateTime detected = at(incident.detectedAtMicros());
    ZonedDateTime first = at(incident.firstSeenMicros());
    ZonedDateTime last = at(incident.lastSeenMicros());
    EndReason end = incident.endReason();
    return moment(first, detected)
        + " to "
        + moment(last, detected)
        + " ("
        + duration((incident.lastSeenMicros() - incident.firstSeenMicros()) / 1_000_000)
        + "), "
        + (end == null ? "open" : words(end))
        + "; "
        + Count.of(incident.connections(), "connection")
        + ", "
        + Count.number(incident.failed())
        + " failed";
  }

  /** The time, with its date where that is not the row's. */
  private static String moment(ZonedDateTime time, ZonedDateTime row) {
    boolean sameDay = time.toLocalDate().equals(row.toLocalDate());
    return (sameDay ? TIME : DATE_TIME).format(time);
  }

  private ZonedDateTime at(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000).atZone(zone);
  }

  private static String words(EndReason end) {
    return switch (end) {
      case IDLE -> "ended, quiet since";
      case MAX_DURATION -> "cut off at the longest time one incident may last";
      case EVICTED -> "given up to stay within memory";
      case END_OF_INPUT -> "still open when the input ended";
    };
  }

  /** {@code 3 s}, {@code 4 min 5 s}, {@code 2 h 3 min}. */
  static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }
}
