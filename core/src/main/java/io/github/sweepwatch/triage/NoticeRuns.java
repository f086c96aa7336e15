package io.github.sweepwatch.triage;

import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.IdsFinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said of one source: a counter for each kind and hour, at most {@value #MAX_RUNS}; what
 * comes when they are used up is forgotten. Not thread-safe.
 */
final class NoticeRuns {
  /** How many counters are kept. */
  static final int MAX_RUNS = 64;

  /** How many findings an answer holds at most. */
  static final int MAX_FINDINGS = 16;

  private static final long RUN_BYTES = 200;
  private static final long HOUR = 3_600_000_000L;

  private record Key(String name, long hour) {}

  /** The same said of the source several times. */
  private static final class Run {
    private NoticeEvent first;
    private long last;
    private long count = 1;

    Run(NoticeEvent event) {
      first = event;
      last = event.timeMicros();
    }

    void add(NoticeEvent event) {
      first = event.timeMicros() < first.timeMicros() ? event : first;
      last = Math.max(last, event.timeMicros());
      count++;
    }

    boolean overlaps(long from, long to) {
      return first.timeMicros() <= to && last >= from;
    }
  }

  private final Map<Key, Run> runs = new HashMap<>();
  private long bytes;
  private boolean forgot;

  /** What it takes in memory, about. */
  long bytes() {
    return bytes;
  }

  /** Takes in a notice; returns how many are forgotten. */
  long add(NoticeEvent event) {
    Key key = new Key(event.name(), event.timeMicros() / HOUR);
    Run run = runs.get(key);
    if (run != null) {
      run.add(event);
    } else if (runs.size() < MAX_RUNS) {
      runs.put(key, new Run(event));
      bytes +=
          RUN_BYTES
              + Texts.bytes(event.name())
              + Texts.bytes(event.category())
              + Texts.bytes(event.sensor());
    } else {
      forgot = true;
      return 1;
    }
    return 0;
  }

  /** How many kinds were said within a time, both ends counted. */
  long kinds(long from, long to) {
    Set<String> names = new HashSet<>();
    for (Run run : runs.values()) {
      if (run.overlaps(from, to)) {
        names.add(run.first.name());
      }
    }
    return names.size();
  }

  /** How often something was said within a time; at its edges, to the hour. */
  long count(long from, long to) {
    long number = 0;
    for (Run run : runs.values()) {
      number += run.overlaps(from, to) ? run.count : 0;
    }
    return number;
  }

  /** Adds the sensors that said something within a time. */
  void addSensors(long from, long to, Set<String> sensors) {
    for (Run run : runs.values()) {
      String sensor = run.first.sensor();
      if (sensor != null && run.overlaps(from, to)) {
        sensors.add(sensor);
      }
    }
  }

  /** What was said of some sources within a time; at its edges, to the hour. */
  static IdsActivity activity(List<NoticeRuns> some, long from, long to, boolean dropped) {
    boolean incomplete = dropped;
    Map<String, IdsFinding> findings = new HashMap<>();
    for (NoticeRuns runs : some) {
      incomplete |= runs.forgot;
      for (Run run : runs.runs.values()) {
        if (run.overlaps(from, to)) {
          NoticeEvent first = run.first;
          findings.merge(
              first.name(),
              new IdsFinding(
                  first.name(),
                  first.category(),
                  first.priority(),
                  run.count,
                  first.timeMicros(),
                  run.last,
                  first.target(),
                  first.sensor()),
              NoticeRuns::joined);
        }
      }
    }
    List<IdsFinding> sorted = new ArrayList<>(findings.values());
    sorted.sort(
        Comparator.comparingInt(NoticeRuns::rank)
            .thenComparingLong(IdsFinding::firstMicros)
            .thenComparing(IdsFinding::name));
    return new IdsActivity(
        sorted.stream().limit(MAX_FINDINGS).toList(), incomplete || sorted.size() > MAX_FINDINGS);
  }

  private static IdsFinding joined(IdsFinding one, IdsFinding other) {
    IdsFinding first = one.firstMicros() <= other.firstMicros() ? one : other;
    return new IdsFinding(
        first.name(),
        first.category(),
        first.priority(),
        one.count() + other.count(),
        first.firstMicros(),
        Math.max(one.lastMicros(), other.lastMicros()),
        first.target(),
        first.sensor());
  }

  private static int rank(IdsFinding finding) {
    return finding.priority() == 0 ? Integer.MAX_VALUE : finding.priority();
  }
}
