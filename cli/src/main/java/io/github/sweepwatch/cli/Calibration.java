package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What the rules of a policy count on a network: a detector whose limits nobody reaches is asked
 * after each event what it holds against them. Memory is bounded: beyond {@link #MAX_SOURCES} the
 * one not seen for longest is set down as it is, and is a new one if it returns.
 */
final class Calibration {
  /** How many sources are followed at a time. */
  static final int MAX_SOURCES = 100_000;

  /** How many days of sources that came near a limit are kept one by one. */
  static final int MAX_NEAR = 100_000;

  private static final long HOUR_MICROS = Duration.ofHours(1).toMillis() * 1_000;
  private static final long MAX_HOUR = Integer.MAX_VALUE / 2;
  private static final int HOURS_A_DAY = 24;

  /** Limits that no source reaches; which of them a count has tells the source's side. */
  private static final int UNREACHED_INSIDE = 2_000_000_000;

  private static final int UNREACHED_OUTSIDE = UNREACHED_INSIDE + 1;

  private static final int HIGHEST = 1_000_000_000;

  /** A source's day on which a rule's count was at least half of the threshold. */
  private static final class Near {
    private final double closeness;
    private final boolean internal;
    private final int[] counts;

    Near(double closeness, boolean internal, int[] counts) {
      this.closeness = closeness;
      this.internal = internal;
      this.counts = counts;
    }

    double closeness() {
      return closeness;
    }
  }

  private final DetectionPolicy policy;
  private final List<CountRule> rules;
  private final ScanDetector detector;
  private final LinkedHashMap<IpAddress, SourceMaxima> sources =
      new LinkedHashMap<>(16, 0.75f, true);
  private final List<RuleFigures> outside = new ArrayList<>();
  private final List<RuleFigures> inside = new ArrayList<>();
  private final PriorityQueue<Near> near =
      new PriorityQueue<>(Comparator.comparingDouble(Near::closeness));

  /** The greatest counts of the days that found no room, outside and inside. */
  private final int[][] floors;

  private final BitSet hours = new BitSet();
  private final int maxSources;
  private final int maxNear;
  private long seen;
  private long setDown;
  private long nearDropped;

  Calibration(DetectionPolicy policy, LocalNetworks local) {
    this(policy, local, MAX_SOURCES, MAX_NEAR);
  }

  Calibration(DetectionPolicy policy, LocalNetworks local, int maxSources, int maxNear) {
    this.policy = policy;
    this.maxSources = maxSources;
    this.maxNear = maxNear;
    rules = policy.rules();
    floors = new int[2][rules.size()];
    List<CountRule> unreached = new ArrayList<>();
    for (CountRule rule : rules) {
      outside.add(new RuleFigures(rule.threshold(false)));
      inside.add(new RuleFigures(rule.threshold(true)));
      unreached.add(limited(rule, UNREACHED_OUTSIDE, UNREACHED_INSIDE));
    }
    detector =
        ScanDetector.builder()
            .policy(policy.toBuilder().rules(unreached).jointRules(List.of()).build())
            .localNetworks(local)
            .memoryBudget(DetectCommand.memoryBudget())
            .secretKey(DetectCommand.FIXED_KEY, DetectCommand.FIXED_KEY)
            .build();
  }

  private static CountRule limited(CountRule rule, int external, int internal) {
    return rule.limit(external, internal, Duration.ofSeconds(rule.windowSeconds()));
  }

  /** Takes an event. */
  void observe(ConnectionEvent event) {
    long hour = Math.min(MAX_HOUR, Math.max(0, event.timeMicros()) / HOUR_MICROS);
    hours.set((int) hour);
    long day = hour / HOURS_A_DAY;
    IpAddress source = event.source();
    SourceMaxima maxima = sources.get(source);
    if (maxima == null) {
      makeRoom();
      maxima = new SourceMaxima(rules.size(), day);
      sources.put(source, maxima);
      seen++;
    } else if (day > maxima.day) {
      endDay(maxima);
      maxima.day = day;
    }
    detector.observe(event);
    List<Reason> counts = detector.counts(event);
    for (int i = 0; i < counts.size(); i++) {
      maxima.internal = counts.get(i).threshold() == UNREACHED_INSIDE;
      maxima.raise(i, counts.get(i).count());
    }
  }

  private void makeRoom() {
    if (sources.size() >= maxSources) {
      Map.Entry<IpAddress, SourceMaxima> eldest = sources.entrySet().iterator().next();
      sources.remove(eldest.getKey());
      end(eldest.getValue());
      setDown++;
    }
  }

  /** Sets down all sources; nothing is observed afterwards. */
  void finish() {
    sources.values().forEach(this::end);
    sources.clear();
  }

  private void end(SourceMaxima maxima) {
    endDay(maxima);
    for (int i = 0; i < rules.size(); i++) {
      figures(maxima.internal).get(i).addSource(maxima.overall[i]);
    }
  }

  private void endDay(SourceMaxima maxima) {
    double closeness = 0;
    for (int i = 0; i < rules.size(); i++) {
      figures(maxima.internal).get(i).addDay(maxima.today[i]);
      closeness =
          Math.max(closeness, (double) maxima.today[i] / rules.get(i).threshold(maxima.internal));
    }
    // The suggestion is never below half of the threshold: what is less close reaches none.
    if (closeness >= 0.5) {
      near.add(new Near(closeness, maxima.internal, maxima.today));
      if (near.size() > maxNear) {
        raiseFloor(near.remove());
        nearDropped++;
      }
    }
    maxima.today = new int[rules.size()];
  }

  private void raiseFloor(Near dropped) {
    raise(floors[dropped.internal ? 1 : 0], dropped.counts);
  }

  private static void raise(int[] floor, int[] counts) {
    for (int i = 0; i < floor.length; i++) {
      floor[i] = Math.max(floor[i], counts[i]);
    }
  }

  /** How the rules' counts are spread on a side, in the order of the rules. */
  List<RuleFigures> figures(boolean internal) {
    return internal ? inside : outside;
  }

  /** For how many days there are events, by the hours that have some; 1 at least. */
  double days() {
    return Math.max(1, (double) hours.cardinality() / HOURS_A_DAY);
  }

  long seen() {
    return seen;
  }

  /** How many sources were set down before the end. */
  long setDown() {
    return setDown;
  }

  /** How many days of sources near a limit are in the suggestion by their greatest counts only. */
  long nearDropped() {
    return nearDropped;
  }

  /** The least thresholds that no more sources a day would have reached, over all rules. */
  Suggestion suggest(double alertsADay) {
    int allowed = (int) Math.min(Integer.MAX_VALUE, Math.floor(alertsADay * days()));
    List<Near> closest = new ArrayList<>(near);
    closest.sort(Comparator.comparingDouble(Near::closeness).reversed());
    int[][] counts = {floors[0].clone(), floors[1].clone()};
    closest.stream()
        .skip(allowed)
        .forEach(each -> raise(counts[each.internal ? 1 : 0], each.counts));
    List<CountRule> suggested = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      CountRule rule = rules.get(i);
      suggested.add(
          limited(
              rule,
              bounded(counts[0][i], rule.externalThreshold()),
              bounded(counts[1][i], rule.internalThreshold())));
    }
    long reached = reached(suggested);
    DetectionPolicy changed =
        policy.toBuilder().name(policy.name() + "-calibrated").rules(suggested).build();
    return new Suggestion(changed, reached(rules), reached, reached <= allowed);
  }

  private static int bounded(int count, int present) {
    long least = (present + 1L) / 2;
    long most = Math.max(present, Math.min(HIGHEST, 10L * present));
    return (int) Math.max(least, Math.min(most, count + 1L));
  }

  private long reached(List<CountRule> limits) {
    long reached = near.stream().filter(each -> reaches(each, limits)).count();
    // Days without room of their own are taken for days that reach, if any of them does.
    boolean floorReaches =
        reaches(new Near(0, false, floors[0]), limits)
            || reaches(new Near(0, true, floors[1]), limits);
    return reached + (floorReaches ? nearDropped : 0);
  }

  private static boolean reaches(Near day, List<CountRule> limits) {
    for (int i = 0; i < limits.size(); i++) {
      if (day.counts[i] >= limits.get(i).threshold(day.internal)) {
        return true;
      }
    }
    return false;
  }
}
