package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many incidents of which type there were; and what the detector could not do. */
final class IncidentTally {
  private final Map<ScanType, Long> byType = new EnumMap<>(ScanType.class);
  private long incidents;
  private long muted;
  private long authorised;

  /** Counts an incident once, when it ends: its type may change until then. */
  void add(ScanAlert alert) {
    if (alert.state() != ScanAlert.State.ENDED) {
      return;
    }
    incidents++;
    byType.merge(alert.type(), 1L, Long::sum);
    if (alert.muted()) {
      muted++;
    }
    if (alert.authorised()) {
      authorised++;
    }
  }

  /** The words for a type. */
  static String words(ScanType type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Lines for people: the incidents, and what was left out. */
  List<String> lines(DetectorStats stats) {
    List<String> lines = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    byType.forEach((type, count) -> parts.add(Count.number(count) + " " + words(type)));
    if (muted > 0) {
      parts.add(Count.number(muted) + " of them muted");
    }
    if (authorised > 0) {
      parts.add(Count.number(authorised) + " of them authorised");
    }
    String total = incidents == 0 ? "No scans found" : "Found " + Count.of(incidents, "scan");
    lines.add(total + (parts.isEmpty() ? "." : ": " + String.join(", ", parts) + "."));
    addWhere(lines, stats.lateEvents(), "came too late to be counted");
    addWhere(lines, stats.futureEvents(), "with a time that no other source bears out");
    addWhere(lines, stats.ignoredEvents(), "passed over: initiator unknown, or no single host");
    addWhere(lines, stats.refusedEvents(), "of new sources that found no room");
    if (stats.evictedSources() > 0) {
      lines.add(
          Count.of(stats.evictedSources(), "source") + " forgotten early to stay within memory.");
    }
    if (stats.degraded()) {
      lines.add("Memory was short: slow scans may have been missed.");
    }
    return lines;
  }

  private static void addWhere(List<String> lines, long events, String what) {
    if (events > 0) {
      lines.add(Count.of(events, "connection") + " " + what + ".");
    }
  }
}
