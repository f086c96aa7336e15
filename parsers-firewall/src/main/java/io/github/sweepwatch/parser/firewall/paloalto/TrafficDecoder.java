package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import org.jspecify.annotations.Nullable;

/** Makes the event of a session's record, whichever form it had. Not thread-safe. */
final class TrafficDecoder {
  private static final long LONGEST_SESSION_MICROS = 24 * 3_600_000_000L;

  private final Stamps stamps;
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final SeenSessions started = new SeenSessions(LONGEST_SESSION_MICROS);

  TrafficDecoder(ParserContext context) {
    stamps = new Stamps(context);
  }

  /** Returns null, or why there is no event though there should be one. */
  @Nullable String decode(Fields fields, EventSink sink) {
    String problem = decoder.decode(fields);
    if (problem != null) {
      return problem;
    }
    long micros = stamps.read(fields, Field.START);
    if (micros < 0) {
      micros = stamps.read(fields, Field.TIME);
    }
    if (micros < 0) {
      return ConnectionDecoder.problem(fields, Field.TIME, "generated time", "time");
    }
    long session = ConnectionDecoder.number(fields, Field.SESSION);
    // A session of number zero was never set up: each of its records stands for itself.
    if (session > 0 && isKnown(fields, session, micros)) {
      return null;
    }
    sink.connection(decoder.event().timeMicros(micros).outcome(outcome(fields)).build());
    return null;
  }

  private boolean isKnown(Fields fields, long session, long micros) {
    return fields.is(Field.SUBTYPE, "start")
        ? started.add(decoder, session, micros)
        : started.contains(decoder, session, micros);
  }

  private Outcome outcome(Fields fields) {
    Field word = fields.has(Field.ACTION) ? Field.ACTION : Field.SUBTYPE;
    if (Dispositions.outcome(fields, word) == Outcome.BLOCKED) {
      return Outcome.BLOCKED;
    }
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (received == ConnectionEvent.NOT_GIVEN) {
      received = ConnectionDecoder.number(fields, Field.DESTINATION_BYTES);
      if (received == ConnectionEvent.NOT_GIVEN) {
        return Outcome.UNKNOWN;
      }
    } else if (received == 1
        && decoder.protocol() == Protocol.TCP
        && fields.is(Field.REASON, "tcp-rst-from-server")) {
      // The reset is all that came back.
      return Outcome.REFUSED;
    }
    if (received > 0) {
      return Outcome.ESTABLISHED;
    }
    return fields.is(Field.SUBTYPE, "start") ? Outcome.UNKNOWN : Outcome.NO_REPLY;
  }
}
