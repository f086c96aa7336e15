package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * What a log of single packets shows of the connection that a packet is of: whether its sender
 * began it, and whether it looks like a probe. Thread-safe.
 */
public final class FirstPacket {
  private static final int WELL_KNOWN = 1024;
  private static final int SHOWN = TcpFlags.FIN | TcpFlags.SYN | TcpFlags.RST | TcpFlags.ACK;
  private static final int XMAS = TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG;

  private FirstPacket() {}

  /**
   * Whether the sender is known to have begun the connection.
   *
   * @param protocol the IP protocol
   * @param flags the TCP flags, or {@link TcpFlags#NONE_GIVEN}
   * @param sourcePort the sender's port, or negative
   * @param destinationPort the receiver's port, or negative
   * @param icmpType the ICMP type, or negative
   * @return false where the packet may be an answer
   */
  public static boolean isFromInitiator(
      int protocol, int flags, int sourcePort, int destinationPort, int icmpType) {
    if (protocol == Protocol.TCP && flags >= 0) {
      // A segment without SYN, RST and ACK belongs to no connection: a probe.
      return (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN
          || (flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST)) == 0;
    }
    if (protocol == Protocol.ICMP) {
      return icmpType < 0
          || icmpType == 8
          || icmpType == 9
          || icmpType == 10
          || icmpType == 13
          || icmpType == 15
          || icmpType == 17;
    }
    if (protocol == Protocol.ICMPV6) {
      return icmpType < 0 || icmpType == 128 || (icmpType >= 130 && icmpType != 136);
    }
    return sourcePort < 0
        || sourcePort >= WELL_KNOWN
        || (destinationPort >= 0 && destinationPort < WELL_KNOWN);
  }

  /**
   * What kind of probe it looks like.
   *
   * @param protocol the IP protocol
   * @param flags the TCP flags, or {@link TcpFlags#NONE_GIVEN}
   * @param outcome what became of the packet
   * @return a probe, or {@link Probe#NONE}
   */
  public static Probe probe(int protocol, int flags, Outcome outcome) {
    if (protocol != Protocol.TCP || flags < 0) {
      return Probe.NONE;
    }
    if ((flags & SHOWN) == TcpFlags.SYN) {
      return outcome == Outcome.BLOCKED || outcome == Outcome.NO_REPLY ? Probe.SYN : Probe.NONE;
    }
    if ((flags & SHOWN) == TcpFlags.FIN) {
      return (flags & XMAS) == XMAS ? Probe.XMAS : Probe.FIN;
    }
    return flags == 0 ? Probe.NULL : Probe.NONE;
  }
}
