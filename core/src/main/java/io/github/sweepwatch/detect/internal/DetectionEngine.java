package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.Dimension;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.RuleReading;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.SnapshotException;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events into the {@link ContactTable} and lets the policy's rules speak. Thread-safe and
 * lock-free; alerts are handed over by the thread whose event caused them, outside all retry loops.
 *
 * <p>The way of an event: its source's slot is found, or the source let in; the contact is noted;
 * the bookkeeping word follows; open incidents take the event in; and if the slack is used up, the
 * source's contacts are counted again and rules may speak.
 */
public final class DetectionEngine {
  private static final long MICROS = 1_000_000;
  private static final long TICK_MICROS = Tick.SECONDS * MICROS;
  private static final long HORIZON_MICROS = CountRule.MAX_WINDOW.toSeconds() * MICROS;

  /** The slot has gone to another source. */
  private static final int CHANGED = -3;

  /** The event lies further back than the source's contacts are kept. */
  private static final int LATE = -1;

  /** There is no room for the source. */
  private static final int REFUSED = -2;

  /** The source has sketches: they take its contacts. */
  private static final int DENSE = -4;

  /** How far a sweep of contacts may look ahead, so that no age wraps. */
  private static final long SWEEP_STEP = 6_000;

  /** How many slots are looked at to find one to evict. */
  private static final int EVICTION_SLOTS = 256;

  /** How often so many are looked at before contacts are refused. */
  private static final int EVICTION_ROUNDS = 4;

  /** How often room is made, or a candidate passed over, before a request is refused. */
  private static final int EVICTION_TRIES = 16;

  /**
   * What answers is learnt of again each time that ticks pass a multiple of two to this: 34 min.
   */
  private static final int RELEARNT_BITS = 10;

  /** No source's key. */
  private static final long NOBODY = 0;

  private static final VarHandle SWEEP_DUE;
  private static final VarHandle LATEST;
  private static final VarHandle DEADLINE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SWEEP_DUE = lookup.findVarHandle(DetectionEngine.class, "sweepDue", long.class);
      LATEST = lookup.findVarHandle(DetectionEngine.class, "latestMicros", long.class);
      DEADLINE = lookup.findVarHandle(DetectionEngine.class, "deadline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final DetectionPolicy policy;
  private final LocalNetworks localNetworks;
  private final long memoryBudget;
  private final InsideNetworks insideNetworks;
  private final Consumer<ScanAlert> alerts;
  private final AddressHash hash;
  private final RuleBook rules;
  private final Allowances allowances;
  private final DensePlan densePlan;
  private final long denseBytes;
  private final long allowedLatenessMicros;
  private final long idleMicros;
  private final long maxDurationMicros;
  private final long muteMicros;

  private final ContactTable table;
  private final SightingFilter filter;
  private final ByteBudget objects;
  private final ByteBudget sketches;
  private final ByteBudget evidence;
  private final Watermark watermark = new Watermark(HORIZON_MICROS);
  private final WorkingMemory workingMemory;
  // Both in the order of coming, with some that have left; see dossier() and endIdle().
  private final ConcurrentLinkedQueue<Dossier> dossiers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Incident> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger endedInQueue = new AtomicInteger();
  // Incidents of sources that share out a scan, or of a network.
  private final AtomicInteger openOfSeveral = new AtomicInteger();
  private final ConcurrentLinkedQueue<Profile> denseProfiles = new ConcurrentLinkedQueue<>();

  private final NetworkContext context;
  private final Decoys decoys;
  private final JointScans joint;
  private final SourceNetworks networks;
  private final IncidentTerms incidentTerms;

  private final LongAdder events = new LongAdder();
  private final LongAdder lateEvents = new LongAdder();
  private final LongAdder futureEvents = new LongAdder();
  private final LongAdder ignoredEvents = new LongAdder();
  private final LongAdder refusedEvents = new LongAdder();
  private final LongAdder incidentsOpened = new LongAdder();
  private final LongAdder incidentsEnded = new LongAdder();
  private final LongAdder evictedSources = new LongAdder();
  private final LongAdder reducedSources = new LongAdder();

  // Written about once a tick each.
  private volatile long sweepDue = Long.MIN_VALUE;
  private volatile long latestMicros;
  private volatile long deadline = Long.MAX_VALUE;
  private final AtomicInteger evictionHand = new AtomicInteger();
  // Of the thread that sweeps.
  private volatile int expiryHand;

  /**
   * An engine without any past.
   *
   * @param policy the rules and times
   * @param localNetworks what is inside where events do not say
   * @param memoryBudget bytes for what grows with traffic
   * @param keyHigh upper half of the key that addresses are hashed with
   * @param keyLow its lower half
   * @param alerts takes the alerts
   */
  public DetectionEngine(
      DetectionPolicy policy,
      LocalNetworks localNetworks,
      long memoryBudget,
      long keyHigh,
      long keyLow,
      Consumer<ScanAlert> alerts) {
    this.policy = policy;
    this.localNetworks = localNetworks;
    this.memoryBudget = memoryBudget;
    insideNetworks = new InsideNetworks(localNetworks);
    this.alerts = alerts;
    hash = new AddressHash(keyHigh, keyLow);
    rules = new RuleBook(policy);
    allowances = new Allowances(policy);
    allowedLatenessMicros = micros(policy.allowedLateness());
    idleMicros = micros(policy.idleTime());
    maxDurationMicros = micros(policy.maxDuration());
    muteMicros = micros(policy.muteTime());
    table = new ContactTable(memoryBudget / 2);
    filter = new SightingFilter(memoryBudget / 64 * 7);
    context = new NetworkContext(memoryBudget / 64);
    objects = new ByteBudget(memoryBudget / 8 * 3);
    sketches = objects.share(objects.limit() / 8 * 3, this::makeSketchRoom);
    evidence = objects.share(objects.limit() / 8 * 3, this::makeEvidenceRoom);
    densePlan = new DensePlan(rules);
    denseBytes = DenseProfile.bytes(densePlan);
    workingMemory = new WorkingMemory(rules, context.services());
    decoys = new Decoys(micros(policy.decoyTime()));
    joint = new JointScans(policy, objects);
    networks = new SourceNetworks(policy.ipv6Prefix(), hash);
    incidentTerms = IncidentTerms.of(policy);
  }

  /**
   * Takes an event.
   *
   * @param event the event
   */
  public void observe(ConnectionEvent event) {
    observe(event, hash.of(event.sourceHigh(), event.sourceLow()));
  }

  /**
   * Takes events in order. What they will read is touched beforehand, so that the waits for memory
   * overlap.
   *
   * @param batch the events
   */
  public void observe(List<ConnectionEvent> batch) {
    long[] keys = workingMemory.takeKeys();
    for (int from = 0; from < batch.size(); from += WorkingMemory.KEYS) {
      int number = Math.min(WorkingMemory.KEYS, batch.size() - from);
      long touched = 0;
      for (int i = 0; i < number; i++) {
        ConnectionEvent event = batch.get(from + i);
        keys[i] = hash.of(event.sourceHigh(), event.sourceLow());
        touched += table.touchKeys(keys[i]);
      }
      for (int i = 0; i < number; i++) {
        int slot = table.find(keys[i]);
        touched += slot == ContactTable.NONE ? 0 : table.touchRow(slot);
      }
      // Kept, or the compiler might leave out the reading.
      keys[WorkingMemory.KEYS] = touched;
      for (int i = 0; i < number; i++) {
        observe(batch.get(from + i), keys[i]);
      }
    }
    workingMemory.giveBackKeys(keys);
  }

  private void observe(ConnectionEvent event, long key) {
    events.increment();
    long time = event.timeMicros();
    long mark = watermark.micros();
    if (time < mark && Long.compareUnsigned(mark - time, allowedLatenessMicros) > 0) {
      lateEvents.increment();
      return;
    }
    boolean future = watermark.isBeyond(time);
    watermark.hear(key, time);
    if (future) {
      futureEvents.increment();
    } else if (policy.everyEvent() || (isPointToPoint(event) && !ContactKey.isFlood(event))) {
      noteLatest(time);
      int entry = allowances.find(event);
      int taken = count(event, entry == Allowances.NONE ? key : hash.apart(key, entry));
      if (taken == LATE) {
        lateEvents.increment();
      } else if (taken == REFUSED) {
        refusedEvents.increment();
      }
    } else {
      ignoredEvents.increment();
    }
    sweep();
  }

  private void noteLatest(long time) {
    long before = latestMicros;
    // Unsigned: the distance of two longs may not fit a long.
    while (time > before
        && Long.compareUnsigned(time - before, TICK_MICROS) >= 0
        && !LATEST.compareAndSet(this, before, time)) {
      before = latestMicros;
    }
  }

  /**
   * Moves time forward without an event.
   *
   * @param timeMicros a time that the caller vouches for
   */
  public void advanceTo(long timeMicros) {
    watermark.advanceTo(timeMicros);
    sweep();
  }

  /** Ends all open incidents. */
  public void finish() {
    for (Incident incident : open) {
      if (incident.isOpen()) {
        end(incident, EndReason.END_OF_INPUT, Math.max(latestMicros, incident.lastSeen()));
      }
    }
  }

  // ---- one event ----

  /** Counts an event for a source, or for its network; {@link #LATE}, {@link #REFUSED} or 0. */
  private int count(ConnectionEvent event, long key) {
    long tick = Tick.of(event.timeMicros());
    int host = hash.hostCode(event.destinationHigh(), event.destinationLow());
    int service = Service.of(event);
    int outcome = ContactKey.outcome(event);
    boolean internal = isInternal(event);
    boolean inside = outcome != ContactKey.UNKNOWN && isInside(event);
    if (internal
        && outcome == ContactKey.FAILED
        && context.explains(event, key, host, service, !inside, credible(tick))) {
      outcome = ContactKey.UNKNOWN;
    }
    long contact = ContactKey.of(host, service, outcome);
    while (true) {
      int slot = table.find(key);
      if (slot == ContactTable.NONE) {
        slot = letIn(key, tick);
        if (slot == ContactTable.NONE) {
          return REFUSED;
        }
        if (internal) {
          context.services().learn(hash.hostCode(event.sourceHigh(), event.sourceLow()));
        }
      }
      int taken = record(slot, key, event, contact, tick, internal, inside);
      if (taken != CHANGED) {
        return taken;
      }
    }
  }

  /** Takes an event into its source's slot; {@link #CHANGED} if that has gone to another source. */
  private int record(
      int slot,
      long key,
      ConnectionEvent event,
      long contact,
      long tick,
      boolean internal,
      boolean inside) {
    long meta = table.meta(slot);
    if (table.key(slot) != key) {
      return CHANGED;
    }
    long latest = Math.max(Meta.tick(meta), tick);
    if (latest - tick >= Tick.HORIZON) {
      return LATE;
    }
    if (latest / ContactTable.SWEEP_TICKS != Meta.tick(meta) / ContactTable.SWEEP_TICKS
        && Meta.tick(meta) != 0) {
      if (latest - Meta.tick(meta) >= Tick.HORIZON) {
        beginAnew(slot, key, tick);
        return CHANGED;
      }
      dropExpired(slot, key, meta, latest);
    }
    Profile profile = profile(slot, key, meta);
    Dossier.Incidents incidents = incidents(profile);
    if (!incidents.open().isEmpty()) {
      endStale(incidents, event.timeMicros());
      incidents = incidents(profile);
    }

    int stamp = Tick.stamp(tick);
    int now = Tick.stamp(latest);
    int spent = 0;
    int age = touch(slot, key, profile, contact, stamp, latest);
    if (age == CHANGED) {
      return CHANGED;
    }
    boolean toSketches = age == DENSE;
    if (toSketches) {
      profile = profile(slot, key, table.meta(slot));
      spent = touchSketches(profile, incidents, contact, stamp, latest);
    }
    boolean moved = age > Tick.age(now, stamp);
    boolean counts =
        spent != 0
            || age == ContactBlock.NEW
            || (moved
                && (age >= rules.shortestWindow() || latest - age <= incidents.reportedUpTo()));
    meta = note(slot, key, contact, tick, internal, counts);
    if (table.key(slot) != key) {
      return CHANGED;
    }

    // Only now: whoever opens an incident, or starts sketches, from here on finds the contact, and
    // all others are seen here.
    profile = profile(slot, key, meta);
    incidents = incidents(profile);
    DenseProfile dense = profile == null ? null : profile.dense();
    if (dense != null && !toSketches) {
      spent = touchSketches(profile, incidents, contact, stamp, latest);
    }
    Dossier dossier = profile == null ? null : profile.dossier();
    if (dossier != null) {
      takeEvidence(dossier, event, contact, latest, age == ContactBlock.NEW || spent != 0);
    }
    if (toSketches || (latest - age) >> RELEARNT_BITS != latest >> RELEARNT_BITS) {
      context.learn(contact, inside);
    }
    if (internal && !inside && ContactKey.answered(contact)) {
      context.learnWayOut(credible(tick));
    }
    if (age != ContactBlock.NEW && event.sensor() != null && openOfSeveral.get() > 0) {
      tellOthersOfSensor(key, event, contact, internal);
    }
    if (age == ContactBlock.NEW) {
      noteElsewhere(slot, key, profile, incidents, event, contact, tick, latest, internal);
    }
    boolean connectionsSpent =
        rules.connectionWindow() > 0 && spendConnections(slot, key, event, tick, latest);
    if (dense != null) {
      if (spent != 0 || connectionsSpent) {
        recountDense(
            slot, key, event, contact, connectionsSpent ? spent | DenseProfile.WHOLE : spent);
      }
    } else if (connectionsSpent || (moved && isSpent(meta, contact))) {
      recount(slot, key, event, contact);
    }
    return 0;
  }

  /** The scopes whose rules must be counted again. */
  private int touchSketches(
      @Nullable Profile profile,
      Dossier.Incidents incidents,
      long contact,
      int stamp,
      long latest) {
    DenseProfile dense = profile == null ? null : profile.dense();
    if (dense == null) {
      return 0;
    }
    long fresh = Math.min(rules.shortestWindow(), latest - incidents.reportedUpTo());
    return dense.touch(contact, stamp, Tick.stamp(latest), (int) Math.max(1, fresh));
  }

  private boolean isSpent(long meta, long contact) {
    return Meta.spent(meta, isSensitive(contact), ContactKey.failed(contact));
  }

  private boolean isSensitive(long contact) {
    return rules.group(ContactKey.service(contact)) == RuleBook.SENSITIVE;
  }

  /** Brings the bookkeeping word up to date; returns it. */
  private long note(int slot, long key, long contact, long tick, boolean internal, boolean counts) {
    while (true) {
      long before = table.meta(slot);
      if (table.key(slot) != key) {
        return before;
      }
      long after = Meta.at(before, tick, internal);
      if (counts) {
        after = Meta.spend(after, isSensitive(contact), ContactKey.failed(contact));
      }
      if (after == before || table.replaceMeta(slot, before, after)) {
        return after;
      }
    }
  }

  private void takeEvidence(
      Dossier dossier, ConnectionEvent event, long contact, long latest, boolean isNew) {
    if (isNew) {
      dossier.add(event, contact);
    }
    List<Incident> some = dossier.incidents().open();
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).accept(event, contact, latest)) {
        tell(some.get(i), some.get(i).updated());
      }
    }
  }

  // ---- contacts ----

  /**
   * Notes a contact where contacts are kept one by one.
   *
   * @return the age that it had, {@link ContactBlock#NEW}, {@link #DENSE} or {@link #CHANGED}
   */
  private int touch(
      int slot, long key, @Nullable Profile profile, long contact, int stamp, long latest) {
    if (profile != null && profile.dense() != null) {
      return DENSE;
    }
    int now = Tick.stamp(latest);
    for (int i = 0; i < ContactTable.CONTACTS; i++) {
      long word = table.contact(slot, i);
      while (word == 0 || word >>> ContactKey.STAMP_BITS == contact) {
        int lag = word == 0 ? Integer.MAX_VALUE : Tick.lag(now, (int) word & 0xffff);
        int age = lag < Tick.HORIZON ? Math.max(0, lag) : ContactBlock.NEW;
        if (lag <= Tick.lag(now, stamp)) {
          return age;
        }
        long raised = contact << ContactKey.STAMP_BITS | stamp;
        if (table.replaceContact(slot, i, word, raised)) {
          if (table.key(slot) == key) {
            return age;
          }
          table.replaceContact(slot, i, raised, 0);
          return CHANGED;
        }
        word = table.contact(slot, i);
      }
    }
    return touchBlock(slot, key, contact, stamp, latest);
  }

  private int touchBlock(int slot, long key, long contact, int stamp, long latest) {
    int now = Tick.stamp(latest);
    boolean maySpill = true;
    while (true) {
      Profile profile = ownProfile(slot, key);
      if (profile == null) {
        if (table.key(slot) != key) {
          return CHANGED;
        }
        reducedSources.increment();
        return ContactBlock.NEW;
      }
      if (profile.dense() != null) {
        return DENSE;
      }
      int age = profile.touch(contact, stamp, now, objects);
      if (age == ContactBlock.FULL && maySpill) {
        maySpill = profile.isLargest() ? startDense(slot, profile, latest) : makeRoom(key);
        continue;
      }
      if (age == ContactBlock.FULL) {
        reducedSources.increment();
        age = profile.replaceOldest(contact, stamp, now);
        if (age == ContactBlock.FULL) {
          return ContactBlock.NEW;
        }
      }
      if (age != ContactBlock.SEALED) {
        return age;
      }
      if (profile.dense() == null) {
        // Dropped by an eviction.
        if (table.profile(slot) == profile && table.replaceProfile(slot, profile, null)) {
          drop(profile);
        }
        if (table.key(slot) != key) {
          return CHANGED;
        }
      }
    }
  }

  /** Gives a source sketches, and what it has to them; false if there is no room. */
  private boolean startDense(int slot, Profile profile, long latest) {
    if (!sketches.reserve(denseBytes)) {
      return false;
    }
    DenseProfile dense = new DenseProfile(densePlan, sketches);
    if (!profile.putDense(dense)) {
      dense.drop();
      return true;
    }
    if (!profile.seal()) {
      // Evicted meanwhile.
      dropDense(profile, dense);
      return true;
    }
    denseProfiles.add(profile);
    for (int i = 0; i < 2; i++) {
      Profile head = denseProfiles.poll();
      if (head != null && head.dense() != null) {
        denseProfiles.add(head);
      }
    }
    addContacts(dense, slot, profile, Tick.stamp(latest));
    objects.release(profile.bytes());
    return true;
  }

  private void addContacts(DenseProfile dense, int slot, @Nullable Profile profile, int now) {
    long[] words = new long[Recount.CAPACITY];
    int number = gather(words, slot, profile, now);
    for (int i = 0; i < number; i++) {
      int stamp = (int) words[i] & 0xffff;
      if (Tick.age(now, stamp) < Tick.HORIZON) {
        dense.touch(words[i] >>> ContactKey.STAMP_BITS, stamp, now, 1);
      }
    }
    dense.voidSlack();
  }

  private void dropDense(Profile profile, DenseProfile dense) {
    if (profile.takeDense(dense)) {
      dense.drop();
    }
  }

  private int gather(long[] words, int slot, @Nullable Profile profile, int now) {
    int number = 0;
    for (int i = 0; i < ContactTable.CONTACTS; i++) {
      long word = table.contact(slot, i);
      if (word != 0) {
        words[number++] = word;
      }
    }
    return profile == null ? number : profile.copyTo(words, number, now);
  }

  /** After a day of silence: the source comes in as if for the first time. */
  private void beginAnew(int slot, long key, long tick) {
    if (table.seize(slot, key)) {
      Profile profile = table.takeProfile(slot);
      table.give(slot, key, Meta.admitted(0, tick));
      if (profile != null) {
        drop(profile);
      }
    }
  }

  /** Before a source's time moves on: drops what leaves the horizon, step by step. */
  private void dropExpired(int slot, long key, long meta, long latest) {
    Profile profile = profile(slot, key, meta);
    long at = Meta.tick(meta);
    while (at < latest) {
      at = Math.min(latest, at + SWEEP_STEP);
      int now = Tick.stamp(at);
      for (int i = 0; i < ContactTable.CONTACTS; i++) {
        long word = table.contact(slot, i);
        if (word != 0 && Tick.age(now, (int) word & 0xffff) >= Tick.HORIZON) {
          table.replaceContact(slot, i, word, 0);
        }
      }
      if (profile != null) {
        profile.sweep(now);
        DenseProfile dense = profile.dense();
        if (dense != null) {
          dense.sweep(now);
        }
      }
    }
  }

  // ---- profiles ----

  private @Nullable Profile profile(int slot, long key, long meta) {
    Profile profile = Meta.hasProfile(meta) ? table.profile(slot) : null;
    return profile == null || profile.key() == key ? profile : null;
  }

  private static Dossier.Incidents incidents(@Nullable Profile profile) {
    Dossier dossier = profile == null ? null : profile.dossier();
    return dossier == null ? Dossier.NONE : dossier.incidents();
  }

  /** The profile of a source, which gets one if it has none; null if it has left or none fits. */
  private @Nullable Profile ownProfile(int slot, long key) {
    while (true) {
      Profile profile = table.profile(slot);
      if (table.key(slot) != key) {
        return null;
      }
      if (profile != null && profile.key() == key) {
        flagProfile(slot, key);
        return profile;
      }
      if (profile != null) {
        // Left by a thread that was too late for another source.
        if (table.replaceProfile(slot, profile, null)) {
          drop(profile);
        }
        continue;
      }
      if (!objects.reserve(Profile.BYTES) && !(makeRoom(key) && objects.reserve(Profile.BYTES))) {
        return null;
      }
      Profile fresh = new Profile(key);
      if (!table.replaceProfile(slot, null, fresh)) {
        objects.release(Profile.BYTES);
      } else if (table.key(slot) != key && table.replaceProfile(slot, fresh, null)) {
        drop(fresh);
      }
    }
  }

  private void flagProfile(int slot, long key) {
    long meta = table.meta(slot);
    while (!Meta.hasProfile(meta) && table.key(slot) == key) {
      table.replaceMeta(slot, meta, Meta.withProfile(meta));
      meta = table.meta(slot);
    }
  }

  /** Gives back what a profile takes. To be called by the thread that took it out of the table. */
  private void drop(Profile profile) {
    objects.release(Profile.BYTES);
    if (profile.seal()) {
      objects.release(profile.bytes());
    }
    DenseProfile dense = profile.dense();
    if (dense != null) {
      dropDense(profile, dense);
    }
    ConnectionCounts connections = profile.connections();
    if (connections != null && profile.takeConnections(connections)) {
      dropConnections(connections);
    }
    Dossier dossier = profile.dossier();
    if (dossier != null && profile.takeDossier(dossier)) {
      drop(dossier);
    }
  }

  private void dropConnections(ConnectionCounts connections) {
    connections.drop(objects);
    objects.release(ConnectionCounts.BYTES);
  }

  private void drop(Dossier dossier) {
    List<Incident> some = dossier.drop();
    evidence.release(Dossier.BYTES);
    for (int i = 0; i < some.size(); i++) {
      end(some.get(i), EndReason.EVICTED, Math.max(latestMicros, some.get(i).lastSeen()));
    }
  }

  private boolean spendConnections(
      int slot, long key, ConnectionEvent event, long tick, long latest) {
    Profile profile = ownProfile(slot, key);
    if (profile == null) {
      return false;
    }
    ConnectionCounts connections = profile.connections();
    if (connections == null) {
      if (!objects.reserve(ConnectionCounts.BYTES)
          && !(makeRoom(key) && objects.reserve(ConnectionCounts.BYTES))) {
        reducedSources.increment();
        return false;
      }
      connections = new ConnectionCounts(rules.connectionWindow());
      if (!profile.putConnections(connections)) {
        objects.release(ConnectionCounts.BYTES);
        connections = profile.connections();
      } else if (table.key(slot) != key && profile.takeConnections(connections)) {
        dropConnections(connections);
      }
    }
    if (connections == null) {
      return false;
    }
    connections.add(event.count(), tick, latest, objects);
    return connections.spend(event.count());
  }

  // ---- rules ----

  private void recount(int slot, long key, ConnectionEvent event, long contact) {
    Recount recount = workingMemory.take();
    try {
      boolean again = true;
      while (again) {
        again = recountOnce(recount, slot, key, event, contact);
      }
    } finally {
      workingMemory.giveBack(recount);
    }
  }

  /** Counts; true if that, or another thread meanwhile, has changed what is to be counted. */
  private boolean recountOnce(
      Recount recount, int slot, long key, ConnectionEvent event, long contact) {
    long meta = table.meta(slot);
    Profile profile = profile(slot, key, meta);
    if (table.key(slot) != key || (profile != null && profile.dense() != null)) {
      return false;
    }
    ConnectionCounts connections = profile == null ? null : profile.connections();
    long connectionSlack = connections == null ? 0 : connections.slack();
    Dossier.Incidents incidents = incidents(profile);
    long latest = Meta.tick(meta);
    boolean internal = Meta.internal(meta);
    recount.take(gather(recount.words(), slot, profile, Tick.stamp(latest)), latest);
    int service = ContactKey.service(contact);
    int host = ContactKey.host(contact);
    if (!incidents.service(service)) {
      for (CompiledRule rule : rules.onService()) {
        int number = recount.onService(rule, service, incidents);
        if (number >= rule.threshold(internal)
            && speak(slot, key, event, contact, rule, service, number, recount)) {
          return true;
        }
      }
    }
    if (!incidents.host(host)) {
      for (CompiledRule rule : rules.onHost()) {
        int number = recount.onHost(rule, host, incidents);
        if (number >= rule.threshold(internal)
            && speak(slot, key, event, contact, rule, host, number, recount)) {
          return true;
        }
      }
    }
    if (!incidents.everything()) {
      long distance = Long.MAX_VALUE;
      for (CompiledRule rule : rules.whole()) {
        long number;
        if (rule.measure == Measure.CONNECTIONS) {
          number = connections(connections, rule, incidents, latest);
          distance = Math.min(distance, Math.max(1, rule.threshold(internal) - number));
        } else {
          number = recount.whole(rule, incidents);
        }
        if (number >= rule.threshold(internal)
            && speak(slot, key, event, contact, rule, 0, number, recount)) {
          return true;
        }
      }
      if (connections != null) {
        connections.renewSlack(connectionSlack, distance);
      }
    } else if (connections != null) {
      connections.renewSlack(connectionSlack, Long.MAX_VALUE / 2);
    }
    Slack slack = recount.measure(incidents, internal);
    boolean hasDossier = profile != null && profile.dossier() != null;
    if (recount.near() && !hasDossier && dossier(slot, key, event, contact, false) != null) {
      return true;
    }
    long after = Meta.withSlack(meta, slack);
    if (!recount.near() && Meta.rank(meta) == Meta.RANK_NEAR) {
      after = Meta.withRank(after, Meta.RANK_ORDINARY);
    } else if (recount.near() && Meta.rank(meta) == Meta.RANK_ORDINARY) {
      after = Meta.withRank(after, Meta.RANK_NEAR);
    }
    if (!table.replaceMeta(slot, meta, after)) {
      return true;
    }
    // The word may have come round to what it was while contacts came that were not counted. What
    // is
    // not here yet is noted after this, and spends from the new slack.
    int number = gather(recount.later(), slot, profile(slot, key, after), Tick.stamp(latest));
    return !recount.isStill(number);
  }

  private static long connections(
      @Nullable ConnectionCounts connections, CompiledRule rule, Covered covered, long latest) {
    return connections == null
        ? 0
        : connections.after(Math.max(latest - rule.window, covered.reportedUpTo(rule)));
  }

  /** Counts what a contact has changed in a source's sketches, by the bits of their scopes. */
  private void recountDense(int slot, long key, ConnectionEvent event, long contact, int spent) {
    Recount recount = workingMemory.take();
    try {
      if ((spent & DenseProfile.SERVICE) != 0) {
        recountDense(
            recount,
            slot,
            key,
            event,
            contact,
            DenseProfile.SERVICE,
            ContactKey.service(contact),
            rules.onService());
      }
      if ((spent & DenseProfile.HOST) != 0) {
        recountDense(
            recount,
            slot,
            key,
            event,
            contact,
            DenseProfile.HOST,
            ContactKey.host(contact),
            rules.onHost());
      }
      if ((spent & DenseProfile.WHOLE) != 0) {
        recountDense(recount, slot, key, event, contact, DenseProfile.WHOLE, 0, rules.whole());
      }
    } finally {
      workingMemory.giveBack(recount);
    }
  }

  private void recountDense(
      Recount recount,
      int slot,
      long key,
      ConnectionEvent event,
      long contact,
      int scope,
      int group,
      CompiledRule[] some) {
    long meta = table.meta(slot);
    Profile profile = profile(slot, key, meta);
    DenseProfile dense = profile == null ? null : profile.dense();
    if (profile == null || dense == null || table.key(slot) != key) {
      return;
    }
    boolean internal = Meta.internal(meta);
    int now = Tick.stamp(Meta.tick(meta));
    long slackBefore = dense.slack(scope, group);
    ConnectionCounts connections = profile.connections();
    long connectionSlack = connections == null ? 0 : connections.slack();
    long connectionDistance = Long.MAX_VALUE / 2;
    int distance = DenseProfile.NEVER;
    for (CompiledRule rule : some) {
      Dossier.Incidents incidents = incidents(profile);
      if (covers(incidents, rule, group)) {
        continue;
      }
      int limit = limit(rule, incidents, Meta.tick(meta));
      long threshold = rule.threshold(internal);
      long number =
          rule.measure == Measure.CONNECTIONS
              ? connections(connections, rule, incidents, Meta.tick(meta))
              : sketched(dense, rule, group, now, limit);
      if (number >= threshold) {
        speak(slot, key, event, contact, rule, group, number, recount);
      }
      if (rule.measure == Measure.CONNECTIONS) {
        connectionDistance = Math.min(connectionDistance, Math.max(1, threshold - number));
      } else {
        distance = Math.min(distance, distance(dense, rule, group, now, limit, internal));
      }
    }
    dense.renewSlack(scope, group, slackBefore, distance);
    if (scope == DenseProfile.WHOLE && connections != null) {
      connections.renewSlack(connectionSlack, connectionDistance);
    }
  }

  private static int limit(CompiledRule rule, Covered covered, long latest) {
    long unreported = latest - Math.max(covered.reportedUpTo(rule), latest - Tick.HORIZON);
    return (int) Math.max(0, Math.min(rule.window, unreported));
  }

  private static long sketched(
      DenseProfile dense, CompiledRule rule, int group, int now, int limit) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> dense.onService(rule, group, now, limit);
      case SERVICES_ON_HOST -> dense.onHost(rule, group, now, limit);
      case PAIRS, HOSTS, CONNECTIONS -> dense.whole(rule, now, limit);
    };
  }

  private static int distance(
      DenseProfile dense, CompiledRule rule, int group, int now, int limit, boolean internal) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> dense.distanceOnService(rule, group, now, limit, internal);
      case SERVICES_ON_HOST -> dense.distanceOnHost(rule, group, now, limit, internal);
      case PAIRS, HOSTS, CONNECTIONS -> dense.distanceOfWhole(rule, now, limit, internal);
    };
  }

  private static boolean covers(Covered covered, CompiledRule rule, int group) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> covered.service(group);
      case SERVICES_ON_HOST -> covered.host(group);
      case PAIRS, HOSTS, CONNECTIONS -> covered.everything();
    };
  }

  // ---- incidents ----

  /**
   * Lets a rule open an incident, or join one.
   *
   * @return whether that, or another thread meanwhile, has changed what rules may speak of
   */
  private boolean speak(
      int slot,
      long key,
      ConnectionEvent event,
      long contact,
      CompiledRule rule,
      int group,
      long number,
      Recount recount) {
    boolean internal = Meta.internal(table.meta(slot));
    Reason reason =
        new Reason(rule.rule.name(), number, rule.threshold(internal), rule.rule.windowSeconds());
    boolean paid = false;
    while (true) {
      Dossier dossier = dossier(slot, key, event, contact, true);
      if (dossier == null) {
        refund(paid);
        return false;
      }
      Dossier.Incidents incidents = dossier.incidents();
      if (covers(incidents, rule, group)) {
        refund(paid);
        return true;
      }
      Incident joined = incidents.toJoin(Family.of(rule.measure));
      if (joined != null) {
        Shape before = joined.shape();
        ScanType type = joined.type();
        if (joined.join(before, before.joined(rule, group, reason))) {
          fill(joined, before, incidents, slot, key, contact, rule, group, number, recount);
          if (joined.type() != type || joined.mayTellOf(before, event.timeMicros())) {
            tell(joined, joined.updated());
          }
          refund(paid);
          return true;
        }
        continue;
      }
      if (!paid) {
        if (!endForRoom(key, Incident.BYTES)) {
          reducedSources.increment();
          return false;
        }
        // Making room may have dropped the dossier: once it is paid for, all is looked at again.
        paid = true;
        continue;
      }
      long detectedAt = detectedAt(event, incidents, slot, key, rule, group, recount);
      String authorisedBy = authorisedBy(event);
      Incident leader = null;
      int leaderSources = 1;
      if (authorisedBy == null) {
        leader = jointLeader(rule, group, event, internal, detectedAt);
        leaderSources = leader == null ? 1 : leader.sources();
        if (leader == null) {
          leader = leader(slot, key, rule, group, dossier, incidents, detectedAt, recount);
        }
      }
      Incident incident =
          new Incident(
              IncidentId.of(event, rule.rule.type()),
              dossier,
              event.source(),
              authorisedBy != null || key == hash.of(event.sourceHigh(), event.sourceLow())
                  ? Incident.Company.DECOYS
                  : Incident.Company.ADDRESSES,
              leader,
              internal,
              insideNetworks,
              Shape.opening(rule, group, reason),
              incidentTerms,
              detectedAt,
              incidents.mutes(rule, group, event, detectedAt, muteMicros),
              authorisedBy,
              evidence);
      if (!dossier.open(incidents, incident)) {
        incident.drop();
        paid = false;
        continue;
      }
      rank(slot, key, Meta.RANK_OPEN);
      fill(incident, null, incidents, slot, key, contact, rule, group, number, recount);
      dossier.addTargetsTo(incident, hash);
      incident.sample(event.destination());
      incident.noteSensor(event);
      incident.climb();
      ScanAlert alert = incident.opened();
      makeKnown(incident);
      if (leader != null) {
        if (leader.sources() > leaderSources) {
          tell(leader, leader.updated());
        }
        return true;
      }
      incidentsOpened.increment();
      if (rule.measure == Measure.SERVICES_ON_HOST) {
        decoys.add(incident);
      }
      tell(incident, alert);
      return true;
    }
  }

  // ---- several sources ----

  /** Brings a first contact to what several addresses may do together. */
  private void noteElsewhere(
      int slot,
      long key,
      @Nullable Profile profile,
      Dossier.Incidents incidents,
      ConnectionEvent event,
      long contact,
      long tick,
      long latest,
      boolean internal) {
    if (allowances.find(event) != Allowances.NONE) {
      return;
    }
    if (event.sourceHigh() != 0 && !internal && networks.follow(event)) {
      long network = networks.key(event);
      if (network == key) {
        return;
      }
      if (table.contact(slot, SourceNetworks.CONTACTS) == 0) {
        count(event, network);
      }
    }
    if (ContactKey.failed(contact)) {
      noteJoint(slot, profile, incidents, event, contact, tick, latest, internal);
    }
  }

  /** A contact that another sensor has reported: of which this one tells too. */
  private void tellOthersOfSensor(long key, ConnectionEvent event, long contact, boolean internal) {
    if (ContactKey.failed(contact)) {
      joint.noteSensor(event, contact, internal);
    }
    if (event.sourceHigh() != 0 && !internal && networks.follow(event)) {
      long network = networks.key(event);
      int slot = network == key ? ContactTable.NONE : table.find(network);
      if (slot != ContactTable.NONE) {
        List<Incident> some = incidents(profile(slot, network, table.meta(slot))).open();
        for (int i = 0; i < some.size(); i++) {
          if (some.get(i).names(event.source())) {
            some.get(i).noteSensor(event);
          }
        }
      }
    }
  }

  private void noteJoint(
      int slot,
      @Nullable Profile profile,
      Dossier.Incidents incidents,
      ConnectionEvent event,
      long contact,
      long tick,
      long latest,
      boolean internal) {
    // All that is inside fails together while the way out is down.
    if (joint.rules() == 0 || incidents.anyOfItsOwn() || (internal && !isInside(event))) {
      return;
    }
    int group = rules.group(ContactKey.service(contact));
    Recount recount = workingMemory.take();
    try {
      long[] words = recount.words();
      int number = gather(words, slot, profile, Tick.stamp(latest));
      for (int rule = 0; rule < joint.rules(); rule++) {
        if (joint.compiled(rule).counts(group) && joint.failsOften(rule, contact, words, number)) {
          SharedTarget target = joint.note(rule, event, contact, internal, tick, credible(tick));
          if (target != null) {
            speakJointly(rule, target, event, contact, tick, latest, internal);
          }
        }
      }
    } finally {
      workingMemory.giveBack(recount);
    }
  }

  /** Lets a joint rule open an incident, or brings the event to the one that is open. */
  private void speakJointly(
      int number,
      SharedTarget target,
      ConnectionEvent event,
      long contact,
      long tick,
      long latest,
      boolean internal) {
    Incident before = target.incident();
    if (before != null && before.isOpen()) {
      endStale(before, event.timeMicros());
    }
    if (before != null && before.isOpen()) {
      before.accompany(event.source());
      if (before.accept(event, contact, latest)) {
        tell(before, before.updated());
      }
      return;
    }
    if (before != null && !before.hasEnded()) {
      // Another thread is about to tell of it.
      return;
    }
    JointRule rule = joint.rule(number);
    CompiledRule compiled = joint.compiled(number);
    // The window ends here, not at the latest contact: one source's clock moves no other's window.
    long after = tick - compiled.window;
    after = before == null ? after : Math.max(after, Tick.of(before.lastSeen()));
    int threshold = rule.threshold(internal);
    if (!target.holds(threshold, after)) {
      return;
    }
    JointContacts contacts = target.after(after);
    contacts.leaveOut(this::hasIncidentOfItsOwn);
    int count = contacts.count(rule);
    if (count < threshold || !endForRoom(NOBODY, Incident.BYTES + Dossier.BYTES)) {
      return;
    }
    long detectedAt = event.timeMicros();
    Reason reason = new Reason(rule.name(), count, threshold, rule.windowSeconds());
    boolean muted = before != null && isRepeatedBy(before, event, detectedAt);
    Incident incident =
        new Incident(
            IncidentId.of(event, rule.type()),
            new Dossier(hash.of(target.key(), NOBODY), event.source(), event.timeMicros()),
            event.source(),
            Incident.Company.SHARED,
            null,
            internal,
            insideNetworks,
            Shape.opening(compiled, joint.group(number, contact), reason),
            incidentTerms,
            detectedAt,
            muted,
            null,
            evidence);
    if (!target.replace(before, incident)) {
      incident.drop();
      return;
    }
    contacts.addTo(incident, tick);
    incident.noteSensor(event);
    incident.climb();
    ScanAlert alert = incident.opened();
    makeKnown(incident);
    incidentsOpened.increment();
    tell(incident, alert);
  }

  private boolean isRepeatedBy(Incident before, ConnectionEvent event, long detectedAt) {
    TargetNetwork targetNetwork = before.targetNetwork();
    return detectedAt - before.lastSeen() < idleMicros + muteMicros
        && (targetNetwork == null
            || targetNetwork.contains(event.destinationHigh(), event.destinationLow()));
  }

  private boolean hasIncidentOfItsOwn(IpAddress source) {
    long key = hash.of(source.high(), source.low());
    int slot = table.find(key);
    return slot != ContactTable.NONE
        && incidents(profile(slot, key, table.meta(slot))).anyOfItsOwn();
  }

  /** The incident of several sources, begun at about the same time, that a scan is part of. */
  private @Nullable Incident jointLeader(
      CompiledRule rule, int group, ConnectionEvent event, boolean internal, long detectedAt) {
    for (int number = 0; number < joint.rules(); number++) {
      CompiledRule compiled = joint.compiled(number);
      SharedTarget target =
          compiled.measure == rule.measure ? joint.find(number, group, internal) : null;
      Incident incident = target == null ? null : target.incident();
      if (incident != null
          && Math.abs(detectedAt - incident.detectedAt()) / TICK_MICROS <= compiled.window
          && incident.accompany(event.source())) {
        return incident;
      }
    }
    return null;
  }

  private void makeKnown(Incident incident) {
    open.add(incident);
    if (incident.company() != Incident.Company.DECOYS) {
      openOfSeveral.incrementAndGet();
    }
    lowerDeadline(incident.lastSeen() + idleMicros);
  }

  private void refund(boolean paid) {
    if (paid) {
      evidence.release(Incident.BYTES);
    }
  }

  /** The greatest event time among what a rule counts; of another event, the start of its tick. */
  private long detectedAt(
      ConnectionEvent event,
      Covered covered,
      int slot,
      long key,
      CompiledRule rule,
      int group,
      Recount recount) {
    long latest = Meta.tick(table.meta(slot));
    Profile profile = profile(slot, key, table.meta(slot));
    long tick = Math.min(latest, Tick.of(event.timeMicros()));
    if (profile == null || profile.dense() == null) {
      int number = recount.counted(rule, group, covered, recount.later());
      long least = Tick.HORIZON;
      for (int i = 0; i < number; i++) {
        least = Math.min(least, recount.later()[i] & 0xffff);
      }
      tick = number == 0 ? latest : latest - least;
    }
    return tick <= Tick.of(event.timeMicros()) ? event.timeMicros() : Tick.micros(tick);
  }

  /** The incident of another source that a vertical scan belongs to, or null. */
  private @Nullable Incident leader(
      int slot,
      long key,
      CompiledRule rule,
      int group,
      Dossier source,
      Covered covered,
      long detectedAt,
      Recount recount) {
    Profile profile = profile(slot, key, table.meta(slot));
    boolean sketched = profile != null && profile.dense() != null;
    if (rule.measure != Measure.SERVICES_ON_HOST || sketched) {
      return null;
    }
    long[] words = recount.later();
    int number = recount.counted(rule, group, covered, words);
    long oldest = 0;
    for (int i = 0; i < number; i++) {
      oldest = Math.max(oldest, words[i] & 0xffff);
    }
    long begun = Tick.micros(Meta.tick(table.meta(slot)) - oldest);
    return decoys.leader(group, source, detectedAt, begun, words, number);
  }

  /** Counts for an incident, once it is known, what the rule has counted before. */
  private void fill(
      Incident incident,
      @Nullable Shape before,
      Dossier.Incidents incidents,
      int slot,
      long key,
      long contact,
      CompiledRule rule,
      int group,
      long number,
      Recount recount) {
    long meta = table.meta(slot);
    long latest = Meta.tick(meta);
    Profile profile = profile(slot, key, meta);
    DenseProfile dense = profile == null ? null : profile.dense();
    if (dense == null) {
      recount.take(gather(recount.words(), slot, profile, Tick.stamp(latest)), latest);
      long[] words = recount.words();
      incident.count(words, recount.counted(rule, group, incidents, words), latest, before);
      return;
    }
    DistinctItems hosts =
        switch (rule.measure) {
          case HOSTS_ON_SERVICE -> dense.hostsOn(rule, group);
          case SERVICES_ON_HOST -> null;
          case PAIRS, HOSTS -> dense.hosts(rule);
          case CONNECTIONS -> dense.view(Dimension.HOSTS, false);
        };
    DistinctItems services =
        switch (rule.measure) {
          case HOSTS_ON_SERVICE -> null;
          case SERVICES_ON_HOST -> dense.servicesOn(rule, group);
          case PAIRS, HOSTS -> dense.services(rule);
          case CONNECTIONS -> dense.view(Dimension.SERVICES, false);
        };
    int window = Math.max(1, limit(rule, incidents, latest));
    // Sketches do not tell those that answered from those of which nobody knows.
    int outcome = ContactKey.unknown(contact) ? ContactKey.UNKNOWN : ContactKey.ANSWERED;
    outcome = rule.failedOnly ? ContactKey.FAILED : outcome;
    incident.count(hosts, services, group, number, outcome, latest, window, recount.words());
  }

  /** The entry that an event's profile belongs to, as it is named, or null. */
  private @Nullable String authorisedBy(ConnectionEvent event) {
    int entry = allowances.find(event);
    return entry == Allowances.NONE ? null : allowances.label(entry);
  }

  /**
   * A source's dossier, which is begun if there is none; null if it has left or none fits.
   *
   * @param opens whether an incident is to be opened: then another one may have to end
   */
  private @Nullable Dossier dossier(
      int slot, long key, ConnectionEvent event, long contact, boolean opens) {
    while (true) {
      Profile profile = ownProfile(slot, key);
      if (profile == null) {
        return null;
      }
      Dossier there = profile.dossier();
      if (there != null && !there.dropped()) {
        return there;
      }
      boolean paid = opens ? endForRoom(key, Dossier.BYTES) : evidence.reserve(Dossier.BYTES);
      if (!paid) {
        reducedSources.increment();
        return null;
      }
      Dossier fresh = new Dossier(key, event.source(), event.timeMicros());
      fresh.add(event, contact);
      if (!profile.putDossier(fresh)) {
        evidence.release(Dossier.BYTES);
        continue;
      }
      if (table.key(slot) != key) {
        if (profile.takeDossier(fresh)) {
          drop(fresh);
        }
        return null;
      }
      rank(slot, key, Meta.RANK_NEAR);
      keep(fresh);
      return fresh;
    }
  }

  /** Adds a dossier to the queue, and looks whether the two at its head have been dropped. */
  private void keep(Dossier fresh) {
    dossiers.add(fresh);
    for (int i = 0; i < 2; i++) {
      Dossier head = dossiers.poll();
      if (head != null && !head.dropped()) {
        dossiers.add(head);
      }
    }
  }

  private void rank(int slot, long key, int rank) {
    long meta = table.meta(slot);
    while (table.key(slot) == key && !table.replaceMeta(slot, meta, Meta.withRank(meta, rank))) {
      meta = table.meta(slot);
    }
  }

  /** Ends incidents of a source that its own next event shows to be over. */
  private void endStale(Dossier.Incidents incidents, long time) {
    List<Incident> some = incidents.open();
    for (int i = 0; i < some.size(); i++) {
      endStale(some.get(i), time);
    }
  }

  private void endStale(Incident incident, long time) {
    if (time - incident.lastSeen() >= idleMicros) {
      end(incident, EndReason.IDLE, incident.lastSeen() + idleMicros);
    } else if (incident.leader() != null && !incident.leader().isOpen()) {
      // Whoever goes on after the incident that it was told with has one of its own.
      end(incident, EndReason.IDLE, incident.lastSeen());
    } else if (time - incident.firstSeen() >= maxDurationMicros) {
      end(incident, EndReason.MAX_DURATION, incident.firstSeen() + maxDurationMicros);
    }
  }

  private void end(Incident incident, EndReason reason, long atMicros) {
    ScanAlert alert = incident.ended(reason, atMicros);
    if (alert == null) {
      return;
    }
    if (incident.leader() == null) {
      incidentsEnded.increment();
    }
    if (endedInQueue.incrementAndGet() > incidentsOpened.sum() - incidentsEnded.sum() + 16) {
      endedInQueue.set(0);
      open.removeIf(Incident::hasEnded);
    }
    if (incident.company() != Incident.Company.DECOYS) {
      openOfSeveral.decrementAndGet();
    }
    long key = incident.dossier().key();
    boolean last = incident.dossier().end(incident, atMicros) == 0;
    int slot = table.find(key);
    if (slot != ContactTable.NONE) {
      voidSlack(slot, key, last ? Meta.RANK_NEAR : Meta.RANK_OPEN);
    }
    incident.drop();
    tell(incident, alert);
  }

  /** What an incident covered counts again: the next contact makes everything be counted. */
  private void voidSlack(int slot, long key, int rank) {
    long meta = table.meta(slot);
    while (table.key(slot) == key
        && !table.replaceMeta(slot, meta, Meta.withRank(Meta.withoutSlack(meta), rank))) {
      meta = table.meta(slot);
    }
    Profile profile = profile(slot, key, meta);
    DenseProfile dense = profile == null ? null : profile.dense();
    if (dense != null) {
      dense.voidSlack();
    }
    ConnectionCounts connections = profile == null ? null : profile.connections();
    if (connections != null) {
      connections.voidSlack();
    }
  }

  private void tell(Incident incident, @Nullable ScanAlert alert) {
    if (alert != null && incident.leader() == null) {
      alerts.accept(alert);
    }
  }

  // ---- time ----

  /** Once a tick: ends idle incidents and lets go of sources that no window can reach any more. */
  private void sweep() {
    long now = watermark.micros();
    long due = sweepDue;
    if (now < due
        || now == Watermark.NONE
        || !SWEEP_DUE.compareAndSet(this, due, Tick.micros(Tick.of(now) + 1))) {
      return;
    }
    if (now >= deadline) {
      endIdle(now);
    }
    expire();
  }

  private void endIdle(long now) {
    deadline = Long.MAX_VALUE;
    for (Incident incident : open) {
      long due = incident.lastSeen() + idleMicros;
      if (incident.isOpen() && now >= due) {
        end(incident, EndReason.IDLE, due);
      }
      if (incident.isOpen()) {
        lowerDeadline(incident.lastSeen() + idleMicros);
      }
    }
  }

  private void lowerDeadline(long due) {
    long before = deadline;
    while (due < before && !DEADLINE.compareAndSet(this, before, due)) {
      before = deadline;
    }
  }

  /** Looks at some slots, so that all are looked at within the hour. */
  private void expire() {
    int slots = table.slots();
    int number = Math.min(slots, Math.max(16, slots / 1_024));
    int from = expiryHand;
    for (int i = 0; i < number; i++) {
      int slot = (from + i) % slots;
      long key = table.key(slot);
      if (table.holdsSource(slot) && hasLeft(table.meta(slot))) {
        evict(slot, key);
      }
    }
    expiryHand = (from + number) % slots;
  }

  /** Whether a source is so long quiet that nothing of it can count any more. */
  private boolean hasLeft(long meta) {
    long mark = watermark.micros();
    return Meta.tick(meta) != 0
        && Tick.of(mark) - Tick.of(allowedLatenessMicros) - Meta.tick(meta) > Tick.HORIZON;
  }

  // ---- room ----

  /** The tick that evidence fades by: no source's clock alone moves it. */
  private long credible(long tick) {
    long mark = watermark.micros();
    return mark == Watermark.NONE ? tick : Math.min(tick, Tick.of(mark));
  }

  /** A slot for a source that has none, or {@link ContactTable#NONE} if it must wait. */
  private int letIn(long key, long tick) {
    int slot = table.claim(key);
    if (slot != ContactTable.NONE) {
      return slot;
    }
    long now = credible(tick);
    int sightings = filter.sight(key) + 1;
    if (sightings == 1) {
      return takeOver(table.homeSlot(key), key, sightings, tick, now);
    }
    slot = takeOver(table.weakest(key, false, now), key, sightings, tick, now);
    return slot == ContactTable.NONE
        ? takeOver(table.weakest(key, true, now), key, sightings, tick, now)
        : slot;
  }

  private int takeOver(int slot, long key, int sightings, long tick, long now) {
    if (slot == ContactTable.NONE) {
      return slot;
    }
    long found = table.key(slot);
    long meta = table.meta(slot);
    boolean left = hasLeft(meta);
    boolean weaker = Meta.rank(meta) == Meta.RANK_ORDINARY && sightings > Meta.evidence(meta, now);
    if (!(left || weaker) || !table.seize(slot, found)) {
      return ContactTable.NONE;
    }
    Profile profile = table.takeProfile(slot);
    int given = table.give(slot, key, Meta.admitted(sightings, tick));
    if (!left) {
      evictedSources.increment();
    }
    if (profile != null) {
      drop(profile);
    }
    return given;
  }

  private boolean evict(int slot, long key) {
    if (!table.seize(slot, key)) {
      return false;
    }
    Profile profile = table.takeProfile(slot);
    table.vacate(slot);
    if (profile != null) {
      drop(profile);
    }
    return true;
  }

  /** Makes room for further contacts: evicts a source that has a profile, but not this one. */
  private boolean makeRoom(long own) {
    long mark = watermark.micros();
    long now = Tick.of(mark == Watermark.NONE ? latestMicros : mark);
    int slots = table.slots();
    int number = Math.min(slots, EVICTION_SLOTS);
    for (int tries = 0; tries < EVICTION_ROUNDS; tries++) {
      int from = Math.floorMod(evictionHand.getAndAdd(number), slots);
      int weakest = ContactTable.NONE;
      long weakestKey = own;
      long least = Long.MAX_VALUE;
      for (int i = 0; i < number; i++) {
        int slot = (from + i) % slots;
        long key = table.key(slot);
        long meta = table.meta(slot);
        long order = Meta.order(meta, now);
        if (Meta.hasProfile(meta)
            && Meta.rank(meta) == Meta.RANK_ORDINARY
            && order < least
            && table.holdsSource(slot)
            && key != own) {
          least = order;
          weakest = slot;
          weakestKey = key;
        }
      }
      if (weakest != ContactTable.NONE && evict(weakest, weakestKey)) {
        evictedSources.increment();
        return true;
      }
    }
    return false;
  }

  /** Makes room for sketches: evicts the oldest source with some but without an open incident. */
  private boolean makeSketchRoom() {
    for (int tries = 0; tries < EVICTION_TRIES; tries++) {
      Profile oldest = denseProfiles.poll();
      if (oldest == null) {
        break;
      }
      int slot = table.find(oldest.key());
      if (oldest.dense() == null || slot == ContactTable.NONE || table.profile(slot) != oldest) {
        continue;
      }
      if (Meta.rank(table.meta(slot)) == Meta.RANK_OPEN) {
        denseProfiles.add(oldest);
      } else if (evict(slot, oldest.key())) {
        evictedSources.increment();
        return true;
      }
    }
    reducedSources.increment();
    return false;
  }

  /** Makes room for evidence: drops the oldest dossier without an open incident, or contacts. */
  private boolean makeEvidenceRoom() {
    for (int tries = 0; tries < EVICTION_TRIES; tries++) {
      Dossier oldest = dossiers.poll();
      if (oldest == null) {
        break;
      }
      if (oldest.dropped()) {
        continue;
      }
      if (!oldest.incidents().open().isEmpty()) {
        dossiers.add(oldest);
      } else if (dropFromProfile(oldest)) {
        reducedSources.increment();
        return true;
      }
    }
    boolean shareFull = evidence.limit() - evidence.used() < Incident.BYTES;
    if (!shareFull && makeRoom(NOBODY)) {
      return true;
    }
    reducedSources.increment();
    return false;
  }

  /** Pays for an opening; if there is no other room, the oldest incident of another source ends. */
  private boolean endForRoom(long own, long bytes) {
    for (int tries = 0; tries < EVICTION_TRIES; tries++) {
      if (evidence.reserve(bytes)) {
        return true;
      }
      boolean ended = false;
      for (Incident oldest : open) {
        if (oldest.isOpen() && oldest.dossier().key() != own) {
          end(oldest, EndReason.EVICTED, Math.max(latestMicros, oldest.lastSeen()));
          ended = true;
          break;
        }
      }
      if (!ended) {
        return false;
      }
    }
    return false;
  }

  private boolean dropFromProfile(Dossier dossier) {
    int slot = table.find(dossier.key());
    Profile profile = slot == ContactTable.NONE ? null : table.profile(slot);
    if (profile == null || profile.dossier() != dossier || !profile.takeDossier(dossier)) {
      return false;
    }
    drop(dossier);
    rank(slot, dossier.key(), Meta.RANK_ORDINARY);
    return true;
  }

  // ---- questions ----

  /**
   * The engine's counters.
   *
   * @param listenerFailures the one that others count
   * @return the counters now
   */
  public DetectorStats stats(long listenerFailures) {
    long sources = 0;
    long contacts = 0;
    Recount recount = workingMemory.take();
    for (int slot = 0; slot < table.slots(); slot++) {
      long meta = table.meta(slot);
      if (!table.holdsSource(slot) || hasLeft(meta)) {
        continue;
      }
      sources++;
      Profile profile = Meta.hasProfile(meta) ? table.profile(slot) : null;
      long latest = Meta.tick(meta);
      recount.take(gather(recount.words(), slot, profile, Tick.stamp(latest)), latest);
      contacts += recount.distinctPairs();
    }
    workingMemory.giveBack(recount);
    long opened = incidentsOpened.sum();
    return new DetectorStats(
        events.sum(),
        lateEvents.sum(),
        futureEvents.sum(),
        ignoredEvents.sum(),
        refusedEvents.sum(),
        sources,
        contacts,
        opened,
        Math.max(0, opened - incidentsEnded.sum()),
        evictedSources.sum(),
        reducedSources.sum(),
        listenerFailures);
  }

  /**
   * What is known of a source.
   *
   * @param source the source
   * @return the report, or null where nothing is known
   */
  public @Nullable SourceReport inspect(IpAddress source) {
    long key = hash.of(source.high(), source.low());
    List<SourceReport> apart = new ArrayList<>();
    for (int entry = 0; entry < allowances.size(); entry++) {
      SourceReport report =
          report(hash.apart(key, entry), source, allowances.label(entry), List.of());
      if (report != null) {
        apart.add(report);
      }
    }
    SourceReport own = report(key, source, null, apart);
    return own != null || apart.isEmpty()
        ? own
        : new SourceReport(
            source,
            null,
            apart.get(0).latestMicros(),
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            apart);
  }

  /**
   * What each rule counts of an event's source now, on the event's service, on its destination, or
   * over all: what is held against the threshold.
   *
   * @param event the event, which has been observed
   * @return the counts in the order of the rules; none where an entry covers the event, or nothing
   *     is known of the source
   */
  public List<Reason> counts(ConnectionEvent event) {
    long key = hash.of(event.sourceHigh(), event.sourceLow());
    int slot = allowances.find(event) == Allowances.NONE ? table.find(key) : ContactTable.NONE;
    if (slot == ContactTable.NONE) {
      return List.of();
    }
    long meta = table.meta(slot);
    Profile profile = profile(slot, key, meta);
    if (table.key(slot) != key || hasLeft(meta)) {
      return List.of();
    }
    int host = hash.hostCode(event.destinationHigh(), event.destinationLow());
    int service = Service.of(event);
    Dossier.Incidents incidents = incidents(profile);
    DenseProfile dense = profile == null ? null : profile.dense();
    ConnectionCounts connections = profile == null ? null : profile.connections();
    long latest = Meta.tick(meta);
    int now = Tick.stamp(latest);
    boolean internal = Meta.internal(meta);
    List<Reason> counts = new ArrayList<>(rules.all().length);
    Recount recount = workingMemory.take();
    recount.take(gather(recount.words(), slot, profile, now), latest);
    for (CompiledRule rule : rules.all()) {
      int group = rule.measure == Measure.HOSTS_ON_SERVICE ? service : host;
      long number;
      if (rule.measure == Measure.CONNECTIONS) {
        number = connections(connections, rule, incidents, latest);
      } else if (dense == null) {
        number = recount.count(rule, group, incidents);
      } else {
        number = sketched(dense, rule, group, now, limit(rule, incidents, latest));
      }
      counts.add(
          new Reason(
              rule.rule.name(), number, rule.threshold(internal), rule.rule.windowSeconds()));
    }
    workingMemory.giveBack(recount);
    return counts;
  }

  /**
   * The sources closest to an alert.
   *
   * @param n how many at most
   * @return reports, the closest first
   */
  public List<SourceReport> top(int n) {
    Set<IpAddress> sources = new LinkedHashSet<>();
    for (Dossier dossier : dossiers) {
      if (!dossier.dropped()) {
        sources.add(dossier.source());
      }
    }
    List<SourceReport> reports = new ArrayList<>();
    for (IpAddress source : sources) {
      SourceReport report = inspect(source);
      if (report != null) {
        reports.add(report);
      }
    }
    reports.sort(
        Comparator.comparingDouble(SourceReport::closeness)
            .reversed()
            .thenComparing(SourceReport::source));
    return List.copyOf(reports.subList(0, Math.min(n, reports.size())));
  }

  private @Nullable SourceReport report(
      long key, IpAddress source, @Nullable String authorisedBy, List<SourceReport> apart) {
    int slot = table.find(key);
    if (slot == ContactTable.NONE) {
      return null;
    }
    long meta = table.meta(slot);
    Profile profile = profile(slot, key, meta);
    if (table.key(slot) != key || hasLeft(meta)) {
      return null;
    }
    Dossier.Incidents incidents = incidents(profile);
    DenseProfile dense = profile == null ? null : profile.dense();
    long latest = Meta.tick(meta);
    int now = Tick.stamp(latest);
    boolean internal = Meta.internal(meta);
    Recount recount = workingMemory.take();
    recount.take(gather(recount.words(), slot, profile, now), latest);
    List<RuleReading> readings = new ArrayList<>();
    for (CompiledRule rule : rules.all()) {
      if (rule.measure == Measure.CONNECTIONS) {
        long number =
            profile == null ? 0 : connections(profile.connections(), rule, incidents, latest);
        readings.add(Readings.ofConnections(rule, internal, incidents, number));
      } else if (dense == null) {
        readings.add(Readings.of(rule, internal, incidents, recount));
      } else {
        readings.add(
            Readings.of(rule, internal, incidents, dense, now, limit(rule, incidents, latest)));
      }
    }
    long contacts = recount.distinctPairs();
    long hosts = recount.distinctHosts();
    long services = recount.distinctServices();
    if (dense != null) {
      contacts = sketched(dense, Dimension.PAIRS, now);
      hosts = sketched(dense, Dimension.HOSTS, now);
      services = sketched(dense, Dimension.SERVICES, now);
    }
    workingMemory.giveBack(recount);
    return new SourceReport(
        source,
        authorisedBy,
        Tick.micros(latest),
        contacts,
        hosts,
        services,
        dense == null ? 0 : CouponMatrix.RELATIVE_ERROR,
        readings,
        incidents.open().stream().map(DetectionEngine::toldAs).toList(),
        incidents.open().stream().filter(Incident::muted).map(DetectionEngine::toldAs).toList(),
        apart);
  }

  private static String toldAs(Incident incident) {
    Incident leader = incident.leader();
    return leader == null ? incident.id() : leader.id();
  }

  private static long sketched(DenseProfile dense, Dimension dimension, int now) {
    return Math.round(dense.view(dimension, false).count(now, Tick.HORIZON));
  }

  /**
   * The distinct items that a source touched, as the image of an {@code HllSketch}.
   *
   * @param source the source
   * @param dimension what is counted
   * @param failedOnly whether only failed contacts count
   * @param windowTicks the window's length; it ends at the source's latest tick
   * @return the image; that of an empty sketch where nothing is known
   */
  public byte[] sketch(IpAddress source, Dimension dimension, boolean failedOnly, int windowTicks) {
    byte[] registers = new byte[CouponMatrix.ROWS];
    long key = hash.of(source.high(), source.low());
    int slot = table.find(key);
    if (slot == ContactTable.NONE) {
      return HllImage.of(registers);
    }
    long meta = table.meta(slot);
    Profile profile = profile(slot, key, meta);
    DenseProfile dense = profile == null ? null : profile.dense();
    int now = Tick.stamp(Meta.tick(meta));
    if (dense != null) {
      dense.view(dimension, failedOnly).registers(now, windowTicks, registers);
      return HllImage.of(registers);
    }
    long[] words = new long[Recount.CAPACITY];
    int number = gather(words, slot, profile, now);
    for (int i = 0; i < number; i++) {
      long contact = words[i] >>> ContactKey.STAMP_BITS;
      boolean inWindow = Tick.age(now, (int) words[i] & 0xffff) < windowTicks;
      if (inWindow && (!failedOnly || ContactKey.failed(contact))) {
        int coupon = CouponMatrix.coupon(item(dimension, contact));
        int row = coupon >>> 4;
        registers[row] = (byte) Math.max(registers[row], (coupon & 15) + 1);
      }
    }
    return HllImage.of(registers);
  }

  private static long item(Dimension dimension, long contact) {
    return switch (dimension) {
      case HOSTS -> ContactKey.host(contact);
      case SERVICES -> ContactKey.service(contact);
      case PAIRS -> ContactKey.pair(contact);
    };
  }

  // ---- snapshots ----

  /**
   * Writes all that the future depends on; see {@link EngineSnapshot}.
   *
   * @param out takes it
   * @throws IOException if that does
   */
  public void snapshot(OutputStream out) throws IOException {
    new EngineSnapshot(this, parts(), out).write();
  }

  /**
   * Takes over what {@link #snapshot} wrote; to be called first of all, and by nobody else
   * meanwhile. If it throws, this engine is of no use any more.
   *
   * @param in the snapshot, of which all is read
   * @throws SnapshotException if it does not fit
   * @throws IOException if the stream throws
   */
  public void restore(InputStream in) throws IOException {
    new EngineRestore(this, parts(), this::drop, in).read();
  }

  private EngineParts parts() {
    return new EngineParts(
        policy,
        localNetworks,
        memoryBudget,
        hash,
        rules,
        densePlan,
        table,
        filter,
        context.services(),
        objects,
        sketches,
        evidence,
        dossiers,
        denseProfiles,
        open,
        decoys,
        joint,
        events,
        incidentsOpened,
        incidentsEnded,
        List.of(
            lateEvents,
            futureEvents,
            ignoredEvents,
            refusedEvents,
            evictedSources,
            reducedSources));
  }

  /** Writes what is kept of time, and whose turn it is to leave. */
  void writeMoment(SnapshotOutput out) throws IOException {
    watermark.write(out);
    context.writeUplink(out);
    out.putLong(latestMicros);
    out.putLong(sweepDue);
    out.putLong(deadline);
    out.putInt(evictionHand.get());
    out.putInt(expiryHand);
  }

  /** Reads that; to be called once incidents are known. */
  void readMoment(SnapshotInput in) throws IOException {
    watermark.read(in);
    context.readUplink(in);
    latestMicros = in.anyLong();
    sweepDue = in.anyLong();
    deadline = in.anyLong();
    evictionHand.set(in.anyInt());
    expiryHand = in.number(0, table.slots() - 1);
    for (Incident incident : open) {
      lowerDeadline(incident.lastSeen() + idleMicros);
      if (incident.company() != Incident.Company.DECOYS) {
        openOfSeveral.incrementAndGet();
      }
    }
  }

  Incident.Restored readIncident(SnapshotInput in, Dossier dossier) throws IOException, NoRoom {
    return Incident.read(in, dossier, insideNetworks, incidentTerms, evidence);
  }

  Incident goneIncident(String id, Dossier dossier, long lastSeen) {
    return Incident.gone(id, dossier, lastSeen, insideNetworks, evidence);
  }

  /** Makes the next contact of every source be counted. */
  void countAllAgain() {
    for (int slot = 0; slot < table.slots(); slot++) {
      long meta = table.meta(slot);
      table.replaceMeta(slot, meta, Meta.withoutSlack(meta));
      Profile profile = table.profile(slot);
      DenseProfile dense = profile == null ? null : profile.dense();
      if (dense != null) {
        // The sketches may have been about to take these.
        addContacts(dense, slot, profile, Tick.stamp(Meta.tick(meta)));
      }
      ConnectionCounts connections = profile == null ? null : profile.connections();
      if (connections != null) {
        connections.voidSlack();
      }
    }
  }

  // ---- events ----

  private boolean isInternal(ConnectionEvent event) {
    Locality locality = event.sourceLocality();
    return locality == Locality.LOCAL
        || (locality == Locality.UNSPECIFIED
            && insideNetworks.contain(event.sourceHigh(), event.sourceLow()));
  }

  private boolean isInside(ConnectionEvent event) {
    Locality locality = event.destinationLocality();
    return locality == Locality.LOCAL
        || (locality == Locality.UNSPECIFIED
            && insideNetworks.contain(event.destinationHigh(), event.destinationLow()));
  }

  private static boolean isPointToPoint(ConnectionEvent event) {
    return event.initiatorCertain()
        && isOneHost(event.sourceHigh(), event.sourceLow())
        && isOneHost(event.destinationHigh(), event.destinationLow());
  }

  private static boolean isOneHost(long high, long low) {
    return !IpAddress.isGroup(high, low) && !IpAddress.isLoopbackOrUnspecified(high, low);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
