package io.github.sweepwatch.parser.firewall.srx;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.KeyValues;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.SessionKeys;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.SyslogHeader;

/**
 * Parses session messages, structured or not: created, closed, denied, and those that application
 * tracking writes of the same sessions. Not thread-safe.
 */
final class SrxLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "source-address")
          .put(Field.DESTINATION, "destination-address")
          .put(Field.SOURCE_PORT, "source-port")
          .put(Field.DESTINATION_PORT, "destination-port")
          .put(Field.PROTOCOL, "protocol-id")
          .put(Field.ICMP_TYPE, "icmp-type")
          .put(Field.SESSION, "session-id-32", "session-id")
          .put(Field.REASON, "reason")
          .put(Field.SOURCE_PACKETS, "packets-from-client")
          .put(Field.DESTINATION_PACKETS, "packets-from-server")
          .put(Field.SOURCE_BYTES, "bytes-from-client")
          .put(Field.DESTINATION_BYTES, "bytes-from-server")
          .put(Field.DURATION, "elapsed-time")
          .build();

  private static final long HOLD_MICROS = 60_000_000;

  private final SyslogHeader header;
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final PlainMessage plain = new PlainMessage();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);
  // Application tracking tells of an end once more.
  private final SeenSessions ended = new SeenSessions(HOLD_MICROS);
  private final Names names = new Names();

  SrxLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
  }

  /** Where the name of a session message stands, or -1. */
  static int message(byte[] bytes, int from, int to) {
    int at = Text.find(bytes, from, to, "RT_FLOW_SESSION_");
    return at >= 0 ? at : Text.find(bytes, from, to, "APPTRACK_SESSION_");
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    header.parse(bytes, line.from(), to);
    int message = message(bytes, line.from(), to);
    if (message < 0) {
      return;
    }
    int word = Text.find(bytes, message, to, "SESSION_") + "SESSION_".length();
    int data = Text.find(bytes, word, to, "[junos@");
    if (data >= 0) {
      KeyValues.read(bytes, data, to, NAMES, fields);
    } else if (!plain.read(bytes, word, to, fields)) {
      return;
    }
    boolean denied = Text.startsWith(bytes, word, to, "deny");
    boolean closed = Text.startsWith(bytes, word, to, "close");
    String problem = decoder.decode(fields);
    long micros = header.latestTimeMicros();
    if (problem == null && micros < 0) {
      problem = "no time in the record, nor in one before it";
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    ConnectionEvent.Builder event = decoder.event();
    if (header.hostFrom() < header.hostTo()) {
      event.sensor(names.of(bytes, header.hostFrom(), header.hostTo()));
    }
    if (denied) {
      sink.connection(event.timeMicros(micros).outcome(Outcome.BLOCKED).build());
      return;
    }
    long session = Math.max(0, ConnectionDecoder.number(fields, Field.SESSION));
    long key = SessionKeys.endpoints(session, decoder);
    if (!closed) {
      if (outcome() == Outcome.ESTABLISHED) {
        // Application tracking tells of what went over it so far.
        event.outcome(Outcome.ESTABLISHED);
      }
      sessions.begin(key, event.timeMicros(micros).build(), line.line(), sink);
      return;
    }
    OpenSessions.Start start = sessions.end(key, micros, sink);
    if (ended.add(decoder, session, micros) || start == OpenSessions.Start.TOLD) {
      return;
    }
    ConnectionEvent beginning = sessions.started();
    long elapsed = ConnectionDecoder.number(fields, Field.DURATION);
    if (beginning != null) {
      micros = beginning.timeMicros();
    } else if (elapsed > 0 && elapsed < micros / 1_000_000) {
      micros -= elapsed * 1_000_000;
    }
    sink.connection(event.timeMicros(micros).outcome(outcome()).build());
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private Outcome outcome() {
    long sent = ConnectionDecoder.number(fields, Field.SOURCE_PACKETS);
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (fields.startsWith(Field.REASON, "icmp error")) {
      return Outcome.REFUSED;
    }
    if (received > 0) {
      // A reset for a SYN is one packet each way.
      boolean reset =
          fields.has(Field.REASON)
              && Text.find(
                      fields.bytes(), fields.from(Field.REASON), fields.to(Field.REASON), "RST")
                  >= 0;
      return decoder.protocol() == Protocol.TCP && received == 1 && reset && sent <= 1
          ? Outcome.REFUSED
          : Outcome.ESTABLISHED;
    }
    return received == 0 && sent > 0 ? Outcome.NO_REPLY : Outcome.UNKNOWN;
  }
}
