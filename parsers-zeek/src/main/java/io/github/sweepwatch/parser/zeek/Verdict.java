package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * How a connection ended, what kind of probe it looks like, and whether Zeek's originator began it:
 * a pure function of conn_state, history and counts.
 *
 * <p>TCP. The first row that fits decides. History letters in capitals are the originator's; zero
 * windows (w) and stopped analysis (x) are left aside. "Begun" means that the originator sent a SYN
 * (s, or q with other flags), or answered the responder's SYN-ACK (h) by ACK, data or FIN: only
 * then is it certain who began, whether or not Zeek turned the connection round (^).
 *
 * <table>
 * <caption>TCP</caption>
 * <tr><th>history</th><th>state</th><th>outcome</th><th>probe</th><th>initiator</th></tr>
 * <tr><td>not in the log</td><td>S0, REJ</td><td>as below</td><td>SYN</td><td>certain</td></tr>
 * <tr><td>not in the log</td><td>OTH, RSTRH, SHR</td><td>unknown</td><td>-</td><td>not</td></tr>
 * <tr><td>not in the log</td><td>others, none</td><td>as below</td><td>-</td><td>certain</td></tr>
 * <tr><td>F only</td><td>any</td><td>no reply</td><td>FIN</td><td>certain</td></tr>
 * <tr><td>F, answered by r only</td><td>any</td><td>refused</td><td>FIN</td><td>certain</td></tr>
 * <tr><td>A only, no payload</td><td>any</td><td>no reply</td><td>ACK</td><td>certain</td></tr>
 * <tr><td>A, answered by r only</td><td>any</td><td>refused</td><td>ACK</td><td>certain</td></tr>
 * <tr><td>r only, originator sent</td><td>any</td><td>refused</td><td>NULL</td><td>certain</td></tr>
 * <tr><td>empty; only the originator sent, no payload</td><td>any</td><td>no reply</td>
 * <td>NULL</td><td>certain</td></tr>
 * <tr><td>any</td><td>S0, SH</td><td>no reply</td><td>SYN?</td><td>if begun</td></tr>
 * <tr><td>any</td><td>REJ, RSTOS0</td><td>refused</td><td>SYN?</td><td>if begun</td></tr>
 * <tr><td>any</td><td>SF, S2, S3</td><td>established</td><td>-</td><td>if begun</td></tr>
 * <tr><td>any</td><td>S1, RSTR</td><td>established</td><td>SYN?</td><td>if begun</td></tr>
 * <tr><td>originator sent more than RST</td><td>RSTO</td><td>established</td><td>SYN?</td>
 * <td>if begun</td></tr>
 * <tr><td>begun, with h</td><td>OTH, RSTRH, SHR, none</td><td>established</td><td>-</td>
 * <td>certain</td></tr>
 * <tr><td>any</td><td>any</td><td>unknown</td><td>-</td><td>if begun</td></tr>
 * </table>
 *
 * <p>"SYN?": a SYN probe if the originator sent a SYN and then no ACK, no data and nothing that
 * could hide them. The rows for F, A and r do not hold after a flip. So midstream traffic,
 * one-sided captures and backscatter (^h, ^hR, ^r) never name a certain initiator, and a half-open
 * probe of an open port (ShR) is established. History cannot tell a Xmas probe from a FIN probe.
 *
 * <p>UDP: S0 no reply, SF established, SHR unknown and uncertain, everything else by what was sent;
 * a flip leaves it uncertain. Other protocols, and ICMP requests: by what was sent. Only from the
 * originator is no reply; from both is established; only from the responder is unknown and
 * uncertain. ICMP errors, replies, and the neighbour, router and multicast business of ICMPv6 are
 * answers or announcements: unknown and uncertain.
 *
 * @param outcome how it ended
 * @param probe what kind of probe it looks like
 * @param initiatorCertain whether the originator began it
 */
record Verdict(Outcome outcome, Probe probe, boolean initiatorCertain) {
  private static final int ACK = History.letters("A");
  private static final int FIN = History.letters("F");
  private static final int RST = History.letters("R");
  private static final int SYN = History.letters("SQ");
  private static final int SYN_ACK = History.letters("H");
  private static final int GOES_ON = History.letters("ADF");
  // ACK and data, and what stands for unseen ones: gaps, retransmissions, bad checksums.
  private static final int NO_SYN_PROBE = History.letters("ADGTCI");

  private static final int PROBES = Probe.values().length;

  // All there are, so that none is made per record.
  private static final Verdict[] ALL = new Verdict[Outcome.values().length * PROBES * 2];

  static {
    for (Outcome outcome : Outcome.values()) {
      for (Probe probe : Probe.values()) {
        ALL[index(outcome, probe, false)] = new Verdict(outcome, probe, false);
        ALL[index(outcome, probe, true)] = new Verdict(outcome, probe, true);
      }
    }
  }

  /**
   * The verdict on a record. Counts that the log does not give are negative.
   *
   * @param protocol the IP protocol
   * @param icmpType the originator's ICMP type, or negative
   * @param state its conn_state
   * @param history its history, from {@link History#of}, or {@link History#NOT_SHOWN}
   * @param origBytes the originator's payload
   * @param respBytes the responder's payload
   * @param origPackets the originator's packets
   * @param respPackets the responder's packets
   * @return a shared instance
   */
  static Verdict of(
      int protocol,
      int icmpType,
      ConnState state,
      long history,
      long origBytes,
      long respBytes,
      long origPackets,
      long respPackets) {
    boolean packets = origPackets >= 0 && respPackets >= 0;
    long orig = packets ? origPackets : origBytes;
    long resp = packets ? respPackets : respBytes;
    return switch (protocol) {
      case Protocol.TCP ->
          history == History.NOT_SHOWN
              ? byState(state)
              : tcp(state, history, origBytes > 0, packets ? origPackets : 0, respPackets);
      case Protocol.UDP -> udp(state, history, orig, resp);
      case Protocol.ICMP, Protocol.ICMPV6 ->
          icmpType < 0 || isRequest(protocol, icmpType)
              ? bySent(orig, resp, true)
              : verdict(Outcome.UNKNOWN, Probe.NONE, false);
      default -> bySent(orig, resp, true);
    };
  }

  private static Verdict tcp(
      ConnState state, long history, boolean payload, long origPackets, long respPackets) {
    int orig = History.originator(history);
    int resp = History.responder(history);
    boolean flipped = (history & History.FLIPPED) != 0;
    if (!flipped && (resp == 0 || resp == RST)) {
      Outcome outcome = resp == RST ? Outcome.REFUSED : Outcome.NO_REPLY;
      if (orig == FIN) {
        return verdict(outcome, Probe.FIN, true);
      }
      if (orig == ACK && (resp == RST || !payload)) {
        return verdict(outcome, Probe.ACK, true);
      }
      if (orig == 0 && origPackets > 0 && (resp == RST || (respPackets == 0 && !payload))) {
        return verdict(outcome, Probe.NULL, true);
      }
    }
    boolean syn = (orig & SYN) != 0;
    boolean goesOn = (orig & GOES_ON) != 0;
    boolean answered = (resp & SYN_ACK) != 0;
    boolean begun = syn || (goesOn && answered);
    Probe probe = syn && (orig & NO_SYN_PROBE) == 0 ? Probe.SYN : Probe.NONE;
    return switch (state) {
      case S0, SH -> verdict(Outcome.NO_REPLY, probe, begun);
      case REJ, RSTOS0 -> verdict(Outcome.REFUSED, probe, begun);
      case SF, S2, S3 -> verdict(Outcome.ESTABLISHED, Probe.NONE, begun);
      case S1, RSTR -> verdict(Outcome.ESTABLISHED, probe, begun);
      case RSTO ->
          syn || goesOn
              ? verdict(Outcome.ESTABLISHED, probe, begun)
              : verdict(Outcome.UNKNOWN, Probe.NONE, false);
      case OTH, RSTRH, SHR, NONE ->
          verdict(begun && answered ? Outcome.ESTABLISHED : Outcome.UNKNOWN, Probe.NONE, begun);
    };
  }

  private static Verdict byState(ConnState state) {
    return switch (state) {
      case S0 -> verdict(Outcome.NO_REPLY, Probe.SYN, true);
      case REJ -> verdict(Outcome.REFUSED, Probe.SYN, true);
      case SH -> verdict(Outcome.NO_REPLY, Probe.NONE, true);
      case RSTOS0 -> verdict(Outcome.REFUSED, Probe.NONE, true);
      case SF, S1, S2, S3, RSTO, RSTR -> verdict(Outcome.ESTABLISHED, Probe.NONE, true);
      case NONE -> verdict(Outcome.UNKNOWN, Probe.NONE, true);
      case OTH, RSTRH, SHR -> verdict(Outcome.UNKNOWN, Probe.NONE, false);
    };
  }

  private static Verdict udp(ConnState state, long history, long orig, long resp) {
    boolean certain = (history & History.FLIPPED) == 0;
    return switch (state) {
      case S0 -> verdict(Outcome.NO_REPLY, Probe.NONE, certain);
      case SF -> verdict(Outcome.ESTABLISHED, Probe.NONE, certain);
      case SHR -> verdict(Outcome.UNKNOWN, Probe.NONE, false);
      default -> bySent(orig, resp, certain);
    };
  }

  /* Packets, or payload where the log has no packets; negative where it has neither. */
  private static Verdict bySent(long orig, long resp, boolean certain) {
    if (orig > 0 && resp >= 0) {
      return verdict(resp > 0 ? Outcome.ESTABLISHED : Outcome.NO_REPLY, Probe.NONE, certain);
    }
    return verdict(Outcome.UNKNOWN, Probe.NONE, certain && resp <= 0);
  }

  /* Echo, timestamp, information, address mask, extended echo; of ICMPv6 also node information. */
  private static boolean isRequest(int protocol, int type) {
    return protocol == Protocol.ICMP
        ? type == 8 || type == 13 || type == 15 || type == 17 || type == 42
        : type == 128 || type == 139 || type == 160;
  }

  private static Verdict verdict(Outcome outcome, Probe probe, boolean certain) {
    return ALL[index(outcome, probe, certain)];
  }

  @SuppressWarnings("EnumOrdinal")
  private static int index(Outcome outcome, Probe probe, boolean certain) {
    return (outcome.ordinal() * PROBES + probe.ordinal()) * 2 + (certain ? 1 : 0);
  }
}
