package io.github.sweepwatch.event;

import org.jspecify.annotations.Nullable;

/**
 * One connection, or one attempt at one, as a log reports it: who spoke to whom, when, and how it
 * ended. Source is the initiator and destination the responder, unless {@link #initiatorCertain}
 * says that the log could not tell.
 *
 * <p>Immutable and thread-safe. Addresses are two longs each (see {@link IpAddress}); numbers that
 * the log does not give are {@link #NOT_GIVEN}.
 */
public final class ConnectionEvent {
  /** The value of a number that the log does not give. */
  public static final int NOT_GIVEN = -1;

  private final long timeMicros;
  private final long sourceHigh;
  private final long sourceLow;
  private final long destinationHigh;
  private final long destinationLow;
  private final long durationMicros;
  private final long sourceBytes;
  private final long destinationBytes;
  private final long sourcePackets;
  private final long destinationPackets;
  private final long count;
  private final int sourcePort;
  private final int destinationPort;
  private final short protocol;
  private final short icmpType;
  private final short icmpCode;
  private final boolean initiatorCertain;
  private final Outcome outcome;
  private final Probe probe;
  private final Locality sourceLocality;
  private final Locality destinationLocality;
  private final @Nullable String sensor;
  private final @Nullable String host;
  private final @Nullable String user;
  private final @Nullable String image;

  private ConnectionEvent(Builder builder) {
    timeMicros = builder.timeMicros;
    sourceHigh = builder.sourceHigh;
    sourceLow = builder.sourceLow;
    destinationHigh = builder.destinationHigh;
    destinationLow = builder.destinationLow;
    durationMicros = builder.durationMicros;
    sourceBytes = builder.sourceBytes;
    destinationBytes = builder.destinationBytes;
    sourcePackets = builder.sourcePackets;
    destinationPackets = builder.destinationPackets;
    count = builder.count;
    sourcePort = builder.sourcePort;
    destinationPort = builder.destinationPort;
    protocol = (short) builder.protocol;
    icmpType = (short) builder.icmpType;
    icmpCode = (short) builder.icmpCode;
    initiatorCertain = builder.initiatorCertain;
    outcome = builder.outcome;
    probe = builder.probe;
    sourceLocality = builder.sourceLocality;
    destinationLocality = builder.destinationLocality;
    sensor = builder.sensor;
    host = builder.host;
    user = builder.user;
    image = builder.image;
  }

  /**
   * A builder with nothing set.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * When the connection began, by the log's own account.
   *
   * @return microseconds since 1970-01-01T00:00:00Z, not negative
   */
  public long timeMicros() {
    return timeMicros;
  }

  /**
   * The source address's upper half.
   *
   * @return its upper 64 bits
   */
  public long sourceHigh() {
    return sourceHigh;
  }

  /**
   * The source address's lower half.
   *
   * @return its lower 64 bits
   */
  public long sourceLow() {
    return sourceLow;
  }

  /**
   * The source address. Allocates; the hot path uses {@link #sourceHigh} and {@link #sourceLow}.
   *
   * @return the initiator
   */
  public IpAddress source() {
    return new IpAddress(sourceHigh, sourceLow);
  }

  /**
   * The destination address's upper half.
   *
   * @return its upper 64 bits
   */
  public long destinationHigh() {
    return destinationHigh;
  }

  /**
   * The destination address's lower half.
   *
   * @return its lower 64 bits
   */
  public long destinationLow() {
    return destinationLow;
  }

  /**
   * The destination address. Allocates; the hot path uses {@link #destinationHigh} and {@link
   * #destinationLow}.
   *
   * @return the responder
   */
  public IpAddress destination() {
    return new IpAddress(destinationHigh, destinationLow);
  }

  /**
   * The source port.
   *
   * @return 0 to 65535, or {@link #NOT_GIVEN}
   */
  public int sourcePort() {
    return sourcePort;
  }

  /**
   * The destination port.
   *
   * @return 0 to 65535, or {@link #NOT_GIVEN}
   */
  public int destinationPort() {
    return destinationPort;
  }

  /**
   * The IP protocol.
   *
   * @return its number, 0 to 255, or {@link Protocol#UNKNOWN}
   */
  public int protocol() {
    return protocol;
  }

  /**
   * The ICMP type of the initiator's message.
   *
   * @return 0 to 255, or {@link #NOT_GIVEN}
   */
  public int icmpType() {
    return icmpType;
  }

  /**
   * The ICMP code of the initiator's message.
   *
   * @return 0 to 255, or {@link #NOT_GIVEN}
   */
  public int icmpCode() {
    return icmpCode;
  }

  /**
   * How it ended.
   *
   * @return the outcome; {@link Outcome#UNKNOWN} where the log does not say
   */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * What kind of probe it looks like.
   *
   * @return the probe; {@link Probe#NONE} where it looks like none or the log shows no flags
   */
  public Probe probe() {
    return probe;
  }

  /**
   * Whether the source is known to be the initiator.
   *
   * @return false where source and destination may be the wrong way round
   */
  public boolean initiatorCertain() {
    return initiatorCertain;
  }

  /**
   * Whether the log calls the source local.
   *
   * @return the log's own word
   */
  public Locality sourceLocality() {
    return sourceLocality;
  }

  /**
   * Whether the log calls the destination local.
   *
   * @return the log's own word
   */
  public Locality destinationLocality() {
    return destinationLocality;
  }

  /**
   * How many connections this record stands for.
   *
   * @return 1 or more
   */
  public long count() {
    return count;
  }

  /**
   * How long it lasted.
   *
   * @return microseconds, or {@link #NOT_GIVEN}
   */
  public long durationMicros() {
    return durationMicros;
  }

  /**
   * What the source sent.
   *
   * @return payload bytes, or {@link #NOT_GIVEN}
   */
  public long sourceBytes() {
    return sourceBytes;
  }

  /**
   * What the destination sent.
   *
   * @return payload bytes, or {@link #NOT_GIVEN}
   */
  public long destinationBytes() {
    return destinationBytes;
  }

  /**
   * How many packets the source sent.
   *
   * @return packets, or {@link #NOT_GIVEN}
   */
  public long sourcePackets() {
    return sourcePackets;
  }

  /**
   * How many packets the destination sent.
   *
   * @return packets, or {@link #NOT_GIVEN}
   */
  public long destinationPackets() {
    return destinationPackets;
  }

  /**
   * What reported it.
   *
   * @return the sensor's name, or null
   */
  public @Nullable String sensor() {
    return sensor;
  }

  /**
   * The host on which a host log saw it.
   *
   * @return the host's name, or null
   */
  public @Nullable String host() {
    return host;
  }

  /**
   * The user under whose account a host log saw it.
   *
   * @return the account, or null
   */
  public @Nullable String user() {
    return user;
  }

  /**
   * The program that a host log names.
   *
   * @return the process image's path, or null
   */
  public @Nullable String image() {
    return image;
  }

  /** A line for people; not a format. */
  @Override
  public String toString() {
    String name = Protocol.name(protocol);
    return timeMicros
        + " "
        + (name == null ? "protocol " + protocol : name)
        + " "
        + source()
        + " port "
        + sourcePort
        + " to "
        + destination()
        + " port "
        + destinationPort
        + " "
        + outcome;
  }

  /**
   * Collects the parts of an event. May be used for one event after another: {@link #reset} clears
   * it, {@link #build} leaves it as it is. Not thread-safe.
   */
  public static final class Builder {
    private long timeMicros;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private long durationMicros;
    private long sourceBytes;
    private long destinationBytes;
    private long sourcePackets;
    private long destinationPackets;
    private long count;
    private int sourcePort;
    private int destinationPort;
    private int protocol;
    private int icmpType;
    private int icmpCode;
    private boolean initiatorCertain;
    private boolean sourceSet;
    private boolean destinationSet;
    private Outcome outcome = Outcome.UNKNOWN;
    private Probe probe = Probe.NONE;
    private Locality sourceLocality = Locality.UNSPECIFIED;
    private Locality destinationLocality = Locality.UNSPECIFIED;
    private @Nullable String sensor;
    private @Nullable String host;
    private @Nullable String user;
    private @Nullable String image;

    private Builder() {
      reset();
    }

    /**
     * Clears everything that was set.
     *
     * @return this
     */
    public Builder reset() {
      timeMicros = NOT_GIVEN;
      sourceSet = false;
      destinationSet = false;
      durationMicros = NOT_GIVEN;
      sourceBytes = NOT_GIVEN;
      destinationBytes = NOT_GIVEN;
      sourcePackets = NOT_GIVEN;
      destinationPackets = NOT_GIVEN;
      count = 1;
      sourcePort = NOT_GIVEN;
      destinationPort = NOT_GIVEN;
      protocol = Protocol.UNKNOWN;
      icmpType = NOT_GIVEN;
      icmpCode = NOT_GIVEN;
      initiatorCertain = true;
      outcome = Outcome.UNKNOWN;
      probe = Probe.NONE;
      sourceLocality = Locality.UNSPECIFIED;
      destinationLocality = Locality.UNSPECIFIED;
      sensor = null;
      host = null;
      user = null;
      image = null;
      return this;
    }

    /**
     * When the connection began. Required.
     *
     * @param micros microseconds since 1970-01-01T00:00:00Z, not negative
     * @return this
     */
    public Builder timeMicros(long micros) {
      timeMicros = micros;
      return this;
    }

    /**
     * The initiator's address. Required.
     *
     * @param high its upper 64 bits
     * @param low its lower 64 bits
     * @return this
     */
    public Builder source(long high, long low) {
      sourceHigh = high;
      sourceLow = low;
      sourceSet = true;
      return this;
    }

    /**
     * The initiator's address. Required.
     *
     * @param address the address
     * @return this
     */
    public Builder source(IpAddress address) {
      return source(address.high(), address.low());
    }

    /**
     * The responder's address. Required.
     *
     * @param high its upper 64 bits
     * @param low its lower 64 bits
     * @return this
     */
    public Builder destination(long high, long low) {
      destinationHigh = high;
      destinationLow = low;
      destinationSet = true;
      return this;
    }

    /**
     * The responder's address. Required.
     *
     * @param address the address
     * @return this
     */
    public Builder destination(IpAddress address) {
      return destination(address.high(), address.low());
    }

    /**
     * The source port.
     *
     * @param port 0 to 65535, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder sourcePort(int port) {
      sourcePort = port;
      return this;
    }

    /**
     * The destination port.
     *
     * @param port 0 to 65535, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder destinationPort(int port) {
      destinationPort = port;
      return this;
    }

    /**
     * The IP protocol.
     *
     * @param number 0 to 255, or {@link Protocol#UNKNOWN}
     * @return this
     */
    public Builder protocol(int number) {
      protocol = number;
      return this;
    }

    /**
     * The initiator's ICMP message.
     *
     * @param type 0 to 255, or {@link #NOT_GIVEN}
     * @param code 0 to 255, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder icmp(int type, int code) {
      icmpType = type;
      icmpCode = code;
      return this;
    }

    /**
     * How it ended; unknown unless set.
     *
     * @param value the outcome
     * @return this
     */
    public Builder outcome(Outcome value) {
      outcome = value;
      return this;
    }

    /**
     * What kind of probe it looks like; none unless set.
     *
     * @param value the probe
     * @return this
     */
    public Builder probe(Probe value) {
      probe = value;
      return this;
    }

    /**
     * Whether the source is known to be the initiator; true unless set.
     *
     * @param certain false where source and destination may be the wrong way round
     * @return this
     */
    public Builder initiatorCertain(boolean certain) {
      initiatorCertain = certain;
      return this;
    }

    /**
     * Whether the log calls the source local.
     *
     * @param value the log's own word
     * @return this
     */
    public Builder sourceLocality(Locality value) {
      sourceLocality = value;
      return this;
    }

    /**
     * Whether the log calls the destination local.
     *
     * @param value the log's own word
     * @return this
     */
    public Builder destinationLocality(Locality value) {
      destinationLocality = value;
      return this;
    }

    /**
     * How many connections the record stands for; one unless set.
     *
     * @param connections 1 or more
     * @return this
     */
    public Builder count(long connections) {
      count = connections;
      return this;
    }

    /**
     * How long it lasted.
     *
     * @param micros microseconds, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder durationMicros(long micros) {
      durationMicros = micros;
      return this;
    }

    /**
     * The payload bytes of either side.
     *
     * @param source what the source sent, or {@link #NOT_GIVEN}
     * @param destination what the destination sent, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder bytes(long source, long destination) {
      sourceBytes = source;
      destinationBytes = destination;
      return this;
    }

    /**
     * The packets of either side.
     *
     * @param source what the source sent, or {@link #NOT_GIVEN}
     * @param destination what the destination sent, or {@link #NOT_GIVEN}
     * @return this
     */
    public Builder packets(long source, long destination) {
      sourcePackets = source;
      destinationPackets = destination;
      return this;
    }

    /**
     * What reported it.
     *
     * @param name the sensor's name, or null
     * @return this
     */
    public Builder sensor(@Nullable String name) {
      sensor = name;
      return this;
    }

    /**
     * The host on which a host log saw it.
     *
     * @param name the host's name, or null
     * @return this
     */
    public Builder host(@Nullable String name) {
      host = name;
      return this;
    }

    /**
     * The user under whose account a host log saw it.
     *
     * @param name the account, or null
     * @return this
     */
    public Builder user(@Nullable String name) {
      user = name;
      return this;
    }

    /**
     * The program that a host log names.
     *
     * @param path the process image's path, or null
     * @return this
     */
    public Builder image(@Nullable String path) {
      image = path;
      return this;
    }

    /**
     * Makes the event.
     *
     * @return a new event
     * @throws IllegalStateException if time, source or destination was not set
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ConnectionEvent build() {
      if (!sourceSet || !destinationSet || timeMicros == NOT_GIVEN) {
        throw new IllegalStateException("an event needs a time, a source and a destination");
      }
      check(timeMicros >= 0, "time", timeMicros);
      check(sourcePort >= NOT_GIVEN && sourcePort <= 0xffff, "source port", sourcePort);
      check(
          destinationPort >= NOT_GIVEN && destinationPort <= 0xffff,
          "destination port",
          destinationPort);
      check(protocol >= NOT_GIVEN && protocol <= 0xff, "protocol", protocol);
      check(icmpType >= NOT_GIVEN && icmpType <= 0xff, "ICMP type", icmpType);
      check(icmpCode >= NOT_GIVEN && icmpCode <= 0xff, "ICMP code", icmpCode);
      check(count >= 1, "count", count);
      check(durationMicros >= NOT_GIVEN, "duration", durationMicros);
      check(sourceBytes >= NOT_GIVEN, "source bytes", sourceBytes);
      check(destinationBytes >= NOT_GIVEN, "destination bytes", destinationBytes);
      check(sourcePackets >= NOT_GIVEN, "source packets", sourcePackets);
      check(destinationPackets >= NOT_GIVEN, "destination packets", destinationPackets);
      return new ConnectionEvent(this);
    }

    private static void check(boolean valid, String name, long value) {
      if (!valid) {
        throw new IllegalArgumentException(name + " out of range: " + value);
      }
    }
  }
}
