package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.ScanEvidence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a detector says of one incident at one moment: who scans, what, since when, and why it is
 * believed. An incident is opened, updated as it grows and at last ended; each is an alert, and all
 * share the incident's {@link #id}.
 *
 * <p>Immutable and thread-safe. Counts are those of the whole incident so far.
 */
public final class ScanAlert {
  /** The value of {@link #endedAtMicros} while the incident goes on. */
  public static final long NOT_ENDED = -1;

  /** What happened to an incident. */
  public enum State {
    /** It was noticed. */
    OPENED,
    /**
     * It grew past the next rung of the ladder, or its type was revised, or more became known of
     * it: a log-on by its source may be told even after its end.
     */
    UPDATED,
    /** It is over; the counts are final. */
    ENDED
  }

  private final String id;
  private final long seq;
  private final State state;
  private final ScanType type;
  private final List<IpAddress> sources;
  private final @Nullable AddressBlock sourceNetwork;
  private final long detectedAtMicros;
  private final long firstSeenMicros;
  private final long lastSeenMicros;
  private final long endedAtMicros;
  private final @Nullable EndReason endReason;
  private final long uniqueTargets;
  private final long uniquePorts;
  private final long connections;
  private final long failed;
  private final boolean estimated;
  private final double relativeError;
  private final List<PortRange> ports;
  private final boolean portsTruncated;
  private final List<Integer> protocols;
  private final List<IpAddress> targets;
  private final Severity severity;
  private final int confidence;
  private final String technique;
  private final String tactic;
  private final List<Reason> reasons;
  private final List<String> sensors;
  private final boolean muted;
  private final @Nullable String authorisedBy;
  private final ScanEvidence evidence;
  private final @Nullable Explanation explanation;

  private ScanAlert(Builder builder) {
    id = Objects.requireNonNull(builder.id, "id");
    seq = builder.seq;
    state = Objects.requireNonNull(builder.state, "state");
    type = Objects.requireNonNull(builder.type, "type");
    sources = List.copyOf(builder.sources);
    sourceNetwork = builder.sourceNetwork;
    detectedAtMicros = builder.detectedAtMicros;
    firstSeenMicros = builder.firstSeenMicros;
    lastSeenMicros = builder.lastSeenMicros;
    endedAtMicros = builder.endedAtMicros;
    endReason = builder.endReason;
    uniqueTargets = builder.uniqueTargets;
    uniquePorts = builder.uniquePorts;
    connections = builder.connections;
    failed = builder.failed;
    estimated = builder.estimated;
    relativeError = builder.relativeError;
    ports = List.copyOf(builder.ports);
    portsTruncated = builder.portsTruncated;
    protocols = List.copyOf(builder.protocols);
    targets = List.copyOf(builder.targets);
    severity = builder.severity;
    confidence = builder.confidence;
    technique = builder.technique;
    tactic = builder.tactic;
    reasons = List.copyOf(builder.reasons);
    sensors = List.copyOf(builder.sensors);
    muted = builder.muted;
    authorisedBy = builder.authorisedBy;
    evidence = builder.evidence;
    explanation = builder.explanation;
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence not 0 to 100: " + confidence);
    }
    for (int protocol : protocols) {
      if (protocol < 0 || protocol > 0xff) {
        throw new IllegalArgumentException("no IP protocol: " + protocol);
      }
    }
  }

  /**
   * A builder with this alert's parts, for one that says more, or the same later.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder()
        .id(id)
        .seq(seq)
        .state(state)
        .type(type)
        .sources(sources)
        .sourceNetwork(sourceNetwork)
        .detectedAtMicros(detectedAtMicros)
        .firstSeenMicros(firstSeenMicros)
        .lastSeenMicros(lastSeenMicros)
        .endedAtMicros(endedAtMicros)
        .endReason(endReason)
        .uniqueTargets(uniqueTargets)
        .uniquePorts(uniquePorts)
        .connections(connections)
        .failed(failed)
        .estimated(estimated)
        .relativeError(relativeError)
        .ports(ports)
        .portsTruncated(portsTruncated)
        .protocols(protocols)
        .targets(targets)
        .severity(severity)
        .confidence(confidence)
        .technique(technique)
        .tactic(tactic)
        .reasons(reasons)
        .sensors(sensors)
        .muted(muted)
        .authorisedBy(authorisedBy)
        .evidence(evidence)
        .explanation(explanation);
  }

  /**
   * A builder. The detector makes alerts; others need one for tests of what they do with alerts.
   *
   * @return a builder with nothing set
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The incident's name, the same in all its alerts and in every run over the same input.
   *
   * @return 16 hexadecimal digits
   */
  public String id() {
    return id;
  }

  /**
   * The alert's number within its incident, from 1.
   *
   * @return 1 or more
   */
  public long seq() {
    return seq;
  }

  /**
   * What happened to the incident.
   *
   * @return opened, updated or ended
   */
  public State state() {
    return state;
  }

  /**
   * The scan's shape, as now known; an update may revise it.
   *
   * @return the shape
   */
  public ScanType type() {
    return type;
  }

  /**
   * Who scans.
   *
   * @return one address, or several for a distributed scan
   */
  public List<IpAddress> sources() {
    return sources;
  }

  /**
   * The network within which one source changes its address, so that all addresses in it are that
   * source, and {@link #sources} are some of them.
   *
   * @return the network, or null where each address is a source of its own
   */
  public @Nullable AddressBlock sourceNetwork() {
    return sourceNetwork;
  }

  /**
   * When it was noticed: the greatest event time among the contacts counted when the incident
   * opened.
   *
   * @return microseconds since 1970-01-01T00:00:00Z
   */
  public long detectedAtMicros() {
    return detectedAtMicros;
  }

  /**
   * The earliest contact that was counted.
   *
   * @return microseconds since 1970-01-01T00:00:00Z
   */
  public long firstSeenMicros() {
    return firstSeenMicros;
  }

  /**
   * The latest contact that was counted.
   *
   * @return microseconds since 1970-01-01T00:00:00Z
   */
  public long lastSeenMicros() {
    return lastSeenMicros;
  }

  /**
   * When the incident ended, in event time.
   *
   * @return microseconds since 1970-01-01T00:00:00Z, or {@link #NOT_ENDED}
   */
  public long endedAtMicros() {
    return endedAtMicros;
  }

  /**
   * Why the incident ended.
   *
   * @return the reason, or null while it goes on
   */
  public @Nullable EndReason endReason() {
    return endReason;
  }

  /**
   * How many distinct hosts were touched.
   *
   * @return hosts
   */
  public long uniqueTargets() {
    return uniqueTargets;
  }

  /**
   * How many distinct services were touched: ports by protocol, or IP protocols.
   *
   * @return services
   */
  public long uniquePorts() {
    return uniquePorts;
  }

  /**
   * How many connections were counted, repetitions included.
   *
   * @return connections
   */
  public long connections() {
    return connections;
  }

  /**
   * How many of them failed: refused, unanswered, blocked, or given up half-open.
   *
   * @return connections
   */
  public long failed() {
    return failed;
  }

  /**
   * Whether the distinct counts are estimates.
   *
   * @return false where they are exact
   */
  public boolean estimated() {
    return estimated;
  }

  /**
   * The relative standard error of the distinct counts.
   *
   * @return 0 where they are exact
   */
  public double relativeError() {
    return relativeError;
  }

  /**
   * The ports that were touched, ascending.
   *
   * @return ranges
   */
  public List<PortRange> ports() {
    return ports;
  }

  /**
   * Whether {@link #ports} leaves some out.
   *
   * @return true where there were more
   */
  public boolean portsTruncated() {
    return portsTruncated;
  }

  /**
   * The IP protocols of the probes, such as 6 for TCP; see {@link
   * io.github.sweepwatch.event.Protocol}. Where several have ports, {@link #ports} are those of all
   * of them. A protocol that no event named is left out.
   *
   * @return protocol numbers, ascending
   */
  public List<Integer> protocols() {
    return protocols;
  }

  /**
   * Some of the hosts that were touched.
   *
   * @return a sample, in order of first contact
   */
  public List<IpAddress> targets() {
    return targets;
  }

  /**
   * How much it matters.
   *
   * @return the severity
   */
  public Severity severity() {
    return severity;
  }

  /**
   * How sure the rules are that this is a scan.
   *
   * @return 0 to 100
   */
  public int confidence() {
    return confidence;
  }

  /**
   * The ATT&amp;CK technique.
   *
   * @return such as {@code T1595.001}
   */
  public String technique() {
    return technique;
  }

  /**
   * The ATT&amp;CK tactic.
   *
   * @return such as {@code TA0043}
   */
  public String tactic() {
    return tactic;
  }

  /**
   * The rules that spoke, strongest first.
   *
   * @return one or more
   */
  public List<Reason> reasons() {
    return reasons;
  }

  /**
   * What reported the contacts.
   *
   * @return names, sorted
   */
  public List<String> sensors() {
    return sensors;
  }

  /**
   * Whether this repeats an incident that ended a short time ago, so that nobody need be notified.
   *
   * @return true for a repeat within the mute time
   */
  public boolean muted() {
    return muted;
  }

  /**
   * By what the source is authorised to scan.
   *
   * @return the entry of the policy, or null where it is not authorised
   */
  public @Nullable String authorisedBy() {
    return authorisedBy;
  }

  /**
   * Whether the policy authorises the source to scan. Such incidents are recorded, not raised.
   *
   * @return true where {@link #authorisedBy} names an entry
   */
  public boolean authorised() {
    return authorisedBy != null;
  }

  /**
   * What the detector kept of the scan beyond its counts.
   *
   * @return the evidence; {@link ScanEvidence#NONE} unless set
   */
  public ScanEvidence evidence() {
    return evidence;
  }

  /**
   * Who scanned, what for and whether it got in.
   *
   * @return the answers, or null where triage has not seen the alert
   */
  public @Nullable Explanation explanation() {
    return explanation;
  }

  /** A line for people; not a format. */
  @Override
  public String toString() {
    return id + " #" + seq + " " + state + " " + type + " by " + sources;
  }

  /** Collects the parts of an alert. Not thread-safe. */
  public static final class Builder {
    private @Nullable String id;
    private long seq;
    private @Nullable State state;
    private @Nullable ScanType type;
    private List<IpAddress> sources = List.of();
    private @Nullable AddressBlock sourceNetwork;
    private long detectedAtMicros;
    private long firstSeenMicros;
    private long lastSeenMicros;
    private long endedAtMicros = NOT_ENDED;
    private @Nullable EndReason endReason;
    private long uniqueTargets;
    private long uniquePorts;
    private long connections;
    private long failed;
    private boolean estimated;
    private double relativeError;
    private List<PortRange> ports = List.of();
    private boolean portsTruncated;
    private List<Integer> protocols = List.of();
    private List<IpAddress> targets = List.of();
    private Severity severity = Severity.HIGH;
    private int confidence;
    private String technique = "";
    private String tactic = "";
    private List<Reason> reasons = List.of();
    private List<String> sensors = List.of();
    private boolean muted;
    private @Nullable String authorisedBy;
    private ScanEvidence evidence = ScanEvidence.NONE;
    private @Nullable Explanation explanation;

    private Builder() {}

    /**
     * Sets {@link ScanAlert#id}.
     *
     * @param value 16 hexadecimal digits
     * @return this
     */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#seq}.
     *
     * @param value 1 or more
     * @return this
     */
    public Builder seq(long value) {
      seq = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#state}.
     *
     * @param value opened, updated or ended
     * @return this
     */
    public Builder state(State value) {
      state = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#type}.
     *
     * @param value the shape
     * @return this
     */
    public Builder type(ScanType value) {
      type = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#sources}.
     *
     * @param value one address, or several for a distributed scan
     * @return this
     */
    public Builder sources(List<IpAddress> value) {
      sources = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#sourceNetwork}.
     *
     * @param value the network, or null where each address is a source of its own
     * @return this
     */
    public Builder sourceNetwork(@Nullable AddressBlock value) {
      sourceNetwork = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#detectedAtMicros}.
     *
     * @param value microseconds since 1970-01-01T00:00:00Z
     * @return this
     */
    public Builder detectedAtMicros(long value) {
      detectedAtMicros = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#firstSeenMicros}.
     *
     * @param value microseconds since 1970-01-01T00:00:00Z
     * @return this
     */
    public Builder firstSeenMicros(long value) {
      firstSeenMicros = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#lastSeenMicros}.
     *
     * @param value microseconds since 1970-01-01T00:00:00Z
     * @return this
     */
    public Builder lastSeenMicros(long value) {
      lastSeenMicros = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#endedAtMicros}.
     *
     * @param value microseconds since 1970-01-01T00:00:00Z, or {@link #NOT_ENDED}
     * @return this
     */
    public Builder endedAtMicros(long value) {
      endedAtMicros = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#endReason}.
     *
     * @param value the reason, or null while it goes on
     * @return this
     */
    public Builder endReason(@Nullable EndReason value) {
      endReason = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#uniqueTargets}.
     *
     * @param value hosts
     * @return this
     */
    public Builder uniqueTargets(long value) {
      uniqueTargets = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#uniquePorts}.
     *
     * @param value services
     * @return this
     */
    public Builder uniquePorts(long value) {
      uniquePorts = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#connections}.
     *
     * @param value connections
     * @return this
     */
    public Builder connections(long value) {
      connections = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#failed}.
     *
     * @param value connections
     * @return this
     */
    public Builder failed(long value) {
      failed = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#estimated}.
     *
     * @param value false where they are exact
     * @return this
     */
    public Builder estimated(boolean value) {
      estimated = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#relativeError}.
     *
     * @param value 0 where they are exact
     * @return this
     */
    public Builder relativeError(double value) {
      relativeError = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#ports}.
     *
     * @param value ranges
     * @return this
     */
    public Builder ports(List<PortRange> value) {
      ports = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#portsTruncated}.
     *
     * @param value true where there were more
     * @return this
     */
    public Builder portsTruncated(boolean value) {
      portsTruncated = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#protocols}.
     *
     * @param value protocol numbers, 0 to 255
     * @return this
     */
    public Builder protocols(List<Integer> value) {
      protocols = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#targets}.
     *
     * @param value a sample, in order of first contact
     * @return this
     */
    public Builder targets(List<IpAddress> value) {
      targets = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#severity}.
     *
     * @param value the severity
     * @return this
     */
    public Builder severity(Severity value) {
      severity = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#confidence}.
     *
     * @param value 0 to 100
     * @return this
     */
    public Builder confidence(int value) {
      confidence = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#technique}.
     *
     * @param value such as {@code T1595.001}
     * @return this
     */
    public Builder technique(String value) {
      technique = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#tactic}.
     *
     * @param value such as {@code TA0043}
     * @return this
     */
    public Builder tactic(String value) {
      tactic = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#reasons}.
     *
     * @param value one or more
     * @return this
     */
    public Builder reasons(List<Reason> value) {
      reasons = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#sensors}.
     *
     * @param value names, sorted
     * @return this
     */
    public Builder sensors(List<String> value) {
      sensors = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#muted}.
     *
     * @param value true for a repeat within the mute time
     * @return this
     */
    public Builder muted(boolean value) {
      muted = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#authorisedBy}.
     *
     * @param value the entry of the policy, or null where it is not authorised
     * @return this
     */
    public Builder authorisedBy(@Nullable String value) {
      authorisedBy = value;
      return this;
    }

    /**
     * Sets {@link ScanAlert#evidence}.
     *
     * @param value what the detector kept of the scan
     * @return this
     */
    public Builder evidence(ScanEvidence value) {
      evidence = Objects.requireNonNull(value, "evidence");
      return this;
    }

    /**
     * Sets {@link ScanAlert#explanation}.
     *
     * @param value the answers, or null where there are none
     * @return this
     */
    public Builder explanation(@Nullable Explanation value) {
      explanation = value;
      return this;
    }

    /**
     * Makes the alert.
     *
     * @return a new alert
     * @throws NullPointerException if id, state or type was not set
     * @throws IllegalArgumentException if the confidence is not 0 to 100
     */
    public ScanAlert build() {
      return new ScanAlert(this);
    }
  }
}
