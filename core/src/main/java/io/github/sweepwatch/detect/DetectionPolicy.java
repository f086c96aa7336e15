package io.github.sweepwatch.detect;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.event.AddressBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a scan, and how incidents are kept: rules, times, and who is authorised. Immutable
 * and thread-safe.
 *
 * <p>The limits of {@link #defaults} are those that widely used systems settled on after complaints
 * about others: Zeek's scan.zeek and simple-scan, Snort's port_scan, CrowdSec, and the rules of
 * Elastic, Splunk and Sentinel.
 */
public final class DetectionPolicy {
  /** How far behind the newest credible time an event may lie and still count. */
  public static final Duration DEFAULT_ALLOWED_LATENESS = Duration.ofHours(1);

  /** How long after its last contact an incident ends. */
  public static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(15);

  /** How long an incident lasts at most. */
  public static final Duration DEFAULT_MAX_DURATION = Duration.ofHours(24);

  /** For how long after an incident's end its repeats are marked as muted. */
  public static final Duration DEFAULT_MUTE_TIME = Duration.ofHours(1);

  /** The {@link #ipv6Prefix} that looks at each address by itself. */
  public static final int WHOLE_ADDRESS = 128;

  /** The extents at which an open incident is updated. */
  public static final List<Integer> DEFAULT_LADDER = List.of(20, 50, 100, 250, 1_000, 10_000);

  /**
   * TCP ports for which limits are lower: FTP, SSH, Telnet, Kerberos, NetBIOS, LDAP, SMB, RDP, VNC,
   * WinRM and AD web services.
   */
  public static final Set<Integer> DEFAULT_SENSITIVE_PORTS =
      Set.of(21, 22, 23, 88, 139, 389, 445, 3389, 5900, 5985, 5986, 9389);

  /** The longest of all times but {@link #maxDuration}. */
  public static final Duration LONGEST_TIME = Duration.ofDays(366);

  private static final DetectionPolicy DEFAULTS = standard();
  private static final DetectionPolicy SPL = mission();

  private final String name;
  private final List<CountRule> rules;
  private final List<JointRule> jointRules;
  private final Set<Integer> sensitivePorts;
  private final boolean everyEvent;
  private final Duration allowedLateness;
  private final Duration idleTime;
  private final Duration maxDuration;
  private final Duration muteTime;
  private final Duration decoyTime;
  private final int ipv6Prefix;
  private final List<Integer> ladder;
  private final List<AuthorisedScanners> authorised;
  private final List<AuthorisedScanners> ignored;

  private DetectionPolicy(Builder builder) {
    name = builder.name;
    rules = List.copyOf(builder.rules);
    jointRules = List.copyOf(builder.jointRules);
    sensitivePorts = Set.copyOf(builder.sensitivePorts);
    everyEvent = builder.everyEvent;
    allowedLateness = builder.allowedLateness;
    idleTime = builder.idleTime;
    maxDuration = builder.maxDuration;
    muteTime = builder.muteTime;
    decoyTime = builder.decoyTime;
    ipv6Prefix = builder.ipv6Prefix;
    ladder = List.copyOf(builder.ladder);
    authorised = List.copyOf(builder.authorised);
    ignored = List.copyOf(builder.ignored);
  }

  /**
   * The standard policy: failures at low limits, everything else at high ones.
   *
   * @return the policy named {@code default}
   */
  public static DetectionPolicy defaults() {
    return DEFAULTS;
  }

  /**
   * The plain search: more than 20 distinct destinations, or more than 100 connections, of one
   * source in 5 minutes, whatever their outcome or direction.
   *
   * @return the policy named {@code spl}
   */
  public static DetectionPolicy spl() {
    return SPL;
  }

  private static DetectionPolicy standard() {
    Duration minute = Duration.ofMinutes(1);
    Duration hour = Duration.ofHours(1);
    Duration day = Duration.ofHours(24);
    CountRule horizontal =
        CountRule.of("horizontal-failed", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
            .onFailures()
            .amongStrangers(50);
    CountRule horizontalAny =
        CountRule.of("horizontal-any", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE);
    CountRule vertical =
        CountRule.of("vertical-failed", ScanType.VERTICAL, Measure.SERVICES_ON_HOST).onFailures();
    CountRule verticalAny =
        CountRule.of("vertical-any", ScanType.VERTICAL, Measure.SERVICES_ON_HOST)
            .on(
                ServiceGroup.TCP_SENSITIVE,
                ServiceGroup.WEB,
                ServiceGroup.TCP_OTHER,
                ServiceGroup.UDP,
                ServiceGroup.NAMES);
    return new Builder("default")
        .decoyTime(minute)
        .ipv6Prefix(64)
        .rule(horizontal.on(ServiceGroup.TCP_SENSITIVE).limit(20, 20, minute.multipliedBy(5)))
        .rule(
            horizontal
                .on(ServiceGroup.WEB, ServiceGroup.TCP_OTHER, ServiceGroup.OTHER)
                .limit(20, 25, minute.multipliedBy(5)))
        .rule(horizontal.on(ServiceGroup.UDP).limit(40, 50, minute.multipliedBy(5)))
        .rule(horizontal.on(ServiceGroup.NAMES).limit(40, 250, minute.multipliedBy(5)))
        .rule(
            CountRule.of("ping-sweep", ScanType.PING_SWEEP, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .on(ServiceGroup.ICMP)
                .limit(20, 20, Duration.ofSeconds(90)))
        .rule(
            CountRule.of("horizontal-slow", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(80)
                .on(
                    ServiceGroup.TCP_SENSITIVE,
                    ServiceGroup.WEB,
                    ServiceGroup.TCP_OTHER,
                    ServiceGroup.OTHER)
                .limit(50, 50, day))
        .rule(
            CountRule.of("ping-sweep-slow", ScanType.PING_SWEEP, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(50)
                .on(ServiceGroup.ICMP)
                .limit(50, 50, day))
        .rule(horizontalAny.on(ServiceGroup.TCP_SENSITIVE).limit(100, 100, minute.multipliedBy(10)))
        .rule(
            horizontalAny
                .on(ServiceGroup.TCP_OTHER, ServiceGroup.OTHER)
                .amongStrangers(50)
                .limit(250, 250, hour))
        .rule(horizontalAny.on(ServiceGroup.UDP).amongStrangers(50).limit(250, 1_000, hour))
        .rule(
            horizontalAny
                .on(ServiceGroup.WEB, ServiceGroup.NAMES)
                .amongStrangers(50)
                .limit(250, 10_000, hour))
        .rule(
            CountRule.of("ping-sweep-any", ScanType.PING_SWEEP, Measure.HOSTS_ON_SERVICE)
                .amongStrangers(50)
                .on(ServiceGroup.ICMP)
                .limit(250, 250, hour))
        .rule(
            vertical
                .on(
                    ServiceGroup.TCP_SENSITIVE,
                    ServiceGroup.WEB,
                    ServiceGroup.TCP_OTHER,
                    ServiceGroup.OTHER)
                .limit(10, 12, minute.multipliedBy(5)))
        .rule(
            CountRule.of("first-contacts-hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(80)
                .on(ServiceGroup.TCP_SENSITIVE)
                .limit(10, 12, minute.multipliedBy(5)))
        .rule(
            CountRule.of("first-contacts-hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(80)
                .on(ServiceGroup.TCP_OTHER, ServiceGroup.OTHER)
                .limit(10, 25, minute.multipliedBy(5)))
        .rule(
            CountRule.of("dark-hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(80)
                .inTheDark()
                .on(ServiceGroup.TCP_SENSITIVE, ServiceGroup.TCP_OTHER, ServiceGroup.OTHER)
                .limit(10, 10, minute.multipliedBy(5)))
        .rule(
            CountRule.of("dark-hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .amongStrangers(80)
                .inTheDark()
                .on(ServiceGroup.UDP)
                .limit(20, 20, minute.multipliedBy(5)))
        .rule(
            vertical.on(ServiceGroup.UDP, ServiceGroup.NAMES).limit(30, 30, minute.multipliedBy(5)))
        .rule(
            CountRule.of("vertical-slow", ScanType.VERTICAL, Measure.SERVICES_ON_HOST)
                .onFailures()
                .on(
                    ServiceGroup.TCP_SENSITIVE,
                    ServiceGroup.WEB,
                    ServiceGroup.TCP_OTHER,
                    ServiceGroup.OTHER)
                .limit(25, 25, day))
        .rule(verticalAny.limit(50, 50, minute.multipliedBy(5)).withAtLeast(0, 0, 20))
        .rule(
            CountRule.of("vertical-sensitive", ScanType.VERTICAL, Measure.SERVICES_ON_HOST)
                .on(ServiceGroup.TCP_SENSITIVE)
                .limit(5, 5, minute))
        .rule(
            CountRule.of("block-failed", ScanType.BLOCK, Measure.PAIRS)
                .onFailures()
                .on(
                    ServiceGroup.TCP_SENSITIVE,
                    ServiceGroup.WEB,
                    ServiceGroup.TCP_OTHER,
                    ServiceGroup.OTHER)
                .limit(25, 250, minute.multipliedBy(5))
                .withAtLeast(6, 6, 0))
        .rule(
            CountRule.of("strobe-failed", ScanType.HORIZONTAL, Measure.PAIRS)
                .onFailures()
                .on(ServiceGroup.TCP_SENSITIVE, ServiceGroup.TCP_OTHER)
                .limit(15, 250, minute.multipliedBy(5))
                .withAtLeast(5, 2, 0))
        .rule(
            new JointRule(
                "distributed-horizontal",
                ScanType.DISTRIBUTED_HORIZONTAL,
                Set.of(ServiceGroup.TCP_SENSITIVE, ServiceGroup.WEB, ServiceGroup.TCP_OTHER),
                300,
                30,
                60,
                3,
                3))
        .rule(
            new JointRule(
                "distributed-vertical",
                ScanType.DISTRIBUTED_VERTICAL,
                Set.of(ServiceGroup.TCP_SENSITIVE, ServiceGroup.WEB, ServiceGroup.TCP_OTHER),
                300,
                30,
                60,
                3,
                3))
        .build();
  }

  private static DetectionPolicy mission() {
    Duration window = Duration.ofMinutes(5);
    return new Builder("spl")
        .everyEvent(true)
        .rule(
            CountRule.of("spl-destinations", ScanType.HORIZONTAL, Measure.HOSTS)
                .limit(21, 21, window))
        .rule(
            CountRule.of("spl-connections", ScanType.VERTICAL, Measure.CONNECTIONS)
                .limit(101, 101, window))
        .build();
  }

  /**
   * A builder that starts without rules.
   *
   * @param name the policy's name
   * @return the builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * A builder that starts from this policy.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.authorised.addAll(authorised);
    builder.ignored.addAll(ignored);
    return builder
        .rules(rules)
        .jointRules(jointRules)
        .sensitivePorts(sensitivePorts)
        .everyEvent(everyEvent)
        .allowedLateness(allowedLateness)
        .idleTime(idleTime)
        .maxDuration(maxDuration)
        .muteTime(muteTime)
        .decoyTime(decoyTime)
        .ipv6Prefix(ipv6Prefix)
        .ladder(ladder);
  }

  /**
   * The policy's name.
   *
   * @return such as {@code default}
   */
  public String name() {
    return name;
  }

  /**
   * The rules, in the order in which they are tried.
   *
   * @return the rules
   */
  public List<CountRule> rules() {
    return rules;
  }

  /**
   * The rules over several sources, in the order in which they speak.
   *
   * @return the rules; none for policies that look at each source by itself
   */
  public List<JointRule> jointRules() {
    return jointRules;
  }

  /**
   * The TCP ports for which limits are lower.
   *
   * @return ports
   */
  public Set<Integer> sensitivePorts() {
    return sensitivePorts;
  }

  /**
   * Whether every event counts.
   *
   * @return false where events are passed over whose initiator is not certain, or whose addresses
   *     are multicast, broadcast, loopback or unspecified
   */
  public boolean everyEvent() {
    return everyEvent;
  }

  /**
   * How far behind the newest credible time an event may lie and still count.
   *
   * @return the allowed lateness
   */
  public Duration allowedLateness() {
    return allowedLateness;
  }

  /**
   * How long after its last contact an incident ends.
   *
   * @return the idle time
   */
  public Duration idleTime() {
    return idleTime;
  }

  /**
   * How long an incident lasts at most.
   *
   * @return the longest duration
   */
  public Duration maxDuration() {
    return maxDuration;
  }

  /**
   * For how long after an incident's end its repeats are marked as muted.
   *
   * @return the mute time
   */
  public Duration muteTime() {
    return muteTime;
  }

  /**
   * Within what time vertical scans of one host, over much the same ports, are taken for one: all
   * but one of the sources may be decoys, whose addresses the scanner has borrowed.
   *
   * @return the time, zero where each source has an incident of its own
   */
  public Duration decoyTime() {
    return decoyTime;
  }

  /**
   * The length of the IPv6 prefix within which a source outside may change its address. The first
   * two contacts of each address count for its network as well; a network whose addresses together
   * pass a limit is an incident of those addresses.
   *
   * @return 16 to 128 bits
   */
  public int ipv6Prefix() {
    return ipv6Prefix;
  }

  /**
   * The extents (the greater of distinct hosts and distinct services) at which an open incident is
   * updated.
   *
   * @return rungs, ascending
   */
  public List<Integer> ladder() {
    return ladder;
  }

  /**
   * Who may scan. The first entry that covers an event has it.
   *
   * @return entries, in the order in which they are tried
   */
  public List<AuthorisedScanners> authorised() {
    return authorised;
  }

  /**
   * Destinations and ports to which a scan is none, whoever does it. Tried after {@link
   * #authorised}, in the same way: what they cover is counted apart, recorded and not raised.
   *
   * @return entries for every source, in the order in which they are tried
   */
  public List<AuthorisedScanners> ignored() {
    return ignored;
  }

  /**
   * Equal in everything that can be set.
   *
   * @param other what to compare with
   * @return true for an equal policy
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DetectionPolicy that && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return settings().hashCode();
  }

  private List<Object> settings() {
    return List.of(
        name,
        rules,
        jointRules,
        sensitivePorts,
        everyEvent,
        allowedLateness,
        idleTime,
        maxDuration,
        muteTime,
        decoyTime,
        ipv6Prefix,
        ladder,
        authorised,
        ignored);
  }

  /** Collects the parts of a policy. Not thread-safe. */
  public static final class Builder {
    private String name;
    private final List<CountRule> rules = new ArrayList<>();
    private final List<JointRule> jointRules = new ArrayList<>();
    private final List<AuthorisedScanners> authorised = new ArrayList<>();
    private final List<AuthorisedScanners> ignored = new ArrayList<>();
    private Set<Integer> sensitivePorts = DEFAULT_SENSITIVE_PORTS;
    private boolean everyEvent;
    private Duration allowedLateness = DEFAULT_ALLOWED_LATENESS;
    private Duration idleTime = DEFAULT_IDLE_TIME;
    private Duration maxDuration = DEFAULT_MAX_DURATION;
    private Duration muteTime = DEFAULT_MUTE_TIME;
    private Duration decoyTime = Duration.ZERO;
    private int ipv6Prefix = WHOLE_ADDRESS;
    private List<Integer> ladder = DEFAULT_LADDER;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Gives it another name.
     *
     * @param value the policy's name
     * @return this
     */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /**
     * Adds a rule.
     *
     * @param rule the rule
     * @return this
     */
    public Builder rule(CountRule rule) {
      rules.add(rule);
      return this;
    }

    /**
     * Puts rules in the place of all that there are; those over several sources stay.
     *
     * @param all the rules, in the order in which they are tried
     * @return this
     */
    public Builder rules(List<CountRule> all) {
      replace(rules, all);
      return this;
    }

    /**
     * Adds a rule over several sources.
     *
     * @param rule the rule
     * @return this
     */
    public Builder rule(JointRule rule) {
      jointRules.add(rule);
      return this;
    }

    /**
     * Puts rules over several sources in the place of all that there are.
     *
     * @param all the rules, in the order in which they speak; empty to look at each source by
     *     itself
     * @return this
     */
    public Builder jointRules(List<JointRule> all) {
      replace(jointRules, all);
      return this;
    }

    /**
     * Allows a network's hosts to scan: their incidents are recorded, not raised.
     *
     * @param network the network
     * @return this
     */
    public Builder authorise(AddressBlock network) {
      return authorise(AuthorisedScanners.of(network));
    }

    /**
     * Allows some hosts to scan, within limits.
     *
     * @param entry who, what, when and why
     * @return this
     */
    public Builder authorise(AuthorisedScanners entry) {
      authorised.add(entry);
      return this;
    }

    /**
     * Leaves destinations or ports out: a scan of them is recorded, not raised, whoever does it.
     *
     * @param entry one for {@link AuthorisedScanners#ANYONE} that names targets or ports
     * @return this
     */
    public Builder ignore(AuthorisedScanners entry) {
      ignored.add(entry);
      return this;
    }

    /**
     * Sets the TCP ports for which limits are lower.
     *
     * @param ports 0 to 65535 each
     * @return this
     */
    public Builder sensitivePorts(Set<Integer> ports) {
      sensitivePorts = ports;
      return this;
    }

    /**
     * Sets whether every event counts; see {@link DetectionPolicy#everyEvent}.
     *
     * @param value true for outcome- and direction-blind counting
     * @return this
     */
    public Builder everyEvent(boolean value) {
      everyEvent = value;
      return this;
    }

    /**
     * Sets how far behind the newest credible time an event may lie.
     *
     * @param value not negative, at most {@link DetectionPolicy#LONGEST_TIME}
     * @return this
     */
    public Builder allowedLateness(Duration value) {
      allowedLateness = value;
      return this;
    }

    /**
     * Sets how long after its last contact an incident ends.
     *
     * @param value positive, at most {@link DetectionPolicy#LONGEST_TIME}
     * @return this
     */
    public Builder idleTime(Duration value) {
      idleTime = value;
      return this;
    }

    /**
     * Sets how long an incident lasts at most.
     *
     * @param value positive, at most {@link CountRule#MAX_WINDOW}
     * @return this
     */
    public Builder maxDuration(Duration value) {
      maxDuration = value;
      return this;
    }

    /**
     * Sets for how long after an incident's end its repeats are muted.
     *
     * @param value not negative, at most {@link DetectionPolicy#LONGEST_TIME}; zero mutes nothing
     * @return this
     */
    public Builder muteTime(Duration value) {
      muteTime = value;
      return this;
    }

    /**
     * Sets within what time vertical scans of one host by several sources are taken for one.
     *
     * @param value not negative, at most {@link DetectionPolicy#LONGEST_TIME}; zero keeps them
     *     apart
     * @return this
     */
    public Builder decoyTime(Duration value) {
      decoyTime = value;
      return this;
    }

    /**
     * Sets the length of the IPv6 prefix within which a source outside may change its address from
     * probe to probe and is followed all the same.
     *
     * @param bits 16 to 128; {@link DetectionPolicy#WHOLE_ADDRESS} looks at each address by itself
     * @return this
     */
    public Builder ipv6Prefix(int bits) {
      ipv6Prefix = bits;
      return this;
    }

    /**
     * Sets the extents at which an open incident is updated.
     *
     * @param rungs ascending, 1 or more each; empty for no updates by growth
     * @return this
     */
    public Builder ladder(List<Integer> rungs) {
      ladder = rungs;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @return a new policy
     * @throws IllegalArgumentException if there is no rule, a duration is out of its range, a port
     *     is none, the ladder does not ascend, or an entry ignores some sources only, or everything
     */
    public DetectionPolicy build() {
      check(!rules.isEmpty(), "a policy needs a rule");
      check(isTime(allowedLateness), "allowed lateness negative, or over 366 days");
      check(isTime(idleTime) && isPositive(idleTime), "idle time not positive, or over 366 days");
      check(
          isPositive(maxDuration) && maxDuration.compareTo(CountRule.MAX_WINDOW) <= 0,
          "longest duration not positive, or over 24 hours");
      check(isTime(muteTime), "mute time negative, or over 366 days");
      check(isTime(decoyTime), "decoy time negative, or over 366 days");
      check(ipv6Prefix >= 16 && ipv6Prefix <= WHOLE_ADDRESS, "IPv6 prefix not 16 to 128 bits");
      for (int port : sensitivePorts) {
        check(port >= 0 && port <= 0xffff, "no port: " + port);
      }
      for (AuthorisedScanners entry : ignored) {
        check(
            entry.sources().equals(AuthorisedScanners.ANYONE)
                && !(entry.targets().isEmpty() && entry.ports().isEmpty()),
            "ignored are targets or ports, for every source");
      }
      int below = 0;
      for (int rung : ladder) {
        check(rung > below, "the ladder does not ascend from 1");
        below = rung;
      }
      return new DetectionPolicy(this);
    }

    private static <T> void replace(List<T> some, List<T> others) {
      List<T> copy = List.copyOf(others);
      some.clear();
      some.addAll(copy);
    }

    private static boolean isTime(Duration duration) {
      return !duration.isNegative() && duration.compareTo(LONGEST_TIME) <= 0;
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean valid, String problem) {
      if (!valid) {
        throw new IllegalArgumentException(problem);
      }
    }
  }
}
