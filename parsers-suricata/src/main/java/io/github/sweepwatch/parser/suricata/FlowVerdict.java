package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * How a connection ended, what kind of probe it looks like, and whether the record's source began
 * it: from state, flags and counts. Used again for every record. Not thread-safe.
 *
 * <p>TCP flows. The first row that fits decides; "source" is what sent towards the server.
 *
 * <table>
 * <caption>TCP</caption>
 * <tr><th>source's flags</th><th>answer's flags</th><th>outcome</th><th>probe</th>
 * <th>initiator</th></tr>
 * <tr><td>SYN</td><td>SYN and ACK</td><td>established</td><td>SYN without ACK</td>
 * <td>certain</td></tr>
 * <tr><td>SYN</td><td>RST</td><td>refused</td><td>SYN without ACK</td><td>certain</td></tr>
 * <tr><td>SYN, no ACK</td><td>none, no packets</td><td>no reply</td><td>SYN</td>
 * <td>certain</td></tr>
 * <tr><td>SYN and ACK</td><td>any other</td><td>unknown</td><td>-</td><td>not</td></tr>
 * <tr><td>FIN; FIN, PSH and URG; or ACK alone</td><td>none; RST</td><td>no reply; refused</td>
 * <td>FIN, XMAS, ACK</td><td>by ports</td></tr>
 * <tr><td colspan="2">none recorded on either side, as outside a session</td><td>no reply where no
 * packet came back, else unknown</td><td>-</td><td>by ports</td></tr>
 * <tr><td>any</td><td>any</td><td>unknown</td><td>-</td><td>if SYN</td></tr>
 * </table>
 *
 * <p>"By ports": certain where the source's port is above 1023 and above the destination's. What
 * belongs to no session may be the last packet of an old one, and then a server may be its source.
 *
 * <p>Other protocols: established where packets came from both sides, no reply where from the
 * source only. ICMP messages that ask nothing are unknown, and their initiator is not certain.
 */
final class FlowVerdict {
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final int PSH = 0x08;
  private static final int ACK = 0x10;
  private static final int URG = 0x20;
  // Without those of congestion notification.
  private static final int FLAGS = 0x3f;

  private static final int WELL_KNOWN = 1024;

  private Outcome outcome = Outcome.UNKNOWN;
  private Probe probe = Probe.NONE;
  private boolean certain;

  Outcome outcome() {
    return outcome;
  }

  Probe probe() {
    return probe;
  }

  boolean initiatorCertain() {
    return certain;
  }

  private void set(Outcome how, Probe what, boolean sure) {
    outcome = how;
    probe = what;
    certain = sure;
  }

  /** A record where one packet was dropped. */
  void blocked(boolean sure) {
    set(Outcome.BLOCKED, Probe.NONE, sure);
  }

  /** A record of which nothing is known but, perhaps, who began it. */
  void unknown(boolean sure) {
    set(Outcome.UNKNOWN, Probe.NONE, sure);
  }

  /** An alert: the connection goes on, so only what has already come says something. */
  void alert(int protocol, boolean appKnown, long toServer, long toClient, boolean sure) {
    boolean answered = toServer > 0 && toClient > 0 && (protocol != Protocol.TCP || appKnown);
    set(answered ? Outcome.ESTABLISHED : Outcome.UNKNOWN, Probe.NONE, sure);
  }

  /**
   * A TCP flow. What is not given is negative.
   *
   * @param ts the source's flags
   * @param tc the answers' flags
   * @param established whether the flow's state says so
   * @param fresh whether the flow's state is still new
   */
  void tcp(
      int ts,
      int tc,
      boolean established,
      boolean fresh,
      long toServer,
      long toClient,
      int sourcePort,
      int destinationPort) {
    boolean byPorts = sourcePort >= WELL_KNOWN && sourcePort > destinationPort;
    if (ts < 0 || tc < 0) {
      Outcome how = established ? Outcome.ESTABLISHED : Outcome.UNKNOWN;
      set(fresh && toServer > 0 && toClient == 0 ? Outcome.NO_REPLY : how, Probe.NONE, true);
      return;
    }
    int sent = ts & FLAGS;
    int answer = tc & FLAGS;
    if (sent == 0 && answer == 0) {
      boolean silent = toServer > 0 && toClient == 0;
      set(silent ? Outcome.NO_REPLY : Outcome.UNKNOWN, Probe.NONE, byPorts);
    } else if ((sent & SYN) != 0) {
      opened(sent, answer, toClient);
    } else if (answer == 0 || answer == RST || answer == (RST | ACK)) {
      Probe stealth =
          sent == FIN
              ? Probe.FIN
              : sent == (FIN | PSH | URG) ? Probe.XMAS : sent == ACK ? Probe.ACK : Probe.NONE;
      Outcome how =
          answer != 0 ? Outcome.REFUSED : toClient > 0 ? Outcome.UNKNOWN : Outcome.NO_REPLY;
      set(stealth == Probe.NONE ? Outcome.UNKNOWN : how, stealth, stealth != Probe.NONE && byPorts);
    } else {
      unknown(false);
    }
  }

  private void opened(int sent, int answer, long toClient) {
    boolean acknowledged = (sent & ACK) != 0;
    Probe syn = acknowledged ? Probe.NONE : Probe.SYN;
    if ((answer & (SYN | ACK)) == (SYN | ACK)) {
      set(Outcome.ESTABLISHED, syn, true);
    } else if ((answer & RST) != 0) {
      // A SYN-ACK that was reset is an answer to someone else's SYN.
      boolean answered = sent == (SYN | ACK);
      set(answered ? Outcome.UNKNOWN : Outcome.REFUSED, syn, !answered);
    } else if (acknowledged) {
      unknown(false);
    } else {
      set(answer == 0 && toClient <= 0 ? Outcome.NO_REPLY : Outcome.UNKNOWN, syn, true);
    }
  }

  /** Half of a TCP flow: all that is known is one side's flags. */
  void tcpHalf(int flags, int sourcePort, int destinationPort) {
    int sent = flags & FLAGS;
    boolean byPorts = sourcePort >= WELL_KNOWN && sourcePort > destinationPort;
    if (flags < 0) {
      unknown(byPorts);
    } else if ((sent & (SYN | ACK)) == SYN) {
      set((sent & RST) == 0 ? Outcome.NO_REPLY : Outcome.UNKNOWN, Probe.SYN, true);
    } else if ((sent & (SYN | ACK)) == (SYN | ACK) && (sent & (PSH | FIN)) != 0) {
      set(Outcome.ESTABLISHED, Probe.NONE, byPorts);
    } else {
      // A SYN-ACK or reset may be all that a server sent.
      unknown(byPorts && (sent & SYN) != 0);
    }
  }

  /** Half of a flow of another protocol. */
  void half(int protocol, int icmpType, int sourcePort, int destinationPort) {
    boolean request = Protocol.isIcmp(protocol) && isRequest(protocol, icmpType);
    unknown(request || (sourcePort >= WELL_KNOWN && sourcePort > destinationPort));
  }

  /** A flow of a protocol other than TCP. What is not given is negative. */
  void other(
      int protocol,
      int icmpType,
      boolean established,
      boolean fresh,
      long toServer,
      long toClient) {
    if (Protocol.isIcmp(protocol) && icmpType >= 0 && !isRequest(protocol, icmpType)) {
      unknown(false);
    } else if (toClient > 0 || (toClient < 0 && established)) {
      set(toServer == 0 ? Outcome.UNKNOWN : Outcome.ESTABLISHED, Probe.NONE, toServer != 0);
    } else if (toServer > 0 || (toServer < 0 && fresh)) {
      set(Outcome.NO_REPLY, Probe.NONE, true);
    } else {
      unknown(true);
    }
  }

  /** Says that the connection was blocked, whatever came of its packets. */
  void block() {
    outcome = Outcome.BLOCKED;
  }

  /* Echo, timestamp, information, address mask, extended echo; of ICMPv6 also node information. */
  static boolean isRequest(int protocol, int type) {
    return protocol == Protocol.ICMP
        ? type == 8 || type == 13 || type == 15 || type == 17 || type == 42
        : type == 128 || type == 139 || type == 160;
  }
}
