package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.SessionKeys;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.text.TimeParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connection events of FTD's access control, 430002 when a connection begins and 430003
 * when it ends: {@code AccessControlRuleAction: Allow, SrcIP: 10.0.0.1, …}. Not thread-safe.
 */
final class ConnectionMessage {
  static final int START = 430002;
  static final int END = 430003;
  private static final long HOLD_MICROS = 60_000_000;
  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REPLY = 0;
  private static final int UNREACHABLE = 3;

  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "SrcIP")
          .put(Field.DESTINATION, "DstIP")
          .put(Field.SOURCE_PORT, "SrcPort")
          .put(Field.DESTINATION_PORT, "DstPort")
          .put(Field.PROTOCOL, "Protocol")
          .put(Field.ACTION, "AccessControlRuleAction")
          .put(Field.SOURCE_PACKETS, "InitiatorPackets")
          .put(Field.DESTINATION_PACKETS, "ResponderPackets")
          .put(Field.SOURCE_BYTES, "InitiatorBytes")
          .put(Field.DESTINATION_BYTES, "ResponderBytes")
          .put(Field.DURATION, "ConnectionDuration")
          .put(Field.START, "FirstPacketSecond")
          .put(Field.SESSION, "ConnectionID")
          .put(Field.TYPE, "InstanceID")
          .put(Field.ICMP_TYPE, "ICMPType")
          .put(Field.ICMP_CODE, "ICMPCode")
          .build();

  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);
  private final TimeParser times;

  ConnectionMessage(ParserContext context) {
    times = new TimeParser(context.zone());
  }

  /** Whether a message is one of these. */
  static boolean isOne(int number) {
    return number == START || number == END;
  }

  /** Reads a message; null, or what is wrong with it. */
  @Nullable String read(
      int number,
      byte[] bytes,
      int from,
      int to,
      long stampMicros,
      @Nullable String sensor,
      long line,
      EventSink sink) {
    split(bytes, from, to);
    int icmpType = icmpType();
    String problem = decoder.decode(fields);
    if (problem != null) {
      return problem;
    }
    boolean end = number == END;
    long duration = ConnectionDecoder.number(fields, Field.DURATION);
    long micros = stampMicros;
    if (fields.has(Field.START)) {
      micros = times.iso(bytes, fields.from(Field.START), fields.to(Field.START));
    } else if (end && duration > 0 && duration < 10_000_000 && micros >= 0) {
      micros = Math.max(0, micros - duration * 1_000_000);
    }
    if (micros < 0) {
      return "no time in the record, nor in one before it";
    }
    Outcome outcome = outcome(end);
    ConnectionEvent.Builder event = decoder.event().timeMicros(micros).outcome(outcome);
    if (sensor != null) {
      event.sensor(sensor);
    }
    if (icmpType >= 0 && Protocol.isIcmp(decoder.protocol())) {
      event.icmp(icmpType, (int) Math.max(-1, ConnectionDecoder.number(fields, Field.ICMP_CODE)));
    }
    long key = key(sensor);
    if (!end && outcome != Outcome.BLOCKED) {
      sessions.begin(key, event.build(), line, sink);
      return null;
    }
    OpenSessions.Start start = sessions.end(key, Math.max(micros, stampMicros), sink);
    if (start == OpenSessions.Start.TOLD) {
      return null;
    }
    ConnectionEvent beginning = sessions.started();
    if (beginning != null && !fields.has(Field.START)) {
      event.timeMicros(beginning.timeMicros());
    }
    sink.connection(event.build());
    return null;
  }

  /** Hands on what has not ended. */
  void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private void split(byte[] bytes, int from, int to) {
    fields.start(bytes, from, to);
    int key = from;
    int colon = -1;
    for (int i = from; i <= to; i++) {
      if (i == to || (bytes[i] == ',' && i + 1 < to && bytes[i + 1] == ' ')) {
        if (colon >= 0) {
          fields.put(NAMES.find(bytes, key, colon), colon + 1, i);
        }
        key = i + 2;
        colon = -1;
      } else if (colon < 0 && bytes[i] == ':') {
        colon = i;
      }
    }
  }

  /* By name, which the decoder does not know. */
  private int icmpType() {
    if (fields.is(Field.ICMP_TYPE, "echo request")) {
      return ECHO_REQUEST;
    }
    if (fields.is(Field.ICMP_TYPE, "echo reply")) {
      return ECHO_REPLY;
    }
    return fields.is(Field.ICMP_TYPE, "destination unreachable")
        ? UNREACHABLE
        : (int) Math.min(0x100, ConnectionDecoder.number(fields, Field.ICMP_TYPE)) <= 0xff
            ? (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE)
            : -1;
  }

  private Outcome outcome(boolean end) {
    if (fields.startsWith(Field.ACTION, "block")
        || fields.startsWith(Field.ACTION, "interactive block")) {
      return Outcome.BLOCKED;
    }
    long sent = ConnectionDecoder.number(fields, Field.SOURCE_PACKETS);
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (!end || sent < 0 || received < 0) {
      return Outcome.UNKNOWN;
    }
    if (received == 0) {
      return sent > 0 ? Outcome.NO_REPLY : Outcome.UNKNOWN;
    }
    // One packet each way is a SYN and a reset: after a SYN-ACK, a third would have come.
    return decoder.protocol() == Protocol.TCP && sent == 1 && received == 1
        ? Outcome.REFUSED
        : Outcome.ESTABLISHED;
  }

  private long key(@Nullable String sensor) {
    long key =
        OpenSessions.mix(
            ConnectionDecoder.number(fields, Field.SESSION),
            sensor == null ? 0 : sensor.hashCode());
    key = OpenSessions.mix(key, ConnectionDecoder.number(fields, Field.TYPE));
    return SessionKeys.endpoints(key, decoder);
  }
}
