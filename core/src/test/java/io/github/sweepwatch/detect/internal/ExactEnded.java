package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a source's ended incidents still mean: contacts up to an incident's last do not open another
 * one of its family, and a repeat within the mute time is muted. Bounded. Not thread-safe.
 */
final class ExactEnded {
  private static final int MAX = 8;

  private final Map<ExactIncident.Family, Long> reportedUpTo =
      new EnumMap<>(ExactIncident.Family.class);
  private final Deque<Ended> recent = new ArrayDeque<>(MAX);

  private record Ended(
      ExactIncident.Family family, Set<Integer> services, Set<IpAddress> hosts, long endedAt) {}

  /** Takes an incident that has ended. */
  void add(ExactIncident incident, long endedAt) {
    reportedUpTo.merge(incident.family(), Tick.of(incident.lastSeen()), Math::max);
    if (recent.size() == MAX) {
      recent.removeFirst();
    }
    recent.addLast(
        new Ended(incident.family(), incident.scannedServices(), incident.scannedHosts(), endedAt));
  }

  /** The last tick whose contacts have been reported already, for rules of one family. */
  long reportedUpTo(ExactIncident.Family family) {
    long both = reportedUpTo.getOrDefault(ExactIncident.Family.BOTH, Long.MIN_VALUE);
    return Math.max(both, reportedUpTo.getOrDefault(family, Long.MIN_VALUE));
  }

  /** Whether a new incident repeats one that ended less than the mute time ago. */
  boolean mutes(CountRule rule, ExactTally tally, long atMicros, long muteMicros) {
    ExactIncident.Family family = ExactIncident.Family.of(rule);
    for (Ended ended : recent) {
      if (ended.family == family
          && atMicros - ended.endedAt < muteMicros
          && tally.contacts().stream().anyMatch(contact -> isSame(ended, contact))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Ended ended, ExactContact contact) {
    return switch (ended.family) {
      case HOSTS -> ended.services.contains(contact.service());
      case SERVICES -> ended.hosts.contains(contact.host());
      case BOTH -> true;
    };
  }
}
