package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One scan by one source, from the rule that opened it to its end. It counts exactly, contact by
 * contact: those that the opening rule counted once each, then every connection that belongs to the
 * scan. Not thread-safe.
 */
final class ExactIncident {
  private static final int MAX_SENSORS = 16;
  private static final int MAX_TARGETS = 20;

  /** What a scan spreads over. Of each family a source has one incident open at most. */
  enum Family {
    /** Hosts: horizontal scans and ping sweeps. */
    HOSTS,
    /** Services: vertical scans. */
    SERVICES,
    /** Both; takes in whatever else the source does. */
    BOTH;

    static Family of(CountRule rule) {
      return switch (rule.measure()) {
        case HOSTS_ON_SERVICE -> HOSTS;
        case SERVICES_ON_HOST -> SERVICES;
        case PAIRS, HOSTS, CONNECTIONS -> BOTH;
      };
    }
  }

  private final String id;
  private final ExactProfile profile;
  private final boolean internal;
  private final boolean muted;
  private final @Nullable String authorisedBy;
  private final List<Integer> ladder;
  private final long detectedAt;
  private final Set<Integer> scannedServices = new HashSet<>();
  private final Set<IpAddress> scannedHosts = new HashSet<>();
  private final Set<IpAddress> targets = new LinkedHashSet<>();
  private final Set<Integer> services = new HashSet<>();
  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private final Set<String> sensors = new TreeSet<>();
  private final Set<IpAddress> companions = new LinkedHashSet<>();
  private @Nullable ExactIncident leader;
  private Family family;
  private ScanType type;
  private boolean shapeDecides;
  private boolean everything;
  private long firstSeen;
  private long lastSeen;
  private long connections;
  private long failed;
  private long unknown;
  private long seq;
  private int rung;
  private long toldWiderAt;

  /**
   * Opens an incident on what a rule counted.
   *
   * @param id its name
   * @param profile the source
   * @param rule the rule that spoke
   * @param tally what it counted
   * @param ladder the policy's ladder
   * @param muted whether it repeats one that ended a short time ago
   * @param authorisedBy the policy's entry that allows it, or null
   */
  ExactIncident(
      String id,
      ExactProfile profile,
      CountRule rule,
      ExactTally tally,
      List<Integer> ladder,
      boolean muted,
      @Nullable String authorisedBy) {
    this.id = id;
    this.profile = profile;
    this.ladder = ladder;
    this.muted = muted;
    this.authorisedBy = authorisedBy;
    internal = profile.internal();
    family = Family.of(rule);
    type = rule.type();
    firstSeen = Long.MAX_VALUE;
    lastSeen = Long.MIN_VALUE;
    accept(rule, tally);
    detectedAt = lastSeen;
    toldWiderAt = detectedAt;
    climb();
  }

  String id() {
    return id;
  }

  ExactProfile profile() {
    return profile;
  }

  Family family() {
    return family;
  }

  long detectedAt() {
    return detectedAt;
  }

  @Nullable ExactIncident leader() {
    return leader;
  }

  /** Makes it one that is told with another's. */
  void follow(ExactIncident other) {
    leader = other;
    other.companions.add(profile.source());
  }

  /** Whether half of some contacts' services, or more, are its own. */
  boolean sharesHalf(List<ExactContact> contacts) {
    long shared = contacts.stream().filter(some -> services.contains(some.service())).count();
    return shared * 2 >= contacts.size();
  }

  ScanType type() {
    return type;
  }

  long firstSeen() {
    return firstSeen;
  }

  long lastSeen() {
    return lastSeen;
  }

  /** The services that were scanned across hosts. */
  Set<Integer> scannedServices() {
    return scannedServices;
  }

  /** The hosts that were scanned across services. */
  Set<IpAddress> scannedHosts() {
    return scannedHosts;
  }

  /** How many hosts and services it remembers: its share of the memory budget. */
  int size() {
    return targets.size() + services.size();
  }

  /** Whether a rule over a group with this contact has nothing to add to the incident. */
  boolean covers(CountRule rule, ExactContact contact) {
    return switch (family) {
      case BOTH -> true;
      case HOSTS -> Family.of(rule) == Family.HOSTS && scannedServices.contains(contact.service());
      case SERVICES -> Family.of(rule) == Family.SERVICES && scannedHosts.contains(contact.host());
    };
  }

  /**
   * Takes in what a rule counted.
   *
   * @return whether the type was revised, or more is scanned and that was not told for a minute
   */
  boolean accept(CountRule rule, ExactTally tally, long micros) {
    int groups = scannedServices.size() + scannedHosts.size();
    ScanType before = type;
    accept(rule, tally);
    if (type != before) {
      return true;
    }
    boolean wider = scannedServices.size() + scannedHosts.size() > groups;
    if (!wider || micros - toldWiderAt < 60_000_000) {
      return false;
    }
    toldWiderAt = micros;
    return true;
  }

  private void accept(CountRule rule, ExactTally tally) {
    boolean opening = reasons.isEmpty();
    Family other = Family.of(rule);
    for (ExactContact contact : tally.contacts()) {
      if (opening || !belongs(contact)) {
        connections++;
        failed += contact.failed() ? 1 : 0;
        unknown += contact.failed() || contact.answered() ? 0 : 1;
      }
      note(contact);
      seen(contact.latestMicros());
    }
    reasons.put(
        rule.name(),
        new Reason(rule.name(), tally.count(), rule.threshold(internal), rule.windowSeconds()));
    if (other == Family.BOTH) {
      family = Family.BOTH;
      everything |= !rule.failedOnly();
      shapeDecides |= rule.type() != ScanType.BLOCK;
      type = rule.type();
    } else if (type == ScanType.PING_SWEEP) {
      type = rule.type();
    }
    for (ExactContact contact : tally.contacts()) {
      if (other == Family.HOSTS) {
        scannedServices.add(contact.service());
      } else if (other == Family.SERVICES) {
        scannedHosts.add(contact.host());
      }
    }
    decideShape();
  }

  /**
   * Takes in an event if it belongs to the scan. Use of a service that answered before does not.
   *
   * @return whether the incident has reached the next rung of the ladder
   */
  boolean accept(ConnectionEvent event, ExactContact contact) {
    if (!belongs(contact)) {
      return false;
    }
    boolean isNew = note(contact);
    boolean ordinaryUse =
        event.outcome() == Outcome.ESTABLISHED && event.probe() == Probe.NONE && !everything;
    if (!isNew && ordinaryUse) {
      return false;
    }
    connections += event.count();
    failed += contact.failed() ? event.count() : 0;
    unknown += contact.failed() || contact.answered() ? 0 : event.count();
    seen(event.timeMicros());
    noteSensor(event);
    decideShape();
    return climb();
  }

  private boolean belongs(ExactContact contact) {
    return switch (family) {
      case BOTH -> everything || contact.failed();
      case HOSTS -> scannedServices.contains(contact.service());
      case SERVICES -> scannedHosts.contains(contact.host());
    };
  }

  /** Remembers what reported an event. */
  void noteSensor(ConnectionEvent event) {
    String sensor = event.sensor();
    if (sensor != null && sensors.size() < MAX_SENSORS) {
      sensors.add(sensor);
    }
  }

  /** The next alert of this incident. */
  ScanAlert alert(ScanAlert.State state) {
    return describe(state).build();
  }

  /** The last alert of this incident. */
  ScanAlert ended(EndReason reason, long atMicros) {
    return describe(ScanAlert.State.ENDED).endReason(reason).endedAtMicros(atMicros).build();
  }

  private ScanAlert.Builder describe(ScanAlert.State state) {
    ServiceSet set = new ServiceSet(new ByteBudget(Long.MAX_VALUE));
    services.forEach(set::add);
    PortList ports = PortList.of(set);
    List<IpAddress> sources = new ArrayList<>(List.of(profile.source()));
    sources.addAll(companions);
    List<Reason> why = new ArrayList<>(reasons.values());
    if (sources.size() > 1) {
      why.add(new Reason("possibly-spoofed", sources.size(), 2, 60));
    }
    if (unknown >= connections - unknown) {
      why.add(new Reason("outcomes-unknown", unknown, (connections + 1) / 2, 0));
    }
    return ScanAlert.builder()
        .id(id)
        .seq(++seq)
        .state(state)
        .type(type)
        .sources(sources)
        .detectedAtMicros(detectedAt)
        .firstSeenMicros(firstSeen)
        .lastSeenMicros(lastSeen)
        .uniqueTargets(targets.size())
        .uniquePorts(services.size())
        .connections(connections)
        .failed(failed)
        .ports(ports.ranges())
        .portsTruncated(ports.truncated())
        .protocols(services.stream().map(Service::protocol).distinct().sorted().toList())
        .targets(targets.stream().limit(MAX_TARGETS).toList())
        .severity(severity())
        .confidence(sources.size() > 1 ? Math.min(50, confidence()) : confidence())
        .technique(internal ? "T1046" : "T1595.001")
        .tactic(internal ? "TA0007" : "TA0043")
        .reasons(why)
        .sensors(List.copyOf(sensors))
        .muted(muted)
        .authorisedBy(authorisedBy);
  }

  private Severity severity() {
    if (authorisedBy != null) {
      return Severity.LOW;
    }
    List<Boolean> grave =
        List.of(
            internal,
            services.stream().anyMatch(DetectionPolicy.DEFAULT_SENSITIVE_PORTS::contains),
            connections > failed + unknown);
    if (grave.stream().filter(is -> is).count() > 1) {
      return Severity.CRITICAL;
    }
    boolean noise =
        !grave.contains(true) && (type == ScanType.HORIZONTAL || type == ScanType.PING_SWEEP);
    return noise ? Severity.MEDIUM : Severity.HIGH;
  }

  /**
   * From 50 where every contact succeeded to 80 where all failed, and 3 more for each doubling of
   * the extent beyond the lowest threshold that spoke.
   */
  private int confidence() {
    long least = Long.MAX_VALUE;
    for (Reason reason : reasons.values()) {
      least = Math.min(least, reason.threshold());
    }
    long doublings = 63L - Long.numberOfLeadingZeros(Math.max(1, extent() / least));
    long sure = 50 + 30 * failed / Math.max(1, connections) + 3 * doublings;
    return (int) Math.min(99, sure);
  }

  private boolean note(ExactContact contact) {
    boolean newTarget = targets.add(contact.host());
    boolean newService = services.add(contact.service());
    return newTarget || newService;
  }

  private void seen(long micros) {
    firstSeen = Math.min(firstSeen, micros);
    lastSeen = Math.max(lastSeen, micros);
  }

  private long extent() {
    return Math.max(targets.size(), services.size());
  }

  private void decideShape() {
    if (family == Family.HOSTS) {
      List<Integer> pings =
          scannedServices.stream()
              .filter(service -> Protocol.isIcmp(Service.protocol(service)))
              .toList();
      Set<Integer> ports = new HashSet<>(scannedServices);
      pings.forEach(ports::remove);
      if (!pings.isEmpty() && Set.of(80, 443).containsAll(ports)) {
        type = ScanType.PING_SWEEP;
      } else if (ports.size() > 2) {
        type = ScanType.BLOCK;
      }
    } else if (shapeDecides) {
      if (Math.min(targets.size(), services.size()) > (everything ? 5 : 2)) {
        type = ScanType.BLOCK;
      } else {
        type = targets.size() >= services.size() ? ScanType.HORIZONTAL : ScanType.VERTICAL;
      }
    }
  }

  private boolean climb() {
    boolean climbed = false;
    while (rung < ladder.size() && extent() >= ladder.get(rung)) {
      rung++;
      climbed = true;
    }
    return climbed;
  }
}
