package io.github.sweepwatch.parser.firewall.aws;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.HalfFlows;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;

/** Makes the event of one direction of a flow, turned to go from the initiator. Not thread-safe. */
final class FlowDecoder {
  private static final int CLOSED = TcpFlags.SYN | TcpFlags.FIN;

  private final Stamps stamps;
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final HalfFlows halves = new HalfFlows();

  FlowDecoder(ParserContext context) {
    stamps = new Stamps(context);
  }

  void decode(Fields fields, EventSink sink) {
    String problem = decoder.decode(fields);
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    long start = stamps.read(fields, Field.START);
    long micros = start < 0 ? stamps.read(fields, Field.TIME) : start;
    if (micros < 0) {
      sink.reject(ConnectionDecoder.problem(fields, Field.START, "start", "time"));
      return;
    }
    long end = stamps.read(fields, Field.END);
    decoder.event().timeMicros(micros);
    if (end >= micros) {
      decoder.event().durationMicros(end - micros);
    }
    boolean blocked = Dispositions.outcome(fields, Field.ACTION) == Outcome.BLOCKED;
    int flags = decoder.protocol() == Protocol.TCP ? TcpFlags.of(fields) : TcpFlags.NONE_GIVEN;
    long packets = decoder.sourcePackets();
    Outcome outcome = blocked ? Outcome.BLOCKED : Outcome.UNKNOWN;
    if (!blocked && flags != TcpFlags.NONE_GIVEN && (flags & CLOSED) == CLOSED && packets > 2) {
      // Opened and closed in good order.
      outcome = Outcome.ESTABLISHED;
    }
    halves.orient(
        decoder, micros, shown(flags), blocked, decoder.sourceBytes(), packets, true, outcome);
    sink.connection(decoder.event().build());
  }

  /* ACK is logged only together with SYN, so the answer to a SYN tells itself from one. */
  private static int shown(int flags) {
    if (flags == TcpFlags.NONE_GIVEN || (flags & TcpFlags.SYN) == 0) {
      return HalfFlows.NOTHING_SHOWN;
    }
    return (flags & TcpFlags.ACK) == 0 ? HalfFlows.SOURCE_BEGAN : HalfFlows.SOURCE_ANSWERED;
  }
}
