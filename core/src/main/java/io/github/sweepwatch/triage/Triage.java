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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * detector.finish();
 * triage.finish();
 * }</pre>
 *
 * <p>Logons and notices count for a scan if they have its source and lie between 10 minutes before
 * its first contact and 24 hours after it. They may come before the alert or after it, in any
 * order. A logon that succeeds after the scan's first contact makes the incident critical, and is
 * told at once as an update, even when the incident has ended; further ones are told each time
 * their number has doubled. An authorised source's logons are told but change no severity. After an
 * incident's end, notices of further kinds are told likewise. What else has become known is told by
 * {@link #finish}. Of a source that changes its address within a {@link ScanAlert#sourceNetwork},
 * the logons of all addresses in it count.
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
  private static final int DROPPED_BITS = 18;
  private static final int EVICTION_TRIES = 16;

  private final AssetDirectory assets;
  private final AlertListener listener;
  private final long beforeMicros;
  private final long afterMicros;
  private final long memoryBudget;
  private final int maxIncidents;

  private final Object lock = new Object();
  // Under the lock. The logons of most sources, made with the first; those of sources that scan,
  // guess passwords or are accused are in histories, those not used for the longest time first.
  private @Nullable RecentLogons recent;
  private final LinkedHashMap<IpAddress, History> histories = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<String, Case> cases = new LinkedHashMap<>();
  private final Map<IpAddress, List<Case>> casesBySource = new HashMap<>();
  private final Map<AddressBlock, List<Case>> casesByNetwork = new HashMap<>();
  // The lengths of the networks that there ever were in it.
  private final BitSet prefixes = new BitSet();
  private final BitSet dropped = new BitSet(1 << DROPPED_BITS);
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
    private long toldEvents;

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
    LogonEvent kept = Texts.cut(event);
    synchronized (lock) {
      Collection<Case> some = casesOf(event.source());
      if (some.isEmpty() && !histories.containsKey(event.source())) {
        addRecent(kept);
      } else {
        add(kept);
        makeRoom(event.source());
        if (event.success()) {
          answers = updates(some, event.timeMicros());
        }
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
      answers = updates(casesOf(event.source()), event.timeMicros());
    }
    answers.forEach(listener::alert);
  }

  /**
   * Tells once more of each incident of which logons or notices have become known since it was told
   * of last: failures that came after its end, and successes since their number doubled. To be
   * called when the input ends, after the detector's {@code finish}; other times do no harm.
   */
  public void finish() {
    List<ScanAlert> answers = new ArrayList<>();
    synchronized (lock) {
      for (Case one : cases.values()) {
        if (events(one) != one.toldEvents) {
          answers.add(updated(one));
        }
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

  /** Adds a logon of a source of which nothing else is known. */
  private void addRecent(LogonEvent event) {
    RecentLogons logons = recent;
    if (logons == null) {
      logons = new RecentLogons(memoryBudget);
      recent = logons;
    }
    if (logons.isFull()) {
      dropRecent(logons);
    }
    int hash = RecentLogons.hash(event.source());
    if (logons.add(event, hash)) {
      logons.takeBucket(hash).forEach(this::add);
    }
    if (bytes + logons.bytes() > memoryBudget) {
      makeRoom(event.source());
    }
  }

  private void dropRecent(RecentLogons logons) {
    long hash = logons.dropOldest();
    if (hash >= 0) {
      dropped.set(bit((int) hash));
      droppedLogons++;
    }
  }

  /** Adds a logon to what is known of its source. */
  private void add(LogonEvent event) {
    History history = history(event.source());
    long before = history.bytes();
    long forgotten = history.logons.add(event);
    droppedLogons += forgotten;
    history.logonCount += 1 - forgotten;
    bytes += history.bytes() - before;
  }

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

  /**
   * Drops the eldest of the recent logons while they take more than half, else what was not used
   * for the longest time, that of sources without an incident first.
   */
  private void makeRoom(IpAddress kept) {
    RecentLogons logons = recent;
    long recentBytes = logons == null ? 0 : logons.bytes();
    while (bytes + recentBytes > memoryBudget) {
      if (logons != null && (recentBytes > memoryBudget / 2 || histories.size() <= 1)) {
        if (logons.isEmpty()) {
          return;
        }
        dropRecent(logons);
        recentBytes = logons.bytes();
      } else if (histories.size() > 1) {
        dropHistory(victim(kept));
      } else {
        return;
      }
    }
  }

  private void dropHistory(IpAddress victim) {
    History gone = Objects.requireNonNull(histories.remove(victim));
    bytes -= gone.bytes();
    droppedLogons += gone.logonCount;
    droppedNotices += gone.noticeCount;
    dropped.set(bit(RecentLogons.hash(victim)));
  }

  /** The one that is needed least, among the eldest; there are others than the one to keep. */
  private IpAddress victim(IpAddress kept) {
    IpAddress eldest = kept;
    int tries = 0;
    for (IpAddress source : histories.keySet()) {
      if (source.equals(kept)) {
        continue;
      }
      if (casesOf(source).isEmpty()) {
        return source;
      }
      eldest = eldest.equals(kept) ? source : eldest;
      if (++tries == EVICTION_TRIES) {
        break;
      }
    }
    return eldest;
  }

  private static int bit(int hash) {
    return hash >>> (Integer.SIZE - DROPPED_BITS);
  }

  /** The incidents that what comes of a source belongs to. */
  private Collection<Case> casesOf(IpAddress source) {
    List<Case> own = casesBySource.isEmpty() ? null : casesBySource.get(source);
    if (casesByNetwork.isEmpty()) {
      return own == null ? List.of() : own;
    }
    Set<Case> all = new LinkedHashSet<>(own == null ? List.of() : own);
    for (int prefix = prefixes.nextSetBit(0);
        prefix >= 0;
        prefix = prefixes.nextSetBit(prefix + 1)) {
      all.addAll(casesByNetwork.getOrDefault(new AddressBlock(source, prefix), List.of()));
    }
    return all;
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
    AddressBlock network = one.latest.sourceNetwork();
    if (network != null) {
      index(casesByNetwork, network, one);
      prefixes.set(network.prefix());
      if (recent != null) {
        recent.take(network).forEach(this::add);
      }
      return;
    }
    for (IpAddress source : one.latest.sources()) {
      index(casesBySource, source, one);
      if (recent != null) {
        recent.take(source).forEach(this::add);
      }
    }
  }

  private static <K> void index(Map<K, List<Case>> cases, K key, Case one) {
    cases.computeIfAbsent(key, any -> new ArrayList<>(1)).add(one);
  }

  private void unindex(Case one) {
    AddressBlock network = one.latest.sourceNetwork();
    if (network != null) {
      unindex(casesByNetwork, network, one);
      return;
    }
    one.latest.sources().forEach(source -> unindex(casesBySource, source, one));
  }

  private static <K> void unindex(Map<K, List<Case>> cases, K key, Case one) {
    List<Case> some = cases.get(key);
    if (some != null && some.remove(one) && some.isEmpty()) {
      cases.remove(key);
    }
  }

  /** The updates that something at some time is worth. */
  private List<ScanAlert> updates(Collection<Case> some, long atMicros) {
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
        answers.add(updated(one));
      }
    }
    return answers;
  }

  private ScanAlert updated(Case one) {
    return answer(one, one.latest.toBuilder().state(ScanAlert.State.UPDATED).build());
  }

  /** How many logons and notices count for an incident. */
  private long events(Case one) {
    long from = one.start - beforeMicros;
    long to = one.start + afterMicros;
    long number = 0;
    for (History history : historiesOf(one.latest)) {
      number += history.logons.attempts(from, to) + history.notices.count(from, to);
    }
    return number;
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
    AddressBlock network = alert.sourceNetwork();
    if (network != null) {
      histories.forEach(
          (source, history) -> {
            if (network.contains(source.high(), source.low())) {
              some.add(history);
            }
          });
      return some;
    }
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
    boolean incomplete =
        alert.sourceNetwork() == null
            ? alert.sources().stream().anyMatch(each -> dropped.get(bit(RecentLogons.hash(each))))
            : !dropped.isEmpty();
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
    one.toldEvents = events(one);
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
