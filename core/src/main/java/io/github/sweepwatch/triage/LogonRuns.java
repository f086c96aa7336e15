package io.github.sweepwatch.triage;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.LogonTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The logons of one source. Few are kept one by one; when there are more than {@value #MAX_RUNS},
 * those that are alike and near in time become one counter, step by step more coarsely. What is
 * kept after that depends on what came, not on the order in which it came. A success never becomes
 * one with a failure. Not thread-safe.
 */
final class LogonRuns {
  /** How many counters are kept. */
  static final int MAX_RUNS = 256;

  /** How many accounts and hosts an answer names at most. */
  static final int MAX_NAMED = 16;

  /** One counter with its key, texts apart. */
  private static final long RUN_BYTES = 400;

  private static final long MINUTE = 60_000_000;
  private static final long HOUR = 60 * MINUTE;

  private static final Comparator<@Nullable String> TEXT =
      Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<LogonEvent> ORDER =
      Comparator.comparingLong(LogonEvent::timeMicros)
          .thenComparing(
              LogonEvent::target, Comparator.nullsFirst(Comparator.<IpAddress>naturalOrder()))
          .thenComparing(LogonEvent::targetHost, TEXT)
          .thenComparing(LogonEvent::account, TEXT)
          .thenComparing(LogonEvent::method)
          .thenComparing(LogonEvent::sensor, TEXT);

  /** How much is told apart, from most to least. */
  private enum Grain {
    EACH(1, true, true, true),
    MINUTES(MINUTE, true, true, true),
    MINUTES_BY_TARGET(MINUTE, false, true, true),
    HOURS_BY_TARGET(HOUR, false, true, false),
    HOURS(HOUR, false, false, false);

    private final long span;
    private final boolean accounts;
    private final boolean targets;
    private final boolean methods;

    Grain(long span, boolean accounts, boolean targets, boolean methods) {
      this.span = span;
      this.accounts = accounts;
      this.targets = targets;
      this.methods = methods;
    }

    Key key(LogonEvent event) {
      // Of successes, which are few, the account is told apart as long as the target is.
      boolean account = accounts || (event.success() && targets);
      return new Key(
          event.timeMicros() / span,
          event.success(),
          targets ? event.target() : null,
          targets ? event.targetHost() : null,
          account ? event.account() : null,
          methods ? event.method() : "");
    }
  }

  private static final List<Grain> GRAINS = List.of(Grain.values());

  private record Key(
      long span,
      boolean success,
      @Nullable IpAddress target,
      @Nullable String host,
      @Nullable String account,
      String method) {}

  /** Logons that are one counter. */
  private static final class Run {
    private LogonEvent first;
    private long last;
    private long count;
    private boolean moreAccounts;
    private boolean moreTargets;
    private final Set<String> sensors = new TreeSet<>();

    Run(LogonEvent event) {
      first = event;
      last = event.timeMicros();
      count = 1;
      addSensor(event.sensor());
    }

    void add(LogonEvent event) {
      takeName(event);
      last = Math.max(last, event.timeMicros());
      count++;
      addSensor(event.sensor());
    }

    void add(Run other) {
      takeName(other.first);
      last = Math.max(last, other.last);
      count += other.count;
      moreAccounts |= other.moreAccounts;
      moreTargets |= other.moreTargets;
      other.sensors.forEach(this::addSensor);
    }

    private void takeName(LogonEvent event) {
      moreAccounts |= !Objects.equals(first.account(), event.account());
      moreTargets |=
          !Objects.equals(first.target(), event.target())
              || !Objects.equals(first.targetHost(), event.targetHost());
      first = ORDER.compare(event, first) < 0 ? event : first;
    }

    private void addSensor(@Nullable String sensor) {
      if (sensor != null && sensors.size() < 4) {
        sensors.add(sensor);
      }
    }

    /** How many of them are surely within a time, both ends counted. */
    long within(long from, long to) {
      long firstTime = first.timeMicros();
      if (firstTime >= from && last <= to) {
        return count;
      }
      return (firstTime >= from && firstTime <= to) || (last >= from && last <= to) ? 1 : 0;
    }

    boolean overlaps(long from, long to) {
      return first.timeMicros() <= to && last >= from;
    }
  }

  /** How often an account or a host was tried. */
  private static final class Tally {
    private long attempts;
    private long successes;

    void add(long number, boolean success) {
      attempts += number;
      successes += success ? number : 0;
    }
  }

  private record TargetName(@Nullable IpAddress address, @Nullable String host) {}

  private Map<Key, Run> runs = new HashMap<>();
  private Grain grain = Grain.EACH;
  private long bytes;
  private long forgottenUpTo = Long.MIN_VALUE;

  /** What it takes in memory, about. */
  long bytes() {
    return bytes;
  }

  /** Takes in a logon; returns how many others had to be forgotten for it. */
  long add(LogonEvent event) {
    Key key = grain.key(event);
    Run run = runs.get(key);
    if (run != null) {
      run.add(event);
      return 0;
    }
    runs.put(key, new Run(event));
    bytes += bytes(event);
    while (runs.size() > MAX_RUNS && grain != Grain.HOURS) {
      coarsen();
    }
    return runs.size() > MAX_RUNS ? forgetOldest() : 0;
  }

  private void coarsen() {
    grain = GRAINS.get(GRAINS.indexOf(grain) + 1);
    Map<Key, Run> fewer = new HashMap<>();
    bytes = 0;
    for (Run run : runs.values()) {
      Key key = grain.key(run.first);
      Run same = fewer.get(key);
      if (same == null) {
        fewer.put(key, run);
      } else {
        same.add(run);
      }
    }
    runs = fewer;
    for (Run run : runs.values()) {
      bytes += bytes(run.first);
    }
  }

  private long forgetOldest() {
    Map.Entry<Key, Run> oldest = null;
    for (Map.Entry<Key, Run> entry : runs.entrySet()) {
      if (oldest == null || ORDER.compare(entry.getValue().first, oldest.getValue().first) < 0) {
        oldest = entry;
      }
    }
    Run run = Objects.requireNonNull(oldest).getValue();
    runs.remove(oldest.getKey());
    bytes -= bytes(run.first);
    forgottenUpTo = Math.max(forgottenUpTo, run.last);
    return run.count;
  }

  private static long bytes(LogonEvent event) {
    return RUN_BYTES
        + Texts.bytes(event.account())
        + Texts.bytes(event.targetHost())
        + Texts.bytes(event.sensor());
  }

  /** How many logons there surely are within a time, both ends counted. */
  long attempts(long from, long to) {
    long number = 0;
    for (Run run : runs.values()) {
      number += run.within(from, to);
    }
    return number;
  }

  /** How many successes there surely are within a time, both ends counted. */
  long successes(long from, long to) {
    long number = 0;
    for (Run run : runs.values()) {
      if (run.first.success()) {
        number += run.within(from, to);
      }
    }
    return number;
  }

  /** Adds the sensors that reported logons within a time. */
  void addSensors(long from, long to, Set<String> sensors) {
    for (Run run : runs.values()) {
      if (run.overlaps(from, to)) {
        sensors.addAll(run.sensors);
      }
    }
  }

  /**
   * The logons of some sources within a time, both ends counted.
   *
   * @param some those of each source
   * @param probed the hosts that are known to be scanned
   * @param dropped whether logons of these sources may have been dropped
   */
  static LogonActivity activity(
      List<LogonRuns> some, long from, long to, Set<IpAddress> probed, boolean dropped) {
    Tally all = new Tally();
    Map<String, Tally> accounts = new HashMap<>();
    Map<TargetName, Tally> targets = new HashMap<>();
    LogonEvent firstSuccess = null;
    boolean incomplete = dropped;
    boolean moreAccounts = false;
    boolean moreTargets = false;
    for (LogonRuns runs : some) {
      incomplete |= runs.forgottenUpTo >= from;
      for (Run run : runs.runs.values()) {
        if (!run.overlaps(from, to)) {
          continue;
        }
        long number = run.within(from, to);
        incomplete |= number < run.count;
        LogonEvent first = run.first;
        all.add(number, first.success());
        moreAccounts |= run.moreAccounts;
        moreTargets |= run.moreTargets;
        if (number == 0) {
          continue;
        }
        if (first.account() != null) {
          accounts
              .computeIfAbsent(first.account(), key -> new Tally())
              .add(number, first.success());
        }
        if (first.target() != null || first.targetHost() != null) {
          targets
              .computeIfAbsent(
                  new TargetName(first.target(), first.targetHost()), key -> new Tally())
              .add(number, first.success());
        }
        boolean inside = first.timeMicros() >= from && first.timeMicros() <= to;
        if (first.success()
            && inside
            && (firstSuccess == null || ORDER.compare(first, firstSuccess) < 0)) {
          firstSuccess = first;
        }
      }
    }
    List<LogonTarget> namedTargets = new ArrayList<>();
    targets.forEach(
        (name, tally) ->
            namedTargets.add(
                new LogonTarget(
                    name.address,
                    name.host,
                    name.address != null && probed.contains(name.address),
                    tally.attempts,
                    tally.successes)));
    namedTargets.sort(
        Comparator.comparing(LogonTarget::probed, Comparator.reverseOrder())
            .thenComparing(LogonTarget::successes, Comparator.reverseOrder())
            .thenComparing(LogonTarget::attempts, Comparator.reverseOrder())
            .thenComparing(
                LogonTarget::address, Comparator.nullsFirst(Comparator.<IpAddress>naturalOrder()))
            .thenComparing(LogonTarget::host, TEXT));
    List<Map.Entry<String, Tally>> namedAccounts = new ArrayList<>(accounts.entrySet());
    namedAccounts.sort(
        Comparator.comparing(
                (Map.Entry<String, Tally> entry) -> entry.getValue().successes > 0,
                Comparator.reverseOrder())
            .thenComparing(entry -> entry.getValue().attempts, Comparator.reverseOrder())
            .thenComparing(Map.Entry::getKey));
    return new LogonActivity(
        all.attempts,
        all.successes,
        namedAccounts.stream().limit(MAX_NAMED).map(Map.Entry::getKey).toList(),
        moreAccounts || namedAccounts.size() > MAX_NAMED,
        firstSuccess,
        namedTargets.stream().limit(MAX_NAMED).toList(),
        moreTargets || namedTargets.size() > MAX_NAMED,
        incomplete);
  }
}
