package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.DetectionPolicy;
import java.util.List;

/** What a policy says of every incident. Immutable. */
final class IncidentTerms {
  /** Of an incident that is over: nothing is told of it. */
  static final IncidentTerms NONE = new IncidentTerms(List.of(), new int[0], 0, 128);

  private final List<Integer> ladder;
  private final int[] sensitiveServices;
  private final int decoySeconds;
  private final int networkPrefix;

  private IncidentTerms(
      List<Integer> ladder, int[] sensitiveServices, int decoySeconds, int networkPrefix) {
    this.ladder = ladder;
    this.sensitiveServices = sensitiveServices;
    this.decoySeconds = decoySeconds;
    this.networkPrefix = networkPrefix;
  }

  static IncidentTerms of(DetectionPolicy policy) {
    return new IncidentTerms(
        policy.ladder(),
        policy.sensitivePorts().stream().mapToInt(Service::ofTcp).toArray(),
        Math.toIntExact(policy.decoyTime().toSeconds()),
        policy.ipv6Prefix());
  }

  /** The extents at which an open incident is updated. */
  List<Integer> ladder() {
    return ladder;
  }

  /** Whether one of the policy's sensitive services is among some. */
  boolean anySensitive(ServiceSet services) {
    for (int service : sensitiveServices) {
      if (services.has(service)) {
        return true;
      }
    }
    return false;
  }

  /** The length of the network within which a source may change its address. */
  int networkPrefix() {
    return networkPrefix;
  }

  /** Within how many seconds scans of one host are taken for one. */
  int decoySeconds() {
    return decoySeconds;
  }
}
