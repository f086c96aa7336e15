package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.response.LeftOut.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which sources of incidents are answered. Left out are those that are authorised,
 * protected, possibly spoofed or in doubt, unless their address is forced; the plan says why. An
 * answer is always for single addresses, never for a network.
 *
 * <p>Reads no clock: an answer's time begins with the last event of the source's incidents, or at
 * the time that {@link Builder#now} sets. Immutable and thread-safe.
 */
public final class ResponsePlanner {
  /**
   * What is protected by default: this host, this network, multicast and broadcast. Whoever plans
   * adds the gateways and resolvers of the place.
   */
  public static final List<AddressBlock> PROTECTED =
      Stream.of(
              "127.0.0.0/8", "::1", "0.0.0.0/8", "::", "224.0.0.0/4", "ff00::/8", "255.255.255.255")
          .map(AddressBlock::parse)
          .toList();

  /** The rule that speaks of an incident whose sources may be decoys. */
  private static final String DECOYS = "possibly-spoofed";

  private static final String TACTIC_INSIDE = "TA0007";
  private static final long TIME_LIMIT = micros(Instant.parse("2100-01-01T00:00:00Z"));
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MOST_PER_MINUTE = 10_000;
  private static final int IPV4_24 = 120;
  private static final int IPV6_64 = 64;

  private final Duration expires;
  private final @Nullable Instant now;
  private final int minimumConfidence;
  private final int newPerMinute;
  private final List<AddressBlock> protectedBlocks;
  private final List<AddressBlock> forced;

  private ResponsePlanner(Builder builder) {
    expires = builder.expires;
    now = builder.now;
    minimumConfidence = builder.minimumConfidence;
    newPerMinute = builder.newPerMinute;
    protectedBlocks = List.copyOf(builder.protectedBlocks);
    forced = List.copyOf(builder.forced);
  }

  /**
   * A builder with the defaults: an hour from the last event, confidence 60, {@link #PROTECTED},
   * nothing forced, blocking.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Plans the answers. Of each incident the last state counts: the alert with the greatest {@link
   * ScanAlert#seq}, or the later of two.
   *
   * @param alerts alerts of any incidents, in any order
   * @return the plan; the same alerts give the same plan
   */
  public ResponsePlan plan(Iterable<ScanAlert> alerts) {
    Map<String, ScanAlert> last = new TreeMap<>();
    for (ScanAlert alert : alerts) {
      last.merge(alert.id(), alert, (old, young) -> young.seq() >= old.seq() ? young : old);
    }
    Map<IpAddress, List<ScanAlert>> wanted = new TreeMap<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (ScanAlert incident : last.values()) {
      sort(incident, wanted, leftOut);
    }
    List<Answer> answers = new ArrayList<>();
    wanted.forEach((source, incidents) -> answers.add(answer(source, incidents)));
    return new ResponsePlan(newPerMinute, answers, leftOut);
  }

  private void sort(
      ScanAlert incident, Map<IpAddress, List<ScanAlert>> wanted, List<LeftOut> leftOut) {
    if (incident.sources().isEmpty()) {
      leftOut.add(new LeftOut(incident.id(), null, Why.NO_SOURCE, ""));
    }
    for (IpAddress source : incident.sources().stream().distinct().sorted().toList()) {
      LeftOut not = objection(incident, source);
      if (not == null) {
        wanted.computeIfAbsent(source, key -> new ArrayList<>()).add(incident);
      } else {
        leftOut.add(not);
      }
    }
  }

  private @Nullable LeftOut objection(ScanAlert incident, IpAddress source) {
    String id = incident.id();
    long last = incident.lastSeenMicros();
    if (last < 0 || last >= TIME_LIMIT) {
      return new LeftOut(id, source, Why.NO_TIME, "");
    }
    if (holder(forced, source) != null) {
      return null;
    }
    if (incident.authorised()) {
      return new LeftOut(id, source, Why.AUTHORISED, "by " + incident.authorisedBy());
    }
    AddressBlock holder = holder(protectedBlocks, source);
    if (holder != null) {
      return new LeftOut(id, source, Why.PROTECTED, "in " + holder);
    }
    for (Reason reason : incident.reasons()) {
      if (reason.rule().equals(DECOYS)) {
        return new LeftOut(id, source, Why.POSSIBLY_SPOOFED, "");
      }
    }
    if (incident.confidence() < minimumConfidence) {
      String detail = incident.confidence() + " where " + minimumConfidence + " is asked for";
      return new LeftOut(id, source, Why.LOW_CONFIDENCE, detail);
    }
    return null;
  }

  private Answer answer(IpAddress source, List<ScanAlert> incidents) {
    long from =
        now != null
            ? micros(now)
            : incidents.stream().mapToLong(ScanAlert::lastSeenMicros).max().orElseThrow();
    boolean inside =
        incidents.stream().anyMatch(incident -> incident.tactic().equals(TACTIC_INSIDE));
    return new Answer(source, inside, incidents, from, from + expires.toMillis() * 1000);
  }

  private static @Nullable AddressBlock holder(List<AddressBlock> blocks, IpAddress address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address.high(), address.low())) {
        return block;
      }
    }
    return null;
  }

  private static long micros(Instant time) {
    return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1000;
  }

  /** Collects what a planner goes by. Not thread-safe. */
  public static final class Builder {
    private Duration expires = Duration.ofHours(1);
    private @Nullable Instant now;
    private int minimumConfidence = 60;
    private int newPerMinute = ResponsePlan.NONE;
    private final List<AddressBlock> protectedBlocks = new ArrayList<>(PROTECTED);
    private final List<AddressBlock> forced = new ArrayList<>();

    private Builder() {}

    /**
     * For how long an answer holds.
     *
     * @param value one minute to 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public Builder expires(Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("answers hold for 1 minute to 366 days: " + value);
      }
      expires = value;
      return this;
    }

    /**
     * When an answer's time begins. Default: with the last event of the source's incidents.
     *
     * @param value the time, of the years 1970 to 2099
     * @return this
     * @throws IllegalArgumentException if it is earlier or later
     */
    public Builder now(Instant value) {
      if (value.getEpochSecond() < 0 || micros(value) >= TIME_LIMIT) {
        throw new IllegalArgumentException("no time of the years 1970 to 2099: " + value);
      }
      now = value;
      return this;
    }

    /**
     * How sure an incident must be.
     *
     * @param value 0 to 100; default 60
     * @return this
     * @throws IllegalArgumentException if it is not 0 to 100
     */
    public Builder minimumConfidence(int value) {
      if (value < 0 || value > 100) {
        throw new IllegalArgumentException("confidence not 0 to 100: " + value);
      }
      minimumConfidence = value;
      return this;
    }

    /**
     * Limits sources instead of blocking them: so many new connections a minute may each still
     * make.
     *
     * @param value 1 to 10,000
     * @return this
     * @throws IllegalArgumentException if it is not 1 to 10,000
     */
    public Builder newPerMinute(int value) {
      if (value < 1 || value > MOST_PER_MINUTE) {
        throw new IllegalArgumentException("connections a minute not 1 to 10,000: " + value);
      }
      newPerMinute = value;
      return this;
    }

    /**
     * Adds addresses that are not answered: gateways, resolvers, and whatever must not be cut off.
     *
     * @param value networks of any width
     * @return this
     */
    public Builder protect(Collection<AddressBlock> value) {
      protectedBlocks.addAll(value);
      return this;
    }

    /**
     * Adds addresses that are answered whatever speaks against it.
     *
     * @param value networks, none wider than /24, or /64 for IPv6
     * @return this
     * @throws IllegalArgumentException if one is wider
     */
    public Builder force(Collection<AddressBlock> value) {
      for (AddressBlock block : value) {
        // All of IPv4 lies in some IPv6 networks.
        boolean ipv4 = block.contains(0, 0xffffL << 32) || block.network().isIpv4();
        if (block.prefix() < (ipv4 ? IPV4_24 : IPV6_64)) {
          throw new IllegalArgumentException("wider than /24, or /64 for IPv6: " + block);
        }
      }
      forced.addAll(value);
      return this;
    }

    /**
     * Makes the planner.
     *
     * @return a new planner
     */
    public ResponsePlanner build() {
      return new ResponsePlanner(this);
    }
  }
}
