package io.github.sweepwatch.triage;

import io.github.sweepwatch.detect.AlertListener;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.ScanEvidence;
import io.github.sweepwatch.explain.ScanScope;
import io.github.sweepwatch.explain.ScanSource;
import io.github.sweepwatch.explain.ScannedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts answers: who scanned, what for, and whether it got in. It stands between a detector
 * and the listener that is to have the answers, and is told of logons and notices beside it:
 *
 * <pre>{@code
 * Triage triage = Triage.builder().assets(assets).onAlert(siem::send).build();
 * ScanDetector detector = ScanDetector.builder().onAlert(triage).build();
 * detector.observe(connection);
 * triage.logon(logon);
 * }</pre>
 *
 * <p>Logons and notices count for a scan if they have its source and lie between 10 minutes before
 * its first contact and 24 hours after it. They may come before the alert or after it, in any
 * order. A logon that succeeds after the scan's first contact makes the incident critical, and is
 * told at once as an update, even when the incident has ended; further ones are told each time
 * their number has doubled. An authorised source's logons are told but change no severity. After an
 * incident's end, notices of further kinds are told likewise.
 *
 * <p>Alerts are passed on in the order in which they come, numbered anew, so that {@link
 * ScanAlert#seq} stays consecutive with the updates that triage adds.
 *
 * <p>Memory is bounded: see {@link Builder#memoryBudget}. What has to be dropped is counted, and an
 * answer that may be incomplete for that says so. Reads no clock; what is old gives way when there
 * is need for room, not before.
 *
 * <p>Thread-safe, by a lock that is not held while the listener runs. What the listener throws
 * passes through.
 */
public final class Triage implements AlertListener {
  /** How long before the first contact of a scan logons count. */
  public static final Duration DEFAULT_BEFORE = Duration.ofMinutes(10);

  /** How long after the first contact of a scan logons count. */
  public static final Duration DEFAULT_AFTER = Duration.ofHours(24);

  /** The default memory budget for logons and notices, in bytes. */
  public static final long DEFAULT_MEMORY_BUDGET = 16L << 20;

  /** How many incidents are kept in mind unless set otherwise. */
  public static final int DEFAULT_INCIDENTS = 2_048;

  private static final int MAX_SENSORS = 16;
  private static final long HISTORY_BYTES = 400;
  private static final int DROPPED_BITS = 1 << 18;
  private static final int EVICTION_TRIES = 16;

  private final AssetDirectory assets;
  private final AlertListener listener;
  private final long beforeMicros;
  private final long afterMicros;
  private final long memoryBudget;
  private final int maxIncidents;

  private final Object lock = new Object();
  // Under the lock. The eldest come first: of histories, those not used for the longest time.
  private final LinkedHashMap<IpAddress, History> histories = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<String, Case> cases = new LinkedHashMap<>();
  private final Map<IpAddress, List<Case>> casesBySource = new HashMap<>();
  private final BitSet dropped = new BitSet(DROPPED_BITS);
  private long bytes;
  private long droppedLogons;
  private long droppedNotices;
  private long droppedIncidents;

  /** What came of one source. */
  private static final class History {
    private final LogonRuns logons = new LogonRuns();
    private final NoticeRuns notices = new NoticeRuns();
    private long logonCount;
    private long noticeCount;

    long bytes() {
      return HISTORY_BYTES + logons.bytes() + notices.bytes();
    }
  }

  /** One incident. */
  private static final class Case {
    private ScanAlert latest;
    // The earliest that an alert said: alerts may overtake each other.
    private long start;
    private long seq;
    private long toldSuccesses;
    private long toldKinds;

    Case(ScanAlert alert) {
      latest = alert;
    }
  }

  private Triage(Builder builder) {
    assets = builder.assets;
    listener = builder.listener;
    beforeMicros = builder.before.toNanos() / 1_000;
    afterMicros = builder.after.toNanos() / 1_000;
    memoryBudget = builder.memoryBudget;
    maxIncidents = builder.incidents;
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes an alert of the detector, and passes it on with its {@link ScanAlert#explanation}.
   *
   * @param alert the alert
   */
  @Override
  public void alert(ScanAlert alert) {
    ScanAlert answer;
    synchronized (lock) {
      Case one = caseOf(alert);
      answer = answer(one, alert);
    }
    listener.alert(answer);
  }

  /**
   * Takes a logon. If it succeeded after a scan by the same source, the listener is told before
   * this returns.
   *
   * @param event the logon
   */
  public void logon(LogonEvent event) {
    List<ScanAlert> answers = List.of();
    synchronized (lock) {
      History history = history(event.source());
      long before = history.bytes();
      droppedLogons += history.logons.add(Texts.cut(event));
      history.logonCount++;
      bytes += history.bytes() - before;
      makeRoom(event.source());
      List<Case> some = casesBySource.get(event.source());
      if (some != null && event.success()) {
        answers = updates(some, event.timeMicros());
      }
    }
    answers.forEach(listener::alert);
  }

  /**
   * Takes an alert or notice of an intrusion detection system.
   *
   * @param event what it said
   */
  public void notice(NoticeEvent event) {
    List<ScanAlert> answers = List.of();
    synchronized (lock) {
      History history = history(event.source());
      long before = history.bytes();
      droppedNotices += history.notices.add(Texts.cut(event));
      history.noticeCount++;
      bytes += history.bytes() - before;
      makeRoom(event.source());
      List<Case> some = casesBySource.get(event.source());
      if (some != null) {
        answers = updates(some, event.timeMicros());
      }
    }
    answers.forEach(listener::alert);
  }

  /**
   * How many logons had to be dropped or forgotten to stay within memory.
   *
   * @return logons
   */
  public long droppedLogons() {
    synchronized (lock) {
      return droppedLogons;
    }
  }

  /**
   * How many notices had to be dropped or forgotten to stay within memory.
   *
   * @return notices
   */
  public long droppedNotices() {
    synchronized (lock) {
      return droppedNotices;
    }
  }

  /**
   * How many incidents had to be forgotten to stay within memory: logons that come later are not
   * told of them.
   *
   * @return incidents
   */
  public long droppedIncidents() {
    synchronized (lock) {
      return droppedIncidents;
    }
  }

  // ---- all that follows is called under the lock ----

  private History history(IpAddress source) {
    History known = histories.get(source);
    if (known != null) {
      return known;
    }
    History fresh = new History();
    histories.put(source, fresh);
    bytes += HISTORY_BYTES;
    return fresh;
  }

  /** Drops what was not used for the longest time, that of sources without an incident first. */
  private void makeRoom(IpAddress kept) {
    while (bytes > memoryBudget && histories.size() > 1) {
      IpAddress victim = victim(kept);
      History gone = Objects.requireNonNull(histories.remove(victim));
      bytes -= gone.bytes();
      droppedLogons += gone.logonCount;
      droppedNotices += gone.noticeCount;
      dropped.set(bit(victim));
    }
  }

  /** The one that is needed least, among the eldest; there are others than the one to keep. */
  private IpAddress victim(IpAddress kept) {
    IpAddress eldest = kept;
    int tries = 0;
    for (IpAddress source : histories.keySet()) {
      if (source.equals(kept)) {
        continue;
      }
      if (!casesBySource.containsKey(source)) {
        return source;
      }
      eldest = eldest.equals(kept) ? source : eldest;
      if (++tries == EVICTION_TRIES) {
        break;
      }
    }
    return eldest;
  }

  private static int bit(IpAddress source) {
    long mixed = (source.high() * 31 + source.low()) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 46);
  }

  private Case caseOf(ScanAlert alert) {
    Case known = cases.get(alert.id());
    if (known != null) {
      known.start = Math.min(known.start, alert.firstSeenMicros());
      if (alert.seq() > known.latest.seq()) {
        unindex(known);
        known.latest = alert;
        index(known);
      }
      return known;
    }
    while (cases.size() >= maxIncidents) {
      forgetIncident();
    }
    Case fresh = new Case(alert);
    fresh.seq = alert.seq() - 1;
    fresh.start = alert.firstSeenMicros();
    cases.put(alert.id(), fresh);
    index(fresh);
    return fresh;
  }

  /** Forgets the eldest incident, one that has ended if there is one. */
  private void forgetIncident() {
    Case gone = null;
    for (Case each : cases.values()) {
      if (each.latest.state() == ScanAlert.State.ENDED) {
        gone = each;
        break;
      }
    }
    if (gone == null) {
      gone = cases.values().iterator().next();
    }
    unindex(gone);
    cases.remove(gone.latest.id());
    droppedIncidents++;
  }

  private void index(Case one) {
    for (IpAddress source : one.latest.sources()) {
      casesBySource.computeIfAbsent(source, key -> new ArrayList<>(1)).add(one);
    }
  }

  private void unindex(Case one) {
    for (IpAddress source : one.latest.sources()) {
      List<Case> some = casesBySource.get(source);
      if (some != null && some.remove(one) && some.isEmpty()) {
        casesBySource.remove(source);
      }
    }
  }

  /** The updates that something at some time is worth. */
  private List<ScanAlert> updates(List<Case> some, long atMicros) {
    List<ScanAlert> answers = new ArrayList<>(1);
    for (Case one : some) {
      ScanAlert alert = one.latest;
      long from = one.start - beforeMicros;
      long to = one.start + afterMicros;
      if (atMicros < from || atMicros > to) {
        continue;
      }
      boolean gotIn = successes(one, alert) >= Math.max(1, 2 * one.toldSuccesses);
      boolean ended = alert.state() == ScanAlert.State.ENDED;
      if ((gotIn && !alert.authorised())
          || (ended && kinds(alert, from, to) >= Math.max(1, 2 * one.toldKinds))) {
        answers.add(answer(one, alert.toBuilder().state(ScanAlert.State.UPDATED).build()));
      }
    }
    return answers;
  }

  /** How many logons succeeded after the first contact. */
  private long successes(Case one, ScanAlert alert) {
    long number = 0;
    for (History history : historiesOf(alert)) {
      number += history.logons.successes(one.start, one.start + afterMicros);
    }
    return number;
  }

  private long kinds(ScanAlert alert, long from, long to) {
    long number = 0;
    for (History history : historiesOf(alert)) {
      number += history.notices.kinds(from, to);
    }
    return number;
  }

  private List<History> historiesOf(ScanAlert alert) {
    List<History> some = new ArrayList<>(1);
    for (IpAddress source : alert.sources()) {
      History history = histories.get(source);
      if (history != null) {
        some.add(history);
      }
    }
    return some;
  }

  private ScanAlert answer(Case one, ScanAlert alert) {
    long from = one.start - beforeMicros;
    long to = one.start + afterMicros;
    ScanEvidence evidence = alert.evidence();
    Set<IpAddress> probed = new HashSet<>(alert.targets());
    evidence.answered().stream().map(AnsweredProbe::host).forEach(probed::add);
    boolean incomplete = alert.sources().stream().anyMatch(source -> dropped.get(bit(source)));
    List<History> some = historiesOf(alert);
    LogonActivity logons =
        LogonRuns.activity(
            some.stream().map(history -> history.logons).toList(), from, to, probed, incomplete);
    IdsActivity ids =
        NoticeRuns.activity(
            some.stream().map(history -> history.notices).toList(), from, to, incomplete);
    Set<String> sensors = new TreeSet<>(alert.sensors());
    for (History history : some) {
      history.logons.addSensors(from, to, sensors);
      history.notices.addSensors(from, to, sensors);
    }
    long successes = successes(one, alert);
    one.toldSuccesses = successes;
    one.toldKinds = Math.max(one.toldKinds, kinds(alert, from, to));
    boolean gotIn = successes > 0 && !alert.authorised();
    AttackTechnique technique = alert.type().technique(evidence.direction() != Direction.EXTERNAL);
    return alert.toBuilder()
        .seq(++one.seq)
        .severity(gotIn ? Severity.CRITICAL : alert.severity())
        .muted(alert.muted() && !gotIn)
        .sensors(sensors.stream().limit(MAX_SENSORS).toList())
        .explanation(
            new Explanation(
                new ScanSource(
                    evidence.direction(), assets.find(alert.sources().get(0)), evidence.actors()),
                scope(alert, evidence),
                logons,
                ids,
                Techniques.of(technique, alert)))
        .build();
  }

  private static ScanScope scope(ScanAlert alert, ScanEvidence evidence) {
    List<ScannedService> services = new ArrayList<>();
    boolean more = alert.portsTruncated();
    for (PortRange range : alert.ports()) {
      for (ScannedService service : ServiceNames.within(range)) {
        if (services.size() < ScanScope.MAX_SERVICES) {
          services.add(service);
        } else {
          more = true;
        }
      }
    }
    return new ScanScope(
        services,
        more,
        coverage(alert, evidence.network()),
        evidence.answered(),
        evidence.answeredTruncated(),
        ToolHints.of(alert));
  }

  private static @Nullable Coverage coverage(ScanAlert alert, @Nullable AddressBlock network) {
    if (network == null) {
      return null;
    }
    double addresses = Math.pow(2, 128 - network.prefix());
    return new Coverage(
        network, alert.uniqueTargets(), Math.min(1, alert.uniqueTargets() / addresses));
  }

  /** Collects the parts of a triage. Not thread-safe. */
  public static final class Builder {
    private AssetDirectory assets = AssetDirectory.EMPTY;
    private AlertListener listener = alert -> {};
    private Duration before = DEFAULT_BEFORE;
    private Duration after = DEFAULT_AFTER;
    private long memoryBudget = DEFAULT_MEMORY_BUDGET;
    private int incidents = DEFAULT_INCIDENTS;

    private Builder() {}

    /**
     * Sets what is known of hosts and networks beforehand; nothing unless set.
     *
     * @param value the directory
     * @return this
     */
    public Builder assets(AssetDirectory value) {
      assets = Objects.requireNonNull(value, "assets");
      return this;
    }

    /**
     * Sets what takes the answers; nothing does unless set.
     *
     * @param value the listener
     * @return this
     */
    public Builder onAlert(AlertListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Sets from when to when logons and notices count; {@link #DEFAULT_BEFORE} and {@link
     * #DEFAULT_AFTER} unless set.
     *
     * @param beforeStart how long before the first contact
     * @param afterStart how long after it
     * @return this
     * @throws IllegalArgumentException if one is negative, or longer than 366 days
     */
    public Builder window(Duration beforeStart, Duration afterStart) {
      Duration most = Duration.ofDays(366);
      if (beforeStart.isNegative()
          || afterStart.isNegative()
          || beforeStart.compareTo(most) > 0
          || afterStart.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "not within 0 to 366 days: " + beforeStart + " before, " + afterStart + " after");
      }
      before = beforeStart;
      after = afterStart;
      return this;
    }

    /**
     * Sets the memory for logons and notices; {@link #DEFAULT_MEMORY_BUDGET} unless set. Of one
     * source up to 256 logons are kept one by one; more become counters. When there is no room,
     * what came of the source goes that nothing was heard of for the longest time, sources with an
     * incident last.
     *
     * @param size bytes, 64 KiB or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder memoryBudget(long size) {
      if (size < 64 << 10) {
        throw new IllegalArgumentException("memory budget below 64 KiB: " + size);
      }
      memoryBudget = size;
      return this;
    }

    /**
     * Sets how many incidents are kept in mind; {@link #DEFAULT_INCIDENTS} unless set. The eldest
     * that has ended is forgotten first.
     *
     * @param number 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder incidents(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("fewer than one incident: " + number);
      }
      incidents = number;
      return this;
    }

    /**
     * Makes the triage.
     *
     * @return a new triage
     */
    public Triage build() {
      return new Triage(this);
    }
  }
}
