package io.github.sweepwatch.detect;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A limit on how many distinct things one source touches within a sliding window. The rule speaks
 * when the count reaches the threshold for the source's side of the border.
 *
 * @param name the rule's name in reasons, such as {@code horizontal-failed}
 * @param type the scan it finds
 * @param measure what it counts
 * @param failedOnly whether only failed contacts count: refused, unanswered, blocked, or probes
 * @param services the kinds of services it counts
 * @param windowSeconds the window's length, an even number from 2 to 86,400: the engine's tick is 2
 *     s
 * @param externalThreshold the count from which it speaks for sources outside, 1 or more
 * @param internalThreshold the same for sources inside
 * @param minimumHosts how many distinct hosts must be among the counted contacts; if above 0, none
 *     of them may have more than half of the pairs
 * @param minimumServices how many distinct services must be among them
 * @param minimumPrivileged how many distinct services with a port below 1024 must be among them
 * @param strangerPercent if above 0, only strangers count, hosts that never answered the source on
 *     any service in the last 24 hours, and of all hosts that it asked for this service within the
 *     window, at least so many in a hundred must be strangers
 * @param darkOnly whether of the strangers only dark hosts count: inside, asked in vain, and not
 *     known to have answered anybody or to have asked anybody themselves. Of sources with more
 *     contacts than are kept one by one, such a rule says nothing
 */
public record CountRule(
    String name,
    ScanType type,
    Measure measure,
    boolean failedOnly,
    Set<ServiceGroup> services,
    int windowSeconds,
    int externalThreshold,
    int internalThreshold,
    int minimumHosts,
    int minimumServices,
    int minimumPrivileged,
    int strangerPercent,
    boolean darkOnly) {
  /** The longest window: what a source did earlier is forgotten. */
  public static final Duration MAX_WINDOW = Duration.ofHours(24);

  /** What a rule counts, for one source. */
  public enum Measure {
    /** Distinct hosts on one service. */
    HOSTS_ON_SERVICE,
    /** Distinct services on one host. */
    SERVICES_ON_HOST,
    /** Distinct pairs of host and service. */
    PAIRS,
    /** Distinct hosts, whatever the service. */
    HOSTS,
    /** Connections, repetitions included. */
    CONNECTIONS
  }

  /**
   * Checks the parts.
   *
   * @param name the rule's name in reasons
   * @param type the scan it finds
   * @param measure what it counts
   * @param failedOnly whether only failed contacts count
   * @param services the kinds of services it counts
   * @param windowSeconds the window's length
   * @param externalThreshold the count from which it speaks for sources outside
   * @param internalThreshold the same for sources inside
   * @param minimumHosts how many distinct hosts must be among the counted contacts
   * @param minimumServices how many distinct services must be among them
   * @param minimumPrivileged how many distinct services with a port below 1024 must be among them
   * @param strangerPercent the least share of strangers, or 0 where they are not told apart
   * @param darkOnly whether of the strangers only dark hosts count
   * @throws IllegalArgumentException if a number is out of its range, or a minimum is given for a
   *     measure that has none
   */
  public CountRule {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(measure, "measure");
    check(!services.isEmpty(), "no services", name);
    services = Set.copyOf(services);
    check(
        windowSeconds >= 2 && windowSeconds <= MAX_WINDOW.toSeconds() && windowSeconds % 2 == 0,
        "window not an even number of seconds from 2 to 86,400",
        name);
    check(externalThreshold >= 1 && internalThreshold >= 1, "threshold below 1", name);
    check(
        measure == Measure.PAIRS || (minimumHosts == 0 && minimumServices == 0),
        "minima of hosts and services belong to pairs",
        name);
    check(
        measure == Measure.SERVICES_ON_HOST || minimumPrivileged == 0,
        "a minimum of privileged ports belongs to services on a host",
        name);
    check(strangerPercent >= 0 && strangerPercent <= 100, "percentage not from 0 to 100", name);
    check(
        measure == Measure.HOSTS_ON_SERVICE || strangerPercent == 0,
        "strangers belong to hosts on a service",
        name);
    check(
        !darkOnly || (failedOnly && strangerPercent > 0), "dark hosts are failed strangers", name);
  }

  /**
   * A rule for all services, without minima.
   *
   * @param name the rule's name
   * @param type the scan it finds
   * @param measure what it counts
   * @return the rule, with a threshold of 1 in 5 minutes, counting every contact
   */
  public static CountRule of(String name, ScanType type, Measure measure) {
    return new CountRule(
        name,
        type,
        measure,
        false,
        EnumSet.allOf(ServiceGroup.class),
        300,
        1,
        1,
        0,
        0,
        0,
        0,
        false);
  }

  /**
   * The same rule, counting failed contacts only.
   *
   * @return a new rule
   */
  public CountRule onFailures() {
    return new CountRule(
        name,
        type,
        measure,
        true,
        services,
        windowSeconds,
        externalThreshold,
        internalThreshold,
        minimumHosts,
        minimumServices,
        minimumPrivileged,
        strangerPercent,
        darkOnly);
  }

  /**
   * The same rule for some kinds of services.
   *
   * @param first one kind
   * @param more further kinds
   * @return a new rule
   */
  public CountRule on(ServiceGroup first, ServiceGroup... more) {
    return new CountRule(
        name,
        type,
        measure,
        failedOnly,
        EnumSet.of(first, more),
        windowSeconds,
        externalThreshold,
        internalThreshold,
        minimumHosts,
        minimumServices,
        minimumPrivileged,
        strangerPercent,
        darkOnly);
  }

  /**
   * The same rule with other limits.
   *
   * @param external the threshold for sources outside
   * @param internal the threshold for sources inside
   * @param window the window
   * @return a new rule
   */
  public CountRule limit(int external, int internal, Duration window) {
    return new CountRule(
        name,
        type,
        measure,
        failedOnly,
        services,
        Math.toIntExact(window.toSeconds()),
        external,
        internal,
        minimumHosts,
        minimumServices,
        minimumPrivileged,
        strangerPercent,
        darkOnly);
  }

  /**
   * The same rule with minima.
   *
   * @param hosts distinct hosts; if above 0, none of them may have more than half of the pairs
   * @param services distinct services
   * @param privileged distinct services with a port below 1024
   * @return a new rule
   */
  public CountRule withAtLeast(int hosts, int services, int privileged) {
    return new CountRule(
        name,
        type,
        measure,
        failedOnly,
        this.services,
        windowSeconds,
        externalThreshold,
        internalThreshold,
        hosts,
        services,
        privileged,
        strangerPercent,
        darkOnly);
  }

  /**
   * The same rule over hosts that never answered the source, on any service, within 24 hours: first
   * contacts that fail, as in Jung, Paxson, Berger and Balakrishnan, "Fast portscan detection using
   * sequential hypothesis testing" (2004). Who asks many hosts for a service because it works with
   * them is told by those that answer.
   *
   * @param percent of all hosts that were asked for the service within the window, at least so many
   *     in a hundred must be such strangers; 1 to 100
   * @return a new rule
   */
  public CountRule amongStrangers(int percent) {
    return new CountRule(
        name,
        type,
        measure,
        failedOnly,
        services,
        windowSeconds,
        externalThreshold,
        internalThreshold,
        minimumHosts,
        minimumServices,
        minimumPrivileged,
        percent,
        darkOnly);
  }

  /**
   * The same rule over failed strangers, of them only dark hosts: inside, asked in vain, and not
   * known to have answered anybody or to have asked anybody themselves within the last day or more.
   * Nobody has business with them.
   *
   * @return a new rule
   */
  public CountRule inTheDark() {
    return new CountRule(
        name,
        type,
        measure,
        failedOnly,
        services,
        windowSeconds,
        externalThreshold,
        internalThreshold,
        minimumHosts,
        minimumServices,
        minimumPrivileged,
        strangerPercent,
        true);
  }

  /**
   * The threshold for a source.
   *
   * @param internal whether the source is inside
   * @return the count from which the rule speaks
   */
  public int threshold(boolean internal) {
    return internal ? internalThreshold : externalThreshold;
  }

  private static void check(boolean valid, String problem, String name) {
    if (!valid) {
      throw new IllegalArgumentException(name + ": " + problem);
    }
  }
}
