package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.ServiceGroup;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one rule counts in one window. Not thread-safe. */
final class ExactTally {
  private static final int PRIVILEGED = 1024;

  private final CountRule rule;
  private final Set<Integer> sensitivePorts;
  private final long afterTick;
  private final List<ExactContact> contacts = new ArrayList<>();
  private final Set<IpAddress> hosts = new HashSet<>();
  private final Set<Integer> services = new HashSet<>();
  private final Set<Integer> privileged = new HashSet<>();
  private final Set<HostService> pairs = new HashSet<>();
  private long connections;

  /**
   * An empty tally.
   *
   * @param rule the rule
   * @param sensitivePorts the policy's sensitive ports
   * @param afterTick the last tick before the window
   */
  ExactTally(CountRule rule, Set<Integer> sensitivePorts, long afterTick) {
    this.rule = rule;
    this.sensitivePorts = sensitivePorts;
    this.afterTick = afterTick;
  }

  /** Counts a contact if the rule does and the window holds it. */
  void add(ExactContact contact) {
    if (Tick.of(contact.latestMicros()) <= afterTick || (rule.failedOnly() && !contact.failed())) {
      return;
    }
    int service = contact.service();
    int protocol = Service.protocol(service);
    int port = Service.port(service);
    if (!rule.services().contains(ServiceGroup.of(protocol, port, sensitivePorts))) {
      return;
    }
    contacts.add(contact);
    hosts.add(contact.host());
    services.add(service);
    if (rule.measure() == CountRule.Measure.PAIRS) {
      pairs.add(new HostService(contact.host(), service));
    }
    if (Protocol.hasPorts(protocol) && port < PRIVILEGED) {
      privileged.add(service);
    }
  }

  /** Counts all contacts of a collection. */
  ExactTally addAll(Iterable<ExactContact> some) {
    some.forEach(this::add);
    return this;
  }

  /** Sets the number of connections, which contacts alone do not tell. */
  ExactTally connections(long number) {
    connections = number;
    return this;
  }

  /** The contacts that were counted. */
  List<ExactContact> contacts() {
    return contacts;
  }

  /** What the rule's measure comes to. */
  long count() {
    return switch (rule.measure()) {
      case HOSTS_ON_SERVICE, HOSTS -> hosts.size();
      case SERVICES_ON_HOST -> services.size();
      case PAIRS -> pairs.size();
      case CONNECTIONS -> connections;
    };
  }

  /**
   * How far the rule is from speaking, in contacts: no fewer new ones can make it speak. Zero or
   * less where it speaks.
   */
  long distance(boolean internal) {
    long distance = rule.threshold(internal) - count();
    distance = Math.max(distance, rule.minimumHosts() - hosts.size());
    distance = Math.max(distance, rule.minimumServices() - services.size());
    if (rule.minimumHosts() > 0) {
      distance = 2 * mostOnOneHost() > count() ? Math.max(distance, 1) : distance;
    }
    return Math.max(distance, rule.minimumPrivileged() - privileged.size());
  }

  /**
   * Leaves only strangers among the hosts.
   *
   * @param profile the source
   * @param all all its contacts with the service
   * @param context knows which hosts are dark
   * @return 0 if the rule speaks of them, else 1
   */
  long distanceAmongStrangers(
      ExactProfile profile, Iterable<ExactContact> all, ExactContext context) {
    Set<IpAddress> asked = new HashSet<>();
    for (ExactContact contact : all) {
      if (Tick.of(contact.latestMicros()) > afterTick) {
        asked.add(contact.host());
      }
    }
    hosts.removeIf(profile::hasAnswered);
    boolean enough = hosts.size() * 100 >= asked.size() * rule.strangerPercent();
    if (rule.darkOnly()) {
      hosts.removeIf(host -> !context.isDark(host));
    }
    return enough && hosts.size() >= rule.threshold(profile.internal()) ? 0 : 1;
  }

  private long mostOnOneHost() {
    Map<IpAddress, Long> sizes =
        pairs.stream().collect(Collectors.groupingBy(HostService::host, Collectors.counting()));
    return sizes.values().stream().mapToLong(size -> size).max().orElse(0);
  }

  private record HostService(IpAddress host, int service) {}
}
