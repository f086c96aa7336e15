package io.github.sweepwatch.parser.firewall.netflow;

import static io.github.sweepwatch.parser.firewall.record.TcpFlags.ACK;
import static io.github.sweepwatch.parser.firewall.record.TcpFlags.FIN;
import static io.github.sweepwatch.parser.firewall.record.TcpFlags.PSH;
import static io.github.sweepwatch.parser.firewall.record.TcpFlags.RST;
import static io.github.sweepwatch.parser.firewall.record.TcpFlags.SYN;
import static io.github.sweepwatch.parser.firewall.record.TcpFlags.URG;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.HalfFlows;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;

/** Makes the event of a flow, turned to go from the initiator. Not thread-safe. */
final class FlowDecoder {
  private static final int ALL = FIN | SYN | RST | PSH | ACK | URG;
  private static final long LONGEST_SESSION_MICROS = 24 * 3_600_000_000L;

  // What a firewall that exports flows reports of a connection.
  private static final int CREATED = 1;
  private static final int DENIED = 3;

  private final Stamps stamps;
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final HalfFlows halves = new HalfFlows();
  private final SeenSessions created = new SeenSessions(LONGEST_SESSION_MICROS);

  FlowDecoder(ParserContext context) {
    stamps = new Stamps(context);
  }

  void decode(Fields fields, EventSink sink) {
    if (fields.has(Field.DESTINATION_PORT) && !fields.has(Field.ICMP)) {
      // For ICMP the port holds type and code.
      fields.put(Field.ICMP, Field.DESTINATION_PORT);
    }
    String problem = decoder.decode(fields);
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    long micros = stamps.read(fields, Field.START);
    if (micros < 0) {
      micros = stamps.readParts(fields);
    }
    if (micros < 0) {
      micros = stamps.read(fields, Field.TIME);
    }
    if (micros < 0) {
      Field field = fields.has(Field.START) ? Field.START : Field.DATE;
      sink.reject(ConnectionDecoder.problem(fields, field, "start", "time"));
      return;
    }
    decoder.event().timeMicros(micros);
    long report = ConnectionDecoder.number(fields, Field.RESULT);
    if (report > 0) {
      if (isKnown(fields, report, micros)) {
        return;
      }
      // A firewall reports the connection from the side that began it.
      boolean answered = ConnectionDecoder.number(fields, Field.DESTINATION_BYTES) > 0;
      decoder
          .event()
          .outcome(
              report == DENIED
                  ? Outcome.BLOCKED
                  : answered ? Outcome.ESTABLISHED : Outcome.UNKNOWN);
    } else {
      orient(fields, micros);
    }
    sink.connection(decoder.event().build());
  }

  /* Whether another record of the connection came before: it begins, goes on, and ends. */
  private boolean isKnown(Fields fields, long report, long micros) {
    if (report == DENIED) {
      return false;
    }
    long session = ConnectionDecoder.number(fields, Field.SESSION);
    if (session >= 0) {
      return created.add(decoder, session, micros);
    }
    // Without a number, only a beginning is known to be another connection's.
    if (report != CREATED) {
      return created.contains(decoder, 0, micros);
    }
    created.add(decoder, 0, micros);
    return false;
  }

  private void orient(Fields fields, long micros) {
    long end = stamps.read(fields, Field.END);
    if (end >= micros) {
      decoder.event().durationMicros(end - micros);
    }
    int flags = decoder.protocol() == Protocol.TCP ? TcpFlags.of(fields) : TcpFlags.NONE_GIVEN;
    long packets = decoder.sourcePackets();
    long bytes = decoder.sourceBytes();
    long back = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    boolean answer = isAnswer(flags, packets);
    int shown = shownByIcmp();
    Outcome outcome = hasTalked(flags, packets) ? Outcome.ESTABLISHED : Outcome.UNKNOWN;
    Probe probe = probe(flags);
    if (answer) {
      shown = HalfFlows.SOURCE_ANSWERED;
      outcome = (flags & RST) != 0 ? Outcome.REFUSED : Outcome.ESTABLISHED;
    } else if (probe != Probe.NONE) {
      shown = HalfFlows.SOURCE_BEGAN;
    }
    if (back > 0 && packets > 0) {
      outcome = Outcome.ESTABLISHED;
    }
    halves.orient(decoder, micros, shown, false, bytes, packets, true, outcome);
    if (back > 0 && packets > 0) {
      // The record has both directions.
      long bytesBack = ConnectionDecoder.number(fields, Field.DESTINATION_BYTES);
      boolean turned = halves.turned();
      decoder
          .event()
          .bytes(turned ? bytesBack : bytes, turned ? bytes : bytesBack)
          .packets(turned ? back : packets, turned ? packets : back);
    }
    decoder.event().probe(probe);
  }

  /* Who asks began, and who replies did not. */
  private int shownByIcmp() {
    return switch (decoder.protocol()) {
      case Protocol.ICMP ->
          switch (decoder.icmpType()) {
            case 8, 13, 15, 17 -> HalfFlows.SOURCE_BEGAN;
            case 0, 14, 16, 18 -> HalfFlows.SOURCE_ANSWERED;
            default -> HalfFlows.NOTHING_SHOWN;
          };
      case Protocol.ICMPV6 ->
          decoder.icmpType() == 128
              ? HalfFlows.SOURCE_BEGAN
              : decoder.icmpType() == 129 ? HalfFlows.SOURCE_ANSWERED : HalfFlows.NOTHING_SHOWN;
      default -> HalfFlows.NOTHING_SHOWN;
    };
  }

  /* Whether data was sent or the end told in a flow that has the handshake too. */
  private static boolean hasTalked(int flags, long packets) {
    return flags != TcpFlags.NONE_GIVEN
        && (flags & (SYN | ACK)) == (SYN | ACK)
        && (flags & (PSH | FIN)) != 0
        && packets > 2;
  }

  /* A single SYN-ACK, or a reset without any SYN of one's own before it. */
  private static boolean isAnswer(int flags, long packets) {
    if (flags == TcpFlags.NONE_GIVEN) {
      return false;
    }
    return (packets == 1 && (flags & (SYN | ACK)) == (SYN | ACK))
        || ((flags & ALL) == (RST | ACK) && packets <= 2);
  }

  /* Flags are those of all packets of the flow, so that none of them had what is missing. */
  private static Probe probe(int flags) {
    if (flags == TcpFlags.NONE_GIVEN) {
      return Probe.NONE;
    }
    return switch (flags & ALL) {
      case SYN, SYN | RST -> Probe.SYN;
      case FIN -> Probe.FIN;
      case FIN | PSH | URG -> Probe.XMAS;
      default -> Probe.NONE;
    };
  }
}
