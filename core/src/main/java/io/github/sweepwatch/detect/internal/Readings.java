package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.RuleReading;
import io.github.sweepwatch.detect.RuleReading.Cause;

/** Says of each rule what it counts where it counts most, and what keeps it from speaking. */
final class Readings {
  private final CompiledRule rule;
  private final boolean internal;
  private final long count;

  private Readings(CompiledRule rule, boolean internal, long count) {
    this.rule = rule;
    this.internal = internal;
    this.count = count;
  }

  /** The reading of a rule over connections, which have no minima. */
  static RuleReading ofConnections(
      CompiledRule rule, boolean internal, Covered covered, long count) {
    Readings readings = new Readings(rule, internal, count);
    return readings.decided(covered.everything())
        ? readings.plain(covered.everything())
        : readings.because(Cause.NOTHING, count, count);
  }

  /** The reading of a source whose contacts are kept one by one. */
  static RuleReading of(CompiledRule rule, boolean internal, Covered covered, Recount recount) {
    long busiest = recount.busiest(rule, covered);
    int group = (int) busiest;
    Readings readings = new Readings(rule, internal, busiest >>> Integer.SIZE);
    boolean isCovered = isCovered(rule, covered, group);
    if (readings.decided(isCovered)) {
      return readings.plain(isCovered);
    }
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> readings.ofHosts(recount.onService(rule, group, covered));
      case SERVICES_ON_HOST ->
          readings.ofServices(
              recount.onHost(rule, group, covered), recount.privileged(rule, group, covered));
      case PAIRS, HOSTS, CONNECTIONS ->
          readings.ofWhole(
              recount.hostsOverall(rule, covered),
              recount.servicesOverall(rule, covered),
              recount.mostOnOneHost(rule, covered));
    };
  }

  /** The reading of a source with sketches. */
  static RuleReading of(
      CompiledRule rule,
      boolean internal,
      Covered covered,
      DenseProfile dense,
      int now,
      int limit) {
    int group =
        switch (rule.measure) {
          case HOSTS_ON_SERVICE -> dense.busiestService(rule, now, limit);
          case SERVICES_ON_HOST -> dense.busiestHost(rule, now, limit);
          case PAIRS, HOSTS, CONNECTIONS -> 0;
        };
    if (group == DenseProfile.NONE) {
      return new Readings(rule, internal, 0).plain(false);
    }
    long count =
        switch (rule.measure) {
          case HOSTS_ON_SERVICE -> DenseProfile.count(dense.hostsOn(rule, group), now, limit);
          case SERVICES_ON_HOST -> DenseProfile.count(dense.servicesOn(rule, group), now, limit);
          case PAIRS, HOSTS, CONNECTIONS -> dense.plain(rule, now, limit);
        };
    Readings readings = new Readings(rule, internal, count);
    boolean isCovered = isCovered(rule, covered, group);
    if (readings.decided(isCovered)) {
      return readings.plain(isCovered);
    }
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> readings.ofHosts(dense.onService(rule, group, now, limit));
      case SERVICES_ON_HOST ->
          readings.ofServices(
              dense.onHost(rule, group, now, limit), dense.privileged(rule, group, now, limit));
      case PAIRS, HOSTS, CONNECTIONS ->
          readings.ofWhole(
              DenseProfile.count(dense.hosts(rule), now, limit),
              DenseProfile.count(dense.services(rule), now, limit),
              rule.block ? dense.mostOnOneHost(rule, now, limit) : 0);
    };
  }

  private static boolean isCovered(CompiledRule rule, Covered covered, int group) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> covered.service(group);
      case SERVICES_ON_HOST -> covered.host(group);
      case PAIRS, HOSTS, CONNECTIONS -> covered.everything();
    };
  }

  private long threshold() {
    return rule.threshold(internal);
  }

  private boolean decided(boolean isCovered) {
    return isCovered || count < threshold();
  }

  private RuleReading plain(boolean isCovered) {
    return because(isCovered ? Cause.INCIDENT_OPEN : Cause.BELOW_THRESHOLD, count, threshold());
  }

  private RuleReading ofHosts(long strangers) {
    return strangers < threshold()
        ? because(rule.darkOnly ? Cause.HOSTS_HEARD_OF : Cause.KNOWN_HOSTS, strangers, threshold())
        : because(Cause.NOTHING, count, threshold());
  }

  private RuleReading ofServices(long counted, long privileged) {
    return counted < threshold()
        ? because(Cause.FEW_PRIVILEGED_PORTS, privileged, rule.rule.minimumPrivileged())
        : because(Cause.NOTHING, count, threshold());
  }

  private RuleReading ofWhole(long hosts, long services, long mostOnOneHost) {
    if (hosts < rule.rule.minimumHosts()) {
      return because(Cause.FEW_HOSTS, hosts, rule.rule.minimumHosts());
    }
    if (services < rule.rule.minimumServices()) {
      return because(Cause.FEW_SERVICES, services, rule.rule.minimumServices());
    }
    if (rule.block && rule.measure == Measure.PAIRS && 2 * mostOnOneHost > count) {
      return because(Cause.ONE_HOST, mostOnOneHost, count / 2);
    }
    return because(Cause.NOTHING, count, threshold());
  }

  private RuleReading because(Cause cause, long has, long needs) {
    Reason reason = new Reason(rule.rule.name(), count, threshold(), rule.rule.windowSeconds());
    return new RuleReading(reason, cause, has, needs);
  }
}
