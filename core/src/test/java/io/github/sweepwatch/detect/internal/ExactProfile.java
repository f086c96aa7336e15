package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one source: its contacts by host and by service, and its incidents. Contacts that
 * no window can reach any more are dropped now and then. Not thread-safe.
 */
final class ExactProfile {
  private static final long HORIZON_TICKS = CountRule.MAX_WINDOW.toSeconds() / Tick.SECONDS;
  private static final int PURGE_FLOOR = 64;

  private final IpAddress source;
  private final @Nullable String authorisedBy;
  private final Map<IpAddress, HostContacts> hosts = new LinkedHashMap<>();
  private final Map<Integer, ServiceContacts> services = new LinkedHashMap<>();
  private final TreeMap<Long, Long> connectionsByTick = new TreeMap<>();
  private final Group whole = new Group();
  private final List<ExactIncident> openIncidents = new ArrayList<>();
  private final ExactEnded endedIncidents = new ExactEnded();
  private long latestMicros = Long.MIN_VALUE;
  private int contacts;
  private int purgeAt = PURGE_FLOOR;
  private boolean internal;
  private int epoch;

  /** A source, or what it does under one of the policy's entries. */
  ExactProfile(IpAddress source, @Nullable String authorisedBy) {
    this.source = source;
    this.authorisedBy = authorisedBy;
  }

  /** The entry that covers all that is counted here, or null. */
  @Nullable String authorisedBy() {
    return authorisedBy;
  }

  /**
   * Contacts that a rule counts together. The slack is how many of them must still be new, or move
   * to a later tick, before any rule over them can speak: until then there is no need to count.
   */
  static class Group {
    private long slack;
    private int slackEpoch = -1;

    /** Notes new or moved contacts; says whether the group must be counted again. */
    boolean spendSlack(long number, int epoch) {
      if (slackEpoch != epoch) {
        return true;
      }
      slack -= number;
      return slack <= 0;
    }

    void setSlack(long value, int epoch) {
      slack = value;
      slackEpoch = epoch;
    }
  }

  /** The contacts with one host, by service and outcome. */
  static final class HostContacts extends Group {
    private final Map<Integer, ExactContact> succeeded = new HashMap<>(2);
    private final Map<Integer, ExactContact> unclear = new HashMap<>(2);
    private final Map<Integer, ExactContact> failed = new HashMap<>(2);
    private long latestFailedTick = Long.MIN_VALUE;

    /** The contacts, those that failed last. */
    Collection<ExactContact> contacts() {
      List<ExactContact> all = new ArrayList<>(succeeded.values());
      all.addAll(unclear.values());
      all.addAll(failed.values());
      return all;
    }

    boolean haveAnswered(long afterTick) {
      return succeeded.values().stream()
          .anyMatch(contact -> Tick.of(contact.latestMicros()) > afterTick);
    }
  }

  /** The contacts with one service, of whatever host. */
  static final class ServiceContacts extends Group {
    private final List<ExactContact> contacts = new ArrayList<>(1);
    private long latestFailedTick = Long.MIN_VALUE;

    List<ExactContact> contacts() {
      return contacts;
    }
  }

  /** What a touch did; moved says that the contact is new or was moved to a later tick. */
  record Touch(ExactContact contact, HostContacts host, ServiceContacts service, boolean moved) {}

  IpAddress source() {
    return source;
  }

  /** Whether the source is inside, by its latest event. */
  boolean internal() {
    return internal;
  }

  /** Notes on which side the source is: another side has other limits. */
  void internal(boolean value) {
    if (internal != value) {
      internal = value;
      epoch++;
    }
  }

  /** Forgets an incident that has ended: what it covered must be counted again. */
  void end(ExactIncident incident, long endedAt) {
    openIncidents.remove(incident);
    endedIncidents.add(incident, endedAt);
    epoch++;
  }

  /** Changes whenever all slack of this source is void. */
  int epoch() {
    return epoch;
  }

  /** The latest event time of the source. */
  long latestMicros() {
    return latestMicros;
  }

  int contacts() {
    return contacts;
  }

  List<ExactIncident> openIncidents() {
    return openIncidents;
  }

  ExactEnded endedIncidents() {
    return endedIncidents;
  }

  Group whole() {
    return whole;
  }

  Collection<HostContacts> hosts() {
    return hosts.values();
  }

  Collection<ServiceContacts> services() {
    return services.values();
  }

  /** Notes that the source touched a service of a host. */
  Touch touch(IpAddress host, int service, ExactContact.Outcome outcome, long micros) {
    latestMicros = Math.max(latestMicros, micros);
    if (contacts >= purgeAt) {
      purge();
    }
    HostContacts ofHost = hosts.computeIfAbsent(host, key -> new HostContacts());
    ServiceContacts ofService = services.computeIfAbsent(service, key -> new ServiceContacts());
    boolean failed = outcome == ExactContact.Outcome.FAILED;
    Map<Integer, ExactContact> byService =
        switch (outcome) {
          case ANSWERED -> ofHost.succeeded;
          case FAILED -> ofHost.failed;
          case UNKNOWN -> ofHost.unclear;
        };
    ExactContact contact = byService.get(service);
    boolean moved = true;
    if (contact == null) {
      contact = new ExactContact(host, service, outcome, micros);
      byService.put(service, contact);
      ofService.contacts.add(contact);
      contacts++;
    } else {
      moved = contact.touch(micros);
    }
    if (failed) {
      long tick = Tick.of(micros);
      ofHost.latestFailedTick = Math.max(ofHost.latestFailedTick, tick);
      ofService.latestFailedTick = Math.max(ofService.latestFailedTick, tick);
    }
    return new Touch(contact, ofHost, ofService, moved);
  }

  /** Whether a host has answered the source within the horizon, on whatever service. */
  boolean hasAnswered(IpAddress host) {
    HostContacts some = hosts.get(host);
    return some != null && some.haveAnswered(Tick.of(latestMicros) - HORIZON_TICKS);
  }

  /** Notes connections, for rules that count them. */
  void addConnections(long number, long micros) {
    connectionsByTick.merge(Tick.of(micros), number, Long::sum);
    connectionsByTick.headMap(Tick.of(latestMicros) - HORIZON_TICKS, true).clear();
  }

  /** How many connections there were after a tick. */
  long connectionsAfter(long tick) {
    long sum = 0;
    for (long number : connectionsByTick.tailMap(tick, false).values()) {
      sum += number;
    }
    return sum;
  }

  /** All contacts. */
  Iterable<ExactContact> allContacts() {
    return () -> services.values().stream().flatMap(some -> some.contacts.stream()).iterator();
  }

  /**
   * A quick lower bound for how far a rule over failed pairs is from its minima of hosts and
   * services; saves counting all pairs where a scan has only one dimension.
   */
  long distanceFromMinima(CountRule rule, long afterTick) {
    int hostsShort = rule.minimumHosts() - hosts.size();
    int servicesShort = rule.minimumServices() - services.size();
    if (hostsShort > 0 || servicesShort > 0) {
      return Math.max(hostsShort, servicesShort);
    }
    if (!rule.failedOnly()) {
      return 0;
    }
    long failingHosts =
        hosts.values().stream().filter(some -> some.latestFailedTick > afterTick).count();
    if (failingHosts < rule.minimumHosts()) {
      return rule.minimumHosts() - failingHosts;
    }
    long failingServices =
        services.values().stream().filter(some -> some.latestFailedTick > afterTick).count();
    return rule.minimumServices() - failingServices;
  }

  private void purge() {
    long afterTick = Tick.of(latestMicros) - HORIZON_TICKS;
    contacts = 0;
    for (Iterator<HostContacts> all = hosts.values().iterator(); all.hasNext(); ) {
      HostContacts some = all.next();
      some.succeeded.values().removeIf(contact -> isBefore(contact, afterTick));
      some.unclear.values().removeIf(contact -> isBefore(contact, afterTick));
      some.failed.values().removeIf(contact -> isBefore(contact, afterTick));
      int left = some.succeeded.size() + some.unclear.size() + some.failed.size();
      contacts += left;
      if (left == 0) {
        all.remove();
      }
    }
    for (Iterator<ServiceContacts> all = services.values().iterator(); all.hasNext(); ) {
      ServiceContacts some = all.next();
      some.contacts.removeIf(contact -> isBefore(contact, afterTick));
      if (some.contacts.isEmpty()) {
        all.remove();
      }
    }
    purgeAt = Math.max(PURGE_FLOOR, contacts * 2);
  }

  private static boolean isBefore(ExactContact contact, long afterTick) {
    return Tick.of(contact.latestMicros()) <= afterTick;
  }
}
