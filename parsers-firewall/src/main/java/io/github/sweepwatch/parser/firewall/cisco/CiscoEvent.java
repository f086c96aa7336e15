package io.github.sweepwatch.parser.firewall.cisco;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import org.jspecify.annotations.Nullable;

/** What a message says of a connection, until it is made an event. Not thread-safe. */
final class CiscoEvent {
  final Endpoint source = new Endpoint();
  final Endpoint destination = new Endpoint();
  private final ConnectionEvent.Builder builder = ConnectionEvent.builder();

  int protocol;
  int icmpType;
  int icmpCode;
  int flags;
  long count;
  long packets;
  long durationMicros;
  long sourceBytes;
  long destinationBytes;
  Outcome outcome = Outcome.UNKNOWN;
  Probe probe = Probe.NONE;
  boolean certain;
  boolean swapped;

  /** Forgets everything but the endpoints. */
  void clear() {
    protocol = Protocol.UNKNOWN;
    icmpType = NOT_GIVEN;
    icmpCode = NOT_GIVEN;
    flags = TcpFlags.NONE_GIVEN;
    count = 1;
    packets = NOT_GIVEN;
    durationMicros = NOT_GIVEN;
    sourceBytes = NOT_GIVEN;
    destinationBytes = NOT_GIVEN;
    outcome = Outcome.UNKNOWN;
    probe = Probe.NONE;
    certain = true;
    swapped = false;
  }

  /** Concludes from flags and ICMP type what a single packet shows. */
  void packet() {
    probe = FirstPacket.probe(protocol, flags, outcome);
    certain =
        FirstPacket.isFromInitiator(protocol, flags, source.port(), destination.port(), icmpType);
  }

  /* Of both versions of IP, the messages call it ICMP. */
  private int number() {
    return protocol == Protocol.ICMP && !IpAddress.isIpv4(source.high(), source.low())
        ? Protocol.ICMPV6
        : protocol;
  }

  /** Makes the event. */
  ConnectionEvent build(long timeMicros, @Nullable String sensor) {
    Endpoint from = swapped ? destination : source;
    Endpoint to = swapped ? source : destination;
    int number = number();
    boolean ports = !Protocol.isIcmp(number);
    return builder
        .reset()
        .timeMicros(timeMicros)
        .source(from.high(), from.low())
        .destination(to.high(), to.low())
        .protocol(number)
        .sourcePort(ports ? from.port() : NOT_GIVEN)
        .destinationPort(ports ? to.port() : NOT_GIVEN)
        .icmp(icmpType, icmpCode)
        .outcome(outcome)
        .probe(probe)
        .initiatorCertain(certain)
        .count(Math.max(1, count))
        .packets(packets, NOT_GIVEN)
        .bytes(sourceBytes, destinationBytes)
        .durationMicros(durationMicros)
        .sensor(sensor)
        .build();
  }
}
