package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a policy that allows hosts to scan: what it covers is recorded and marked, not
 * raised. What the same hosts do outside of it counts as that of any other: each entry's contacts
 * are counted by themselves, apart from all others. Immutable and thread-safe.
 *
 * @param sources the network whose hosts may scan; {@link #ANYONE} for every source
 * @param targets the networks that they may scan; empty for all
 * @param ports the ports of TCP, UDP and SCTP that they may touch; empty for every service. Where
 *     ports are named, what has none (pings, other protocols) is not covered
 * @param schedule when they may; null for always
 * @param expires from when on the entry covers nothing any more, in event time; null for never
 * @param owner who answers for it; may be empty
 * @param reason why; may be empty
 */
public record AuthorisedScanners(
    AddressBlock sources,
    List<AddressBlock> targets,
    List<PortRange> ports,
    @Nullable ScanSchedule schedule,
    @Nullable Instant expires,
    String owner,
    String reason) {
  /** Every source, IPv4 and IPv6. */
  public static final AddressBlock ANYONE = new AddressBlock(new IpAddress(0, 0), 0);

  /**
   * Copies the lists.
   *
   * @param sources the network whose hosts may scan
   * @param targets the networks that they may scan; empty for all
   * @param ports the ports that they may touch; empty for every service
   * @param schedule when they may; null for always
   * @param expires from when on the entry covers nothing any more; null for never
   * @param owner who answers for it; may be empty
   * @param reason why; may be empty
   */
  public AuthorisedScanners {
    Objects.requireNonNull(sources, "sources");
    targets = List.copyOf(targets);
    ports = List.copyOf(ports);
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * An entry without further conditions.
   *
   * @param sources the network whose hosts may scan
   * @return the entry
   */
  public static AuthorisedScanners of(AddressBlock sources) {
    return new AuthorisedScanners(sources, List.of(), List.of(), null, null, "", "");
  }

  /**
   * An entry for every source: destinations or ports to which a scan is none.
   *
   * @param targets the destinations; empty for all
   * @param ports the ports; empty for every service
   * @param reason why; may be empty
   * @return the entry
   */
  public static AuthorisedScanners ignoring(
      List<AddressBlock> targets, List<PortRange> ports, String reason) {
    return new AuthorisedScanners(ANYONE, targets, ports, null, null, "", reason);
  }

  /**
   * Whether an event is covered.
   *
   * @param event the event
   * @return true if its source, destination, port and time are those of the entry
   */
  public boolean covers(ConnectionEvent event) {
    Instant time = Instant.ofEpochSecond(Math.floorDiv(event.timeMicros(), 1_000_000L));
    return sources.contains(event.sourceHigh(), event.sourceLow())
        && (targets.isEmpty()
            || targets.stream()
                .anyMatch(block -> block.contains(event.destinationHigh(), event.destinationLow())))
        && (ports.isEmpty()
            || (Protocol.hasPorts(event.protocol())
                && ports.stream()
                    .anyMatch(
                        range ->
                            event.destinationPort() >= range.first()
                                && event.destinationPort() <= range.last())))
        && (schedule == null || schedule.contains(time))
        && (expires == null || time.isBefore(expires));
  }

  /**
   * The entry as alerts name it.
   *
   * @return such as {@code 10.20.0.99/32 (security team: weekly scan)}, or {@code ignored: port
   *     161}
   */
  public String label() {
    String why =
        Stream.of(owner, reason).filter(each -> !each.isEmpty()).collect(Collectors.joining(": "));
    String what = sources.equals(ANYONE) ? "ignored: " + whatIsIgnored() : sources.toString();
    return why.isEmpty() ? what : what + " (" + why + ")";
  }

  private String whatIsIgnored() {
    Stream<String> hosts = targets.stream().map(AddressBlock::toString);
    return Stream.concat(hosts, ports.stream().map(range -> "port " + range))
        .collect(Collectors.joining(", "));
  }
}
