package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.explain.AttackTechnique;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One scan by one source, from the rule that opened it to its end: the contacts that its rules
 * counted once each, then every connection that belongs to the scan. Hosts are exact up to {@value
 * ContactBlock#MAX_ENTRIES}, then estimated; services are exact.
 *
 * <p>Thread-safe; lock-free. An incident is published in its {@link Dossier} before the contacts of
 * the opening are gathered. A thread that brings a contact writes it before it reads the open
 * incidents. So each contact is seen by the one or by the other, and counts of distinct things miss
 * none; the number of connections may count twice what came at that moment.
 */
final class Incident {
  /** What it takes of the budget at first. */
  static final long BYTES = 1_100 + ServiceSet.BYTES + EvidenceList.BYTES;

  private static final int MAX_SENSORS = 16;

  /** The greatest confidence where any but one of the sources may be a decoy. */
  private static final int AMONG_DECOYS = 50;

  /** How an incident comes to have several sources. */
  enum Company {
    /** One source; others that seem to scan alike may be its decoys, or it theirs. */
    DECOYS(16),
    /** One source that changes its address within a network. */
    ADDRESSES(16),
    /** Several sources that share out a scan. */
    SHARED(255);

    private final int most;

    Company(int most) {
      this.most = most;
    }
  }

  private static final List<Company> COMPANIES = List.of(Company.values());

  private static final int MAX_TARGETS = 20;

  /** Of further services or hosts that are scanned, an update tells after so long. */
  private static final long WIDER_AFTER_MICROS = 60_000_000;

  /** In the count of alerts: the incident has ended. */
  private static final long ENDED = 1L << 62;

  private static final VarHandle SHAPE;
  private static final VarHandle CONNECTIONS;
  private static final VarHandle FAILED;
  private static final VarHandle UNKNOWN;
  private static final VarHandle FIRST_SEEN;
  private static final VarHandle LAST_SEEN;
  private static final VarHandle ALERTS;
  private static final VarHandle RUNG;
  private static final VarHandle TOLD_AT;
  private static final VarHandle SENSORS;
  private static final VarHandle COMPANIONS;
  private static final VarHandle UNLISTED;
  private static final VarHandle TARGET_NETWORK;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SHAPE = lookup.findVarHandle(Incident.class, "shape", Shape.class);
      CONNECTIONS = lookup.findVarHandle(Incident.class, "connections", long.class);
      FAILED = lookup.findVarHandle(Incident.class, "failed", long.class);
      UNKNOWN = lookup.findVarHandle(Incident.class, "unknown", long.class);
      FIRST_SEEN = lookup.findVarHandle(Incident.class, "firstSeen", long.class);
      LAST_SEEN = lookup.findVarHandle(Incident.class, "lastSeen", long.class);
      ALERTS = lookup.findVarHandle(Incident.class, "alerts", long.class);
      TOLD_AT = lookup.findVarHandle(Incident.class, "toldAt", long.class);
      RUNG = lookup.findVarHandle(Incident.class, "rung", int.class);
      SENSORS = lookup.findVarHandle(Incident.class, "sensors", List.class);
      COMPANIONS = lookup.findVarHandle(Incident.class, "companions", List.class);
      UNLISTED = lookup.findVarHandle(Incident.class, "unlistedServices", long.class);
      TARGET_NETWORK = lookup.findVarHandle(Incident.class, "targetNetwork", TargetNetwork.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String id;
  private final Dossier dossier;
  private final IpAddress source;
  private final Company company;
  // Set once, before others know of it.
  private @Nullable Incident leader;
  private final boolean internal;
  private final boolean muted;
  private final @Nullable String authorisedBy;
  private final IncidentTerms terms;
  private final long detectedAt;
  private final ByteBudget budget;
  private final DistinctItems targets = new DistinctItems(true);
  private final ServiceSet services;
  private final EvidenceList evidence;
  // Contacts that a rule counted and whose addresses are forgotten.
  private final AtomicLong unnoted = new AtomicLong();
  private final AtomicReferenceArray<IpAddress> sample = new AtomicReferenceArray<>(MAX_TARGETS);
  private volatile Shape shape;
  // Null until the first address is known.
  private volatile @Nullable TargetNetwork targetNetwork;
  private volatile List<String> sensors = List.of();
  private volatile List<IpAddress> companions = List.of();
  private volatile long connections;
  private volatile long failed;
  private volatile long unknown;
  private volatile long firstSeen;
  private volatile long lastSeen;
  private volatile long alerts;
  private volatile long unlistedServices;
  // A rule has joined: the next event may find it on a higher rung.
  private volatile boolean joined;
  private volatile int rung;
  private volatile long toldAt;

  /**
   * An incident that nobody knows of yet.
   *
   * @param id its name
   * @param dossier the source's
   * @param source the source of the event that opens it
   * @param company how it may come to have more sources
   * @param leader the incident that this one is told with, or null
   * @param internal whether the source is inside
   * @param insideNetworks what else is, where events do not say
   * @param shape what the opening rule says
   * @param terms what the policy says of it
   * @param detectedAt the latest of the contacts that the rule counted
   * @param muted whether it repeats one that ended a short time ago
   * @param authorisedBy the policy's entry that allows it, or null
   * @param budget pays for its targets and services
   */
  Incident(
      String id,
      Dossier dossier,
      IpAddress source,
      Company company,
      @Nullable Incident leader,
      boolean internal,
      InsideNetworks insideNetworks,
      Shape shape,
      IncidentTerms terms,
      long detectedAt,
      boolean muted,
      @Nullable String authorisedBy,
      ByteBudget budget) {
    this.id = id;
    this.dossier = dossier;
    this.source = source;
    this.company = company;
    this.leader = leader;
    this.internal = internal;
    this.shape = shape;
    this.terms = terms;
    this.detectedAt = detectedAt;
    this.muted = muted;
    this.authorisedBy = authorisedBy;
    this.budget = budget;
    services = new ServiceSet(budget);
    evidence = new EvidenceList(internal, insideNetworks, budget);
    toldAt = detectedAt;
    firstSeen = detectedAt;
    lastSeen = detectedAt;
  }

  String id() {
    return id;
  }

  Dossier dossier() {
    return dossier;
  }

  /** The incident that this one is told with; null for one that is told by itself. */
  @Nullable Incident leader() {
    return leader;
  }

  /** Makes it one that is told with another; before others know of it. */
  void follow(Incident other) {
    leader = other;
  }

  /** Whether it repeats one that ended a short time before. */
  boolean muted() {
    return muted;
  }

  /** When the last of the contacts that the opening rule counted came. */
  long detectedAt() {
    return detectedAt;
  }

  Company company() {
    return company;
  }

  /**
   * Adds a source that takes part; false if there are too many, or the incident has ended, or is
   * authorised: what is allowed to one source must not hide another.
   */
  boolean accompany(IpAddress another) {
    while (true) {
      List<IpAddress> before = companions;
      if (another.equals(source) || before.contains(another)) {
        return !hasEnded();
      }
      if (before.size() == company.most || authorisedBy != null || hasEnded()) {
        return false;
      }
      List<IpAddress> after = new ArrayList<>(before);
      after.add(another);
      if (COMPANIONS.compareAndSet(this, before, List.copyOf(after))) {
        return true;
      }
    }
  }

  /** Whether a source is among those that it lists. */
  boolean names(IpAddress address) {
    return address.equals(source) || companions.contains(address);
  }

  /** Whether a service is among those that were touched. */
  boolean touched(int service) {
    return services.has(service);
  }

  Shape shape() {
    return shape;
  }

  /** How many sources it names. */
  int sources() {
    return companions.size() + 1;
  }

  /** Whether more hosts or services are scanned than before, and nothing was told of late. */
  boolean mayTellOf(Shape before, long micros) {
    long told = toldAt;
    return shape.isWiderThan(before)
        && micros - told >= WIDER_AFTER_MICROS
        && TOLD_AT.compareAndSet(this, told, micros);
  }

  /** Lets a further rule join; false if another has meanwhile. */
  boolean join(Shape before, Shape after) {
    return SHAPE.compareAndSet(this, before, after);
  }

  ScanType type() {
    return shape.type(targetCount(), serviceCount());
  }

  long firstSeen() {
    return firstSeen;
  }

  long lastSeen() {
    return lastSeen;
  }

  /** Whether its opening has been told, and its end has not. */
  boolean isOpen() {
    long told = alerts;
    return told > 0 && told < ENDED;
  }

  /** Whether its end has been told. */
  boolean hasEnded() {
    return alerts >= ENDED;
  }

  /**
   * Takes in contacts that a rule counted.
   *
   * @param words the contacts, key << 16 | age in ticks
   * @param number how many
   * @param latest the tick that ages are relative to
   * @param before what it was before the rule spoke, or null at its opening; what belonged to that
   *     has been counted before
   */
  void count(long[] words, int number, long latest, @Nullable Shape before) {
    joined = before != null;
    for (int i = 0; i < number; i++) {
      long contact = words[i] >>> ContactKey.STAMP_BITS;
      int host = ContactKey.host(contact);
      int service = ContactKey.service(contact);
      boolean isFailed = ContactKey.failed(contact);
      if (before == null || !before.belongs(host, service, isFailed)) {
        CONNECTIONS.getAndAdd(this, 1L);
        unnoted.getAndIncrement();
        FAILED.getAndAdd(this, isFailed ? 1L : 0L);
        UNKNOWN.getAndAdd(this, ContactKey.unknown(contact) ? 1L : 0L);
      }
      long tick = latest - (words[i] & 0xffff);
      touch(host, service, tick, latest);
      seen(Tick.micros(tick));
    }
  }

  /**
   * Takes in what a rule counted of a source with too many contacts to list.
   *
   * @param hosts the hosts, or null for the one that the rule spoke of
   * @param items the services, or null for the one that the rule spoke of
   * @param group the host or service that the rule spoke of
   * @param number how many contacts, about
   * @param outcome how all of them ended, as far as that is known
   * @param latest the end of the window, a tick
   * @param window the window's length in ticks
   * @param scratch room for {@link ContactBlock#MAX_ENTRIES} words
   */
  void count(
      @Nullable DistinctItems hosts,
      @Nullable DistinctItems items,
      int group,
      long number,
      int outcome,
      long latest,
      int window,
      long[] scratch) {
    int now = Tick.stamp(latest);
    if (hosts != null) {
      targets.addAll(hosts, now, window, budget);
    } else if (items != null) {
      targets.touch(group, CouponMatrix.coupon(group), now, now, budget);
    }
    if (items != null) {
      int listed = items.copyItems(scratch, now, window);
      for (int i = 0; i < listed; i++) {
        services.add((int) scratch[i]);
      }
      if (listed < 0) {
        raise(UNLISTED, Math.round(items.count(now, window)));
      }
    } else if (hosts != null) {
      services.add(group);
    }
    CONNECTIONS.getAndAdd(this, number);
    unnoted.getAndAdd(number);
    FAILED.getAndAdd(this, outcome == ContactKey.FAILED ? number : 0);
    UNKNOWN.getAndAdd(this, outcome == ContactKey.UNKNOWN ? number : 0);
    seen(Math.max(dossier.sinceMicros(), Tick.micros(latest - window)));
    seen(Tick.micros(latest));
  }

  /**
   * Takes in an event if it belongs to the scan. Use of a service that answered before does not, as
   * long as hosts are told apart.
   *
   * @param latest the source's latest tick
   * @return whether the incident has reached the next rung of the ladder
   */
  boolean accept(ConnectionEvent event, long contact, long latest) {
    Shape now = shape;
    int host = ContactKey.host(contact);
    int service = ContactKey.service(contact);
    boolean isFailed = ContactKey.failed(contact);
    if (!now.belongs(host, service, isFailed)) {
      if (EvidenceList.isAnswered(event)) {
        noteAside(event.destinationHigh(), event.destinationLow(), host, service);
      }
      return false;
    }
    if (company == Company.ADDRESSES) {
      accompany(event.source());
    }
    cover(event.destinationHigh(), event.destinationLow());
    boolean isNew = touch(host, service, Tick.of(event.timeMicros()), latest);
    boolean ordinaryUse =
        event.outcome() == Outcome.ESTABLISHED && event.probe() == Probe.NONE && !now.everything();
    if (!isNew && ordinaryUse && targets.exact()) {
      return false;
    }
    CONNECTIONS.getAndAdd(this, event.count());
    if (isFailed) {
      FAILED.getAndAdd(this, event.count());
    } else if (ContactKey.unknown(contact)) {
      UNKNOWN.getAndAdd(this, event.count());
    }
    seen(event.timeMicros());
    noteSensor(event);
    if (isNew && targets.exact()) {
      evidence.noteOrder(event);
    }
    if (isNew && sample.getPlain(MAX_TARGETS - 1) == null) {
      sample(event.destination());
    }
    if (!isNew && !joined) {
      return false;
    }
    joined = false;
    return climb();
  }

  /** Notes a contact; says whether its host or its service is new here. */
  private boolean touch(int host, int service, long tick, long latest) {
    int now = Tick.stamp(latest);
    int age = targets.touch(host, CouponMatrix.coupon(host), Tick.stamp(tick), now, budget);
    boolean newService = services.add(service);
    return newService || age == ContactBlock.NEW;
  }

  /** The network that its targets are in, as far as their addresses are known. */
  @Nullable TargetNetwork targetNetwork() {
    return targetNetwork;
  }

  private void cover(long high, long low) {
    while (true) {
      TargetNetwork before = targetNetwork;
      if (before != null && before.contains(high, low)) {
        return;
      }
      TargetNetwork after = before == null ? TargetNetwork.of(high, low) : before.with(high, low);
      if (TARGET_NETWORK.compareAndSet(this, before, after)) {
        return;
      }
    }
  }

  /** Remembers a target, as long as there is room. */
  void sample(IpAddress target) {
    cover(target.high(), target.low());
    evidence.noteTarget(target.high(), target.low());
    for (int i = 0; i < MAX_TARGETS; i++) {
      IpAddress there = sample.get(i);
      if (there == null && sample.compareAndSet(i, null, target)) {
        return;
      }
      if (target.equals(sample.get(i))) {
        return;
      }
    }
  }

  /**
   * Notes an answer that no rule counts. Rules over pairs count failures: of a service that they
   * found to fail elsewhere in the network, or of a host that failed to answer otherwise, an answer
   * is a probe that succeeded; any other may be ordinary use.
   */
  void noteAside(long high, long low, int host, int service) {
    if (shape.family() == Family.BOTH
        && (touched(service) ? evidence.isNear(high, low) : isTarget(host))) {
      evidence.noteAnswer(high, low, Service.port(service), Service.protocol(service));
    }
  }

  private boolean isTarget(int host) {
    return targets.exact() && targets.has(host, Tick.stamp(Tick.of(lastSeen)));
  }

  /** Takes in a contact that a rule counted and whose address is still known. */
  void recall(IpAddress target, int service, boolean answered) {
    unnoted.getAndDecrement();
    sample(target);
    if (answered) {
      evidence.noteAnswer(
          target.high(), target.low(), Service.port(service), Service.protocol(service));
    }
  }

  /** Remembers what an event shows beyond a contact, and what reported it. */
  void noteSensor(ConnectionEvent event) {
    evidence.note(event);
    String sensor = event.sensor();
    Incident other = leader;
    if (other != null && sensor != null) {
      other.addSensor(sensor);
    }
    if (sensor != null) {
      addSensor(sensor);
    }
  }

  private void addSensor(String sensor) {
    while (true) {
      List<String> before = sensors;
      if (before.contains(sensor) || before.size() == MAX_SENSORS) {
        return;
      }
      List<String> after = new ArrayList<>(before);
      after.add(sensor);
      Collections.sort(after);
      if (SENSORS.compareAndSet(this, before, List.copyOf(after))) {
        return;
      }
    }
  }

  /** Notes a time at which it was seen. */
  void seen(long micros) {
    raise(LAST_SEEN, micros);
    long before = firstSeen;
    while (micros < before && !FIRST_SEEN.compareAndSet(this, before, micros)) {
      before = firstSeen;
    }
  }

  private void raise(VarHandle word, long value) {
    long before = (long) word.getVolatile(this);
    while (value > before && !word.compareAndSet(this, before, value)) {
      before = (long) word.getVolatile(this);
    }
  }

  /** Moves up the ladder as far as it has come; says whether it did. */
  boolean climb() {
    boolean climbed = false;
    int at = rung;
    while (at < terms.ladder().size() && extent() >= terms.ladder().get(at)) {
      climbed |= RUNG.compareAndSet(this, at, at + 1);
      at = rung;
    }
    return climbed;
  }

  /** Its first alert. To be called once, by the thread that made it known. */
  ScanAlert opened() {
    ScanAlert alert = describe(1, ScanAlert.State.OPENED).build();
    alerts = 1;
    return alert;
  }

  /** An alert in between, or null before the first and after the last. */
  @Nullable ScanAlert updated() {
    while (true) {
      long told = alerts;
      if (told == 0 || told >= ENDED) {
        return null;
      }
      if (ALERTS.compareAndSet(this, told, told + 1)) {
        return describe(told + 1, ScanAlert.State.UPDATED).build();
      }
    }
  }

  /** Its last alert, or null if there was one already, or not yet a first. */
  @Nullable ScanAlert ended(EndReason reason, long atMicros) {
    while (true) {
      long told = alerts;
      if (told == 0 || told >= ENDED) {
        return null;
      }
      if (ALERTS.compareAndSet(this, told, ENDED)) {
        return describe(told + 1, ScanAlert.State.ENDED)
            .endReason(reason)
            .endedAtMicros(atMicros)
            .build();
      }
    }
  }

  /** Writes all but its dossier, to be read where that is known. */
  void write(SnapshotOutput out) throws IOException {
    Incident other = leader;
    out.putText(id);
    out.putText(other == null ? "" : other.id);
    out.putLong(source.high());
    out.putLong(source.low());
    out.putByte(COMPANIES.indexOf(company));
    out.putFlag(internal);
    out.putFlag(muted);
    out.putText(authorisedBy == null ? "" : authorisedBy);
    out.putLong(detectedAt);
    out.putLong(alerts);
    out.putLong(connections);
    out.putLong(failed);
    out.putLong(unknown);
    out.putLong(unnoted.get());
    out.putLong(firstSeen);
    out.putLong(lastSeen);
    out.putLong(toldAt);
    out.putLong(unlistedServices);
    out.putFlag(joined);
    out.putInt(rung);
    write(out, targetNetwork);
    shape.write(out);
    targets.write(out);
    services.write(out);
    evidence.write(out);
    List<String> names = sensors.stream().filter(out::admits).toList();
    out.putByte(names.size());
    for (String name : names) {
      out.putText(name);
    }
    write(out, companions);
    List<IpAddress> some = new ArrayList<>();
    for (int i = 0; i < MAX_TARGETS; i++) {
      IpAddress target = sample.get(i);
      if (target != null) {
        some.add(target);
      }
    }
    write(out, some);
  }

  /** Writes a network, or that there is none. */
  static void write(SnapshotOutput out, @Nullable TargetNetwork targetNetwork) throws IOException {
    out.putFlag(targetNetwork != null);
    if (targetNetwork != null) {
      targetNetwork.write(out);
    }
  }

  private static void write(SnapshotOutput out, List<IpAddress> addresses) throws IOException {
    out.putByte(addresses.size());
    for (IpAddress address : addresses) {
      out.putLong(address.high());
      out.putLong(address.low());
    }
  }

  /** What is read of an incident: it, and the id of its leader, empty for none. */
  record Restored(Incident incident, String leader) {}

  /**
   * Reads an incident that is open, or was until just before it was written. If there is no room
   * for all of it, nothing stays taken.
   *
   * @param dossier the source's
   * @param insideNetworks what else is inside, where events do not say
   * @param terms what the policy says of it
   * @param budget pays for it
   */
  static Restored read(
      SnapshotInput in,
      Dossier dossier,
      InsideNetworks insideNetworks,
      IncidentTerms terms,
      ByteBudget budget)
      throws IOException, NoRoom {
    String id = in.text();
    String leaderId = in.text();
    IpAddress source = new IpAddress(in.anyLong(), in.anyLong());
    Company company = COMPANIES.get(in.number(COMPANIES.size() - 1));
    boolean internal = in.flag();
    boolean muted = in.flag();
    String authorisedBy = in.text();
    long detectedAt = in.anyLong();
    long alerts = in.anyLong();
    SnapshotInput.check(alerts > 0 && alerts <= ENDED, "an incident was never told of");
    in.pay(budget, price(company));
    Incident incident =
        new Incident(
            id,
            dossier,
            source,
            company,
            null,
            internal,
            insideNetworks,
            Shape.NONE,
            terms,
            detectedAt,
            muted,
            authorisedBy.isEmpty() ? null : authorisedBy,
            budget);
    incident.alerts = alerts;
    try {
      incident.readCounts(in);
    } catch (NoRoom e) {
      incident.drop();
      throw e;
    }
    return new Restored(incident, leaderId);
  }

  private void readCounts(SnapshotInput in) throws IOException, NoRoom {
    connections = in.count();
    failed = in.count();
    unknown = in.count();
    unnoted.set(in.anyLong());
    firstSeen = in.anyLong();
    lastSeen = in.anyLong();
    toldAt = in.anyLong();
    unlistedServices = in.count();
    joined = in.flag();
    rung = in.number(0, terms.ladder().size());
    targetNetwork = in.flag() ? TargetNetwork.read(in) : null;
    shape = Shape.read(in);
    targets.read(in, budget);
    services.read(in);
    evidence.read(in);
    List<String> names = new ArrayList<>();
    for (int left = in.number(MAX_SENSORS); left > 0; left--) {
      names.add(in.text());
    }
    sensors = List.copyOf(names);
    companions = addresses(in, company.most);
    addresses(in, MAX_TARGETS).forEach(this::sample);
  }

  private static List<IpAddress> addresses(SnapshotInput in, int most) throws IOException {
    List<IpAddress> addresses = new ArrayList<>();
    for (int left = in.number(most); left > 0; left--) {
      addresses.add(new IpAddress(in.anyLong(), in.anyLong()));
    }
    return List.copyOf(addresses);
  }

  /** One that has ended: of it only a name, and when it was seen last, is of use. */
  static Incident gone(
      String id, Dossier dossier, long lastSeen, InsideNetworks insideNetworks, ByteBudget budget) {
    Incident gone =
        new Incident(
            id,
            dossier,
            dossier.source(),
            Company.DECOYS,
            null,
            false,
            insideNetworks,
            Shape.NONE,
            IncidentTerms.NONE,
            lastSeen,
            false,
            null,
            budget);
    gone.alerts = ENDED;
    return gone;
  }

  /** Gives back what it takes of the budget. To be called once, after its end. */
  void drop() {
    targets.drop(budget);
    services.drop();
    evidence.drop();
    // The dossier of a source belongs to its profile.
    budget.release(price(company));
  }

  private static long price(Company company) {
    return company == Company.SHARED ? BYTES + Dossier.BYTES : BYTES;
  }

  private ScanAlert.Builder describe(long seq, ScanAlert.State state) {
    PortList ports = PortList.of(services);
    long targetCount = targetCount();
    long serviceCount = serviceCount();
    long connectionCount = connections;
    long failedCount = failed;
    boolean estimated = !targets.exact() || serviceCount > services.size();
    Shape now = shape;
    List<IpAddress> sources = new ArrayList<>();
    sources.add(source);
    sources.addAll(companions);
    List<Reason> reasons = new ArrayList<>(now.reasons());
    int confidence = confidence(now, connectionCount, failedCount);
    if (company == Company.DECOYS && sources.size() > 1) {
      reasons.add(Decoys.reason(sources.size(), terms.decoySeconds()));
      confidence = Math.min(confidence, AMONG_DECOYS);
    }
    List<IpAddress> someTargets = new ArrayList<>();
    for (int i = 0; i < MAX_TARGETS; i++) {
      IpAddress target = sample.get(i);
      if (target != null) {
        someTargets.add(target);
      }
    }
    if (2 * unknown >= connectionCount) {
      reasons.add(OutcomeReason.of(unknown, connectionCount));
    }
    ScanType type = now.type(targetCount, serviceCount);
    AttackTechnique technique = type.technique(internal);
    return ScanAlert.builder()
        .id(id)
        .seq(seq)
        .state(state)
        .type(type)
        .sources(sources)
        .sourceNetwork(
            company == Company.ADDRESSES ? new AddressBlock(source, terms.networkPrefix()) : null)
        .detectedAtMicros(detectedAt)
        .firstSeenMicros(firstSeen)
        .lastSeenMicros(lastSeen)
        .uniqueTargets(targetCount)
        .uniquePorts(serviceCount)
        .connections(connectionCount)
        .failed(failedCount)
        .estimated(estimated)
        .relativeError(estimated ? CouponMatrix.RELATIVE_ERROR : 0)
        .ports(ports.ranges())
        .portsTruncated(ports.truncated() || serviceCount > services.size())
        .protocols(ports.protocols())
        .targets(someTargets)
        .severity(severity(type, connectionCount - failedCount - unknown > 0))
        .confidence(confidence)
        .technique(technique.id())
        .tactic(technique.tacticId())
        .reasons(reasons)
        .sensors(sensors)
        .evidence(evidence.view(unnoted.get() <= 0 && !now.leavesOutAnswers()))
        .muted(muted)
        .authorisedBy(authorisedBy);
  }

  private Severity severity(ScanType type, boolean answered) {
    if (authorisedBy != null) {
      return Severity.LOW;
    }
    return SeverityRule.of(type, internal, terms.anySensitive(services), answered);
  }

  /**
   * From 50 where every contact succeeded to 80 where all failed, and 3 more for each doubling of
   * the extent beyond the lowest threshold that spoke.
   */
  private int confidence(Shape now, long connectionCount, long failedCount) {
    long least = Long.MAX_VALUE;
    for (Reason reason : now.reasons()) {
      least = Math.min(least, reason.threshold());
    }
    long doublings = 63L - Long.numberOfLeadingZeros(Math.max(1, extent() / least));
    long sure =
        50
            + 30 * Math.min(failedCount, connectionCount) / Math.max(1, connectionCount)
            + 3 * doublings;
    return (int) Math.min(99, sure);
  }

  private long targetCount() {
    return Math.round(targets.count(Tick.stamp(Tick.of(lastSeen)), Tick.HORIZON));
  }

  private long serviceCount() {
    return Math.max(services.size(), unlistedServices);
  }

  private long extent() {
    return Math.max(targetCount(), serviceCount());
  }
}
