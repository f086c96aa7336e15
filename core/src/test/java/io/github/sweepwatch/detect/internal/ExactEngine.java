package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.RuleReading;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The exact engine: every contact of every source in hash maps, counted again whenever a rule could
 * speak. It keeps to event time, and forgets the sources that were quiet longest when its budget of
 * contacts is used up.
 *
 * <p>Not thread-safe: the detector locks around it.
 */
public final class ExactEngine {
  private static final long MICROS = 1_000_000;
  private static final long HORIZON_MICROS = CountRule.MAX_WINDOW.toSeconds() * MICROS;

  // What the maps cost on a 64-bit heap with compressed references: 190 to 405 bytes a contact, by
  // how it spreads, and 1,180 for a source with one. An incident's own sets are charged as well.
  private static final long BYTES_PER_CONTACT = 400;
  private static final long CONTACTS_PER_SOURCE = 3;

  private final DetectionPolicy policy;
  private final LocalNetworks localNetworks;
  private final Consumer<ScanAlert> alerts;
  private final long maxContacts;
  private final long allowedLatenessMicros;
  private final long idleMicros;
  private final long maxDurationMicros;
  private final long muteMicros;
  private final List<CountRule> hostRules;
  private final List<CountRule> serviceRules;
  private final List<CountRule> wholeRules;
  private final boolean countsConnections;
  private final Watermark watermark = new Watermark(HORIZON_MICROS);
  private final ExactContext context = new ExactContext();
  // In the order of last arrival, the longest quiet first.
  private final LinkedHashMap<Counted, ExactProfile> profiles =
      new LinkedHashMap<>(1024, 0.75f, true);
  private final Set<ExactIncident> open = new LinkedHashSet<>();

  /** A source, by itself or under one of the policy's entries. */
  private record Counted(IpAddress source, @Nullable AuthorisedScanners entry) {}

  private long sweptTick = Long.MIN_VALUE;
  private long latestMicros;
  private long held;
  private long events;
  private long lateEvents;
  private long futureEvents;
  private long ignoredEvents;
  private long incidentsOpened;
  private long evictedSources;

  /**
   * An engine without any past.
   *
   * @param policy the rules and times
   * @param localNetworks what is inside where events do not say
   * @param memoryBudget bytes for what grows with traffic
   * @param alerts takes the alerts, in order
   */
  public ExactEngine(
      DetectionPolicy policy,
      LocalNetworks localNetworks,
      long memoryBudget,
      Consumer<ScanAlert> alerts) {
    this.policy = policy;
    this.localNetworks = localNetworks;
    this.alerts = alerts;
    maxContacts = Math.max(1, memoryBudget / BYTES_PER_CONTACT);
    allowedLatenessMicros = micros(policy.allowedLateness());
    idleMicros = micros(policy.idleTime());
    maxDurationMicros = micros(policy.maxDuration());
    muteMicros = micros(policy.muteTime());
    hostRules = rules(Measure.SERVICES_ON_HOST);
    serviceRules = rules(Measure.HOSTS_ON_SERVICE);
    wholeRules = rules(Measure.PAIRS, Measure.HOSTS, Measure.CONNECTIONS);
    countsConnections = !rules(Measure.CONNECTIONS).isEmpty();
  }

  /**
   * Takes an event.
   *
   * @param event the event
   */
  public void observe(ConnectionEvent event) {
    events++;
    long time = event.timeMicros();
    if (watermark.micros() != Watermark.NONE && time < watermark.micros() - allowedLatenessMicros) {
      lateEvents++;
      return;
    }
    IpAddress source = event.source();
    boolean future = watermark.isBeyond(time);
    watermark.hear(key(source), time);
    if (future) {
      futureEvents++;
    } else if (policy.everyEvent() || isPointToPoint(event)) {
      latestMicros = Math.max(latestMicros, time);
      count(source, event);
    } else {
      ignoredEvents++;
    }
    sweep();
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
    for (ExactIncident incident : List.copyOf(open)) {
      end(incident, EndReason.END_OF_INPUT, Math.max(latestMicros, incident.lastSeen()));
    }
  }

  /**
   * The engine's counters.
   *
   * @param listenerFailures the one that others count
   * @return the counters now
   */
  public DetectorStats stats(long listenerFailures) {
    long contacts = 0;
    for (ExactProfile profile : profiles.values()) {
      contacts += profile.contacts();
    }
    return new DetectorStats(
        events,
        lateEvents,
        futureEvents,
        ignoredEvents,
        0,
        profiles.size(),
        contacts,
        incidentsOpened,
        Math.toIntExact(open.stream().filter(incident -> incident.leader() == null).count()),
        evictedSources,
        0,
        listenerFailures);
  }

  /**
   * What is known of a source.
   *
   * @param source the source
   * @return the report, or null where nothing is known
   */
  public @Nullable SourceReport inspect(IpAddress source) {
    // Not by key: that would count as an arrival.
    for (ExactProfile profile : profiles.values()) {
      if (profile.source().equals(source)) {
        return report(profile);
      }
    }
    return null;
  }

  /**
   * The sources closest to an alert.
   *
   * @param n how many at most
   * @return reports, the closest first
   */
  public List<SourceReport> top(int n) {
    return profiles.values().stream()
        .map(this::report)
        .sorted(
            Comparator.comparingDouble(SourceReport::closeness)
                .reversed()
                .thenComparing(SourceReport::source))
        .limit(n)
        .toList();
  }

  private void count(IpAddress source, ConnectionEvent event) {
    AuthorisedScanners entry = entry(event);
    Counted counted = new Counted(source, entry);
    boolean internal = isInside(event.sourceLocality(), event.sourceHigh(), event.sourceLow());
    boolean inside =
        isInside(event.destinationLocality(), event.destinationHigh(), event.destinationLow());
    long tick = credible(Tick.of(event.timeMicros()));
    ExactContact.Outcome outcome = outcome(event);
    if (internal
        && outcome == ExactContact.Outcome.FAILED
        && context.explains(event, counted, !inside, tick)) {
      outcome = ExactContact.Outcome.UNKNOWN;
    }
    ExactProfile profile = profiles.get(counted);
    if (profile == null) {
      if (internal) {
        context.comes(source);
      }
      profile = new ExactProfile(source, entry == null ? null : entry.label());
      profiles.put(counted, profile);
      held += CONTACTS_PER_SOURCE;
    }
    profile.internal(internal);
    endStale(profile, event.timeMicros());

    int before = profile.contacts();
    ExactProfile.Touch touch =
        profile.touch(event.destination(), Service.of(event), outcome, event.timeMicros());
    context.learn(event, outcome, inside);
    if (internal && !inside && outcome == ExactContact.Outcome.ANSWERED) {
      context.learnWayOut(tick);
    }
    held += profile.contacts() - before;
    if (countsConnections) {
      profile.addConnections(event.count(), event.timeMicros());
    }
    for (ExactIncident incident : List.copyOf(profile.openIncidents())) {
      int size = incident.size();
      if (incident.accept(event, touch.contact())) {
        tell(incident, ScanAlert.State.UPDATED);
      }
      held += incident.size() - size;
    }
    if (touch.moved()) {
      tryGroups(profile, touch, event);
    }
    if (touch.moved() || countsConnections) {
      long number = countsConnections ? event.count() : 1;
      if (profile.whole().spendSlack(number, profile.epoch())) {
        tryRules(wholeRules, profile, profile.whole(), profile.allContacts(), touch, event);
      }
    }
    evict(event.timeMicros());
  }

  private boolean isInside(Locality locality, long high, long low) {
    return locality == Locality.LOCAL
        || (locality == Locality.UNSPECIFIED && localNetworks.contains(high, low));
  }

  private long credible(long tick) {
    long mark = watermark.micros();
    return mark == Watermark.NONE ? tick : Math.min(tick, Tick.of(mark));
  }

  private void tryGroups(ExactProfile profile, ExactProfile.Touch touch, ConnectionEvent event) {
    if (touch.service().spendSlack(1, profile.epoch())) {
      tryRules(serviceRules, profile, touch.service(), touch.service().contacts(), touch, event);
    }
    if (touch.host().spendSlack(1, profile.epoch())) {
      tryRules(hostRules, profile, touch.host(), touch.host().contacts(), touch, event);
    }
  }

  private void tryRules(
      List<CountRule> rules,
      ExactProfile profile,
      ExactProfile.Group group,
      Iterable<ExactContact> contacts,
      ExactProfile.Touch touch,
      ConnectionEvent event) {
    long slack = Long.MAX_VALUE;
    for (CountRule rule : rules) {
      if (isCovered(profile, rule, touch.contact())) {
        continue;
      }
      long afterTick = afterTick(profile, rule);
      long distance =
          rule.measure() == Measure.PAIRS ? profile.distanceFromMinima(rule, afterTick) : 0;
      if (distance <= 0) {
        ExactTally tally = tally(rule, profile, contacts, afterTick);
        distance = tally.distance(profile.internal());
        if (distance <= 0 && rule.strangerPercent() > 0) {
          distance = tally.distanceAmongStrangers(profile, contacts, context);
        }
        if (distance <= 0) {
          speak(rule, tally, profile, event);
        }
      }
      slack = Math.min(slack, Math.max(1, distance));
    }
    group.setSlack(slack, profile.epoch());
  }

  private ExactTally tally(
      CountRule rule, ExactProfile profile, Iterable<ExactContact> contacts, long afterTick) {
    ExactTally tally = new ExactTally(rule, policy.sensitivePorts(), afterTick).addAll(contacts);
    return rule.measure() == Measure.CONNECTIONS
        ? tally.connections(profile.connectionsAfter(afterTick))
        : tally;
  }

  private static boolean isCovered(ExactProfile profile, CountRule rule, ExactContact contact) {
    for (ExactIncident incident : profile.openIncidents()) {
      if (incident.covers(rule, contact)) {
        return true;
      }
    }
    return false;
  }

  /** The last tick before a rule's window, which ends at the source's latest tick. */
  private static long afterTick(ExactProfile profile, CountRule rule) {
    return Math.max(
        Tick.of(profile.latestMicros()) - rule.windowSeconds() / Tick.SECONDS,
        profile.endedIncidents().reportedUpTo(ExactIncident.Family.of(rule)));
  }

  private void speak(
      CountRule rule, ExactTally tally, ExactProfile profile, ConnectionEvent event) {
    ExactIncident joined = incidentToJoin(profile, ExactIncident.Family.of(rule));
    if (joined != null) {
      int size = joined.size();
      if (joined.accept(rule, tally, event.timeMicros())) {
        tell(joined, ScanAlert.State.UPDATED);
      }
      held += joined.size() - size;
      return;
    }
    long detectedAt = Long.MIN_VALUE;
    for (ExactContact contact : tally.contacts()) {
      detectedAt = Math.max(detectedAt, contact.latestMicros());
    }
    ExactIncident incident =
        new ExactIncident(
            IncidentId.of(event, rule.type()),
            profile,
            rule,
            tally,
            policy.ladder(),
            profile.endedIncidents().mutes(rule, tally, detectedAt, muteMicros),
            profile.authorisedBy());
    incident.noteSensor(event);
    ExactIncident leader = leader(rule, tally, profile, detectedAt);
    profile.openIncidents().add(incident);
    open.add(incident);
    held += incident.size();
    if (leader != null) {
      incident.follow(leader);
      tell(leader, ScanAlert.State.UPDATED);
      return;
    }
    incidentsOpened++;
    tell(incident, ScanAlert.State.OPENED);
  }

  private void tell(ExactIncident incident, ScanAlert.State state) {
    if (incident.leader() == null) {
      alerts.accept(incident.alert(state));
    }
  }

  /** The open incident of another source that scans the same host, at the same time alike. */
  private @Nullable ExactIncident leader(
      CountRule rule, ExactTally tally, ExactProfile profile, long detectedAt) {
    if (rule.measure() != Measure.SERVICES_ON_HOST
        || policy.decoyTime().isZero()
        || profile.authorisedBy() != null) {
      return null;
    }
    IpAddress host = tally.contacts().get(0).host();
    long most = micros(policy.decoyTime());
    return open.stream()
        .filter(other -> other.leader() == null && other.profile() != profile)
        .filter(other -> other.profile().authorisedBy() == null)
        .filter(other -> other.family() == ExactIncident.Family.SERVICES)
        .filter(other -> other.scannedHosts().contains(host))
        .filter(other -> Math.abs(other.detectedAt() - detectedAt) <= most)
        .filter(other -> other.sharesHalf(tally.contacts()))
        .findFirst()
        .orElse(null);
  }

  /** A scan of both dimensions takes over what is open; otherwise each family has its own. */
  private static @Nullable ExactIncident incidentToJoin(
      ExactProfile profile, ExactIncident.Family family) {
    ExactIncident latest = null;
    for (ExactIncident incident : profile.openIncidents()) {
      boolean widens = family == ExactIncident.Family.BOTH && incident.leader() == null;
      boolean joins = widens || incident.family() == family;
      if (joins && (latest == null || incident.lastSeen() > latest.lastSeen())) {
        latest = incident;
      }
    }
    return latest;
  }

  private @Nullable AuthorisedScanners entry(ConnectionEvent event) {
    return Stream.concat(policy.authorised().stream(), policy.ignored().stream())
        .filter(entry -> entry.covers(event))
        .findFirst()
        .orElse(null);
  }

  /** Ends incidents of a source that its own next event shows to be over. */
  private void endStale(ExactProfile profile, long time) {
    for (ExactIncident incident : List.copyOf(profile.openIncidents())) {
      if (time - incident.lastSeen() >= idleMicros) {
        end(incident, EndReason.IDLE, incident.lastSeen() + idleMicros);
      } else if (incident.leader() != null && !open.contains(incident.leader())) {
        end(incident, EndReason.IDLE, incident.lastSeen());
      } else if (time - incident.firstSeen() >= maxDurationMicros) {
        end(incident, EndReason.MAX_DURATION, incident.firstSeen() + maxDurationMicros);
      }
    }
  }

  /** Once a tick: ends idle incidents and drops sources that no window can reach any more. */
  private void sweep() {
    long now = watermark.micros();
    if (now == Watermark.NONE || Tick.of(now) == sweptTick) {
      return;
    }
    sweptTick = Tick.of(now);
    for (ExactIncident incident : List.copyOf(open)) {
      if (now - incident.lastSeen() >= idleMicros) {
        end(incident, EndReason.IDLE, incident.lastSeen() + idleMicros);
      }
    }
    Iterator<ExactProfile> eldest = profiles.values().iterator();
    while (eldest.hasNext()) {
      ExactProfile profile = eldest.next();
      if (now - profile.latestMicros() <= HORIZON_MICROS + allowedLatenessMicros) {
        break;
      }
      eldest.remove();
      held -= profile.contacts() + CONTACTS_PER_SOURCE;
    }
  }

  /** Forgets sources, the longest quiet first and those with open incidents last. */
  private void evict(long time) {
    for (int pass = 0; pass < 2 && held > maxContacts; pass++) {
      Iterator<ExactProfile> eldest = profiles.values().iterator();
      while (held > maxContacts && eldest.hasNext()) {
        ExactProfile profile = eldest.next();
        if (pass == 0 && !profile.openIncidents().isEmpty()) {
          continue;
        }
        for (ExactIncident incident : List.copyOf(profile.openIncidents())) {
          end(incident, EndReason.EVICTED, Math.max(time, incident.lastSeen()));
        }
        eldest.remove();
        held -= profile.contacts() + CONTACTS_PER_SOURCE;
        evictedSources++;
      }
    }
  }

  private void end(ExactIncident incident, EndReason reason, long atMicros) {
    incident.profile().end(incident, atMicros);
    open.remove(incident);
    held -= incident.size();
    if (incident.leader() == null) {
      alerts.accept(incident.ended(reason, atMicros));
    }
  }

  private SourceReport report(ExactProfile profile) {
    List<RuleReading> readings = new ArrayList<>();
    for (CountRule rule : policy.rules()) {
      long most = 0;
      for (Iterable<ExactContact> group : groups(profile, rule.measure())) {
        most = Math.max(most, tally(rule, profile, group, afterTick(profile, rule)).count());
      }
      int threshold = rule.threshold(profile.internal());
      Reason reason = new Reason(rule.name(), most, threshold, rule.windowSeconds());
      readings.add(new RuleReading(reason, RuleReading.Cause.BELOW_THRESHOLD, most, threshold));
    }
    return new SourceReport(
        profile.source(),
        profile.authorisedBy(),
        profile.latestMicros(),
        profile.contacts(),
        profile.hosts().size(),
        profile.services().size(),
        0,
        readings,
        profile.openIncidents().stream().map(ExactIncident::id).toList(),
        List.of(),
        List.of());
  }

  private static List<Iterable<ExactContact>> groups(ExactProfile profile, Measure measure) {
    List<Iterable<ExactContact>> groups = new ArrayList<>();
    switch (measure) {
      case HOSTS_ON_SERVICE -> profile.services().forEach(some -> groups.add(some.contacts()));
      case SERVICES_ON_HOST -> profile.hosts().forEach(some -> groups.add(some.contacts()));
      case PAIRS, HOSTS, CONNECTIONS -> groups.add(profile.allContacts());
    }
    return groups;
  }

  private List<CountRule> rules(Measure... measures) {
    return policy.rules().stream()
        .filter(rule -> List.of(measures).contains(rule.measure()))
        .toList();
  }

  /** A witness's name. A collision could only make a time harder to confirm. */
  private static long key(IpAddress address) {
    long mixed = (address.high() ^ Long.rotateLeft(address.low(), 32)) * 0xff51_afd7_ed55_8ccdL;
    return (mixed ^ mixed >>> 32) + address.low();
  }

  private static ExactContact.Outcome outcome(ConnectionEvent event) {
    if (List.of(Outcome.REFUSED, Outcome.NO_REPLY, Outcome.BLOCKED).contains(event.outcome())
        || event.probe() != Probe.NONE) {
      return ExactContact.Outcome.FAILED;
    }
    if (event.outcome() == Outcome.UNKNOWN) {
      return ExactContact.Outcome.UNKNOWN;
    }
    boolean silent = event.sourceBytes() == 0 && event.destinationBytes() == 0;
    return silent && event.protocol() == Protocol.TCP
        ? ExactContact.Outcome.FAILED
        : ExactContact.Outcome.ANSWERED;
  }

  private static boolean isPointToPoint(ConnectionEvent event) {
    IpAddress source = event.source();
    IpAddress destination = event.destination();
    return event.initiatorCertain()
        && !source.isGroup()
        && !source.isLoopbackOrUnspecified()
        && !destination.isGroup()
        && !destination.isLoopbackOrUnspecified();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
