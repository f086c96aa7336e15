package io.github.sweepwatch.parser.firewall.sonicwall;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.KeyValues;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.SessionKeys;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.SyslogHeader;
import io.github.sweepwatch.text.TimeParser;
import java.time.ZoneOffset;

/**
 * Parses records of connections that were opened and closed (m=98, m=537) and of packets that were
 * dropped: {@code src=10.0.0.1:1234:X0:host dst=…}. Not thread-safe.
 */
final class SonicWallLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.TIME, "time")
          .put(Field.TYPE, "m")
          .put(Field.APPLICATION, "c")
          .put(Field.MESSAGE, "msg")
          .put(Field.SOURCE, "srcV6")
          .put(Field.DESTINATION, "dstV6")
          .put(Field.TUPLES, "src")
          .put(Field.DIRECTION, "dst")
          .put(Field.PROTOCOL, "proto")
          .put(Field.ACTION, "fw_action")
          .put(Field.SOURCE_BYTES, "sent")
          .put(Field.DESTINATION_BYTES, "rcvd")
          .put(Field.SOURCE_PACKETS, "spkt")
          .put(Field.DESTINATION_PACKETS, "rpkt")
          .put(Field.DURATION, "cdur")
          .put(Field.ICMP_TYPE, "type", "icmpType")
          .put(Field.ICMP_CODE, "code", "icmpCode")
          .put(Field.SENSOR, "fw")
          .put(Field.SUBTYPE, "sid")
          .put(Field.REASON, "note")
          .build();

  private static final long OPENED = 98;
  private static final long CLOSED = 537;
  // Its category of errors, of which a full table of connections is one.
  private static final long SYSTEM_ERROR = 2;
  private static final long TCP_DROPPED = 36;
  private static final long UDP_DROPPED = 37;
  private static final long ICMP_DROPPED = 38;
  private static final long HOLD_MICROS = 60_000_000;
  private static final int STAMP = "2007-01-03 14:48:06".length();

  private final SyslogHeader header;
  private final TimeParser times;
  private final TimeParser utcTimes = new TimeParser(ZoneOffset.UTC);
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);

  SonicWallLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    times = new TimeParser(context.zone());
  }

  /** Whether a line is of this format. */
  static boolean isRecord(byte[] bytes, int from, int to) {
    return Text.find(bytes, from, to, " sn=") >= 0
        && Text.find(bytes, from, to, " fw=") >= 0
        && Text.find(bytes, from, to, "id=") >= 0
        && Text.find(bytes, from, to, " pri=") >= 0;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    header.parse(bytes, from, to);
    if (!isRecord(bytes, from, to)) {
      return;
    }
    KeyValues.read(bytes, from, to, NAMES, fields);
    long message = ConnectionDecoder.number(fields, Field.TYPE);
    boolean session = message == OPENED || message == CLOSED;
    boolean dropped = !session && isDropped();
    if (!session && !dropped) {
      return;
    }
    split(Field.TUPLES, Field.SOURCE, Field.SOURCE_PORT);
    split(Field.DIRECTION, Field.DESTINATION, Field.DESTINATION_PORT);
    // In milliseconds here, unlike anywhere else.
    long duration = ConnectionDecoder.number(fields, Field.DURATION);
    fields.remove(Field.DURATION);
    String problem = decoder.decode(fields);
    long micros = problem == null ? micros() : 0;
    if (micros < 0) {
      problem = ConnectionDecoder.problem(fields, Field.TIME, "time", "time");
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    ConnectionEvent.Builder event = decoder.event();
    if (dropped) {
      sink.connection(packet(event.timeMicros(micros), message).build());
    } else {
      session(event, message, micros, duration, line.line(), sink);
    }
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private void session(
      ConnectionEvent.Builder event,
      long message,
      long micros,
      long duration,
      long line,
      EventSink sink) {
    long key = SessionKeys.endpoints(0, decoder);
    if (message == OPENED) {
      // What was sent so far is the first packet.
      event.bytes(NOT_GIVEN, NOT_GIVEN).packets(NOT_GIVEN, NOT_GIVEN);
      sessions.begin(key, event.timeMicros(micros).build(), line, sink);
      return;
    }
    OpenSessions.Start start = sessions.end(key, micros, sink);
    if (start == OpenSessions.Start.TOLD) {
      return;
    }
    ConnectionEvent beginning = sessions.started();
    long begun = micros;
    if (beginning != null) {
      begun = beginning.timeMicros();
    } else if (duration > 0 && duration < micros / 1000) {
      begun = micros - duration * 1000;
    }
    if (duration >= 0 && duration < micros / 1000) {
      event.durationMicros(duration * 1000);
    }
    sink.connection(event.timeMicros(begun).outcome(outcome()).build());
  }

  /* Where the protocol is not written, the message's number may say it. */
  private ConnectionEvent.Builder packet(ConnectionEvent.Builder event, long message) {
    int protocol = decoder.protocol();
    if (protocol == Protocol.UNKNOWN) {
      protocol =
          message == TCP_DROPPED
              ? Protocol.TCP
              : message == UDP_DROPPED
                  ? Protocol.UDP
                  : message == ICMP_DROPPED ? Protocol.ICMP : Protocol.UNKNOWN;
      event.protocol(protocol);
    }
    int type = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      type = octet(Field.ICMP_TYPE);
      event.icmp(type, octet(Field.ICMP_CODE)).sourcePort(NOT_GIVEN).destinationPort(NOT_GIVEN);
    }
    int flags = protocol == Protocol.TCP ? flags() : TcpFlags.NONE_GIVEN;
    return event
        .outcome(Outcome.BLOCKED)
        .probe(FirstPacket.probe(protocol, flags, Outcome.BLOCKED))
        .initiatorCertain(
            FirstPacket.isFromInitiator(
                protocol, flags, decoder.sourcePort(), decoder.destinationPort(), type));
  }

  /* note="TCP Flag(s): ACK RST" */
  private int flags() {
    return fields.startsWith(Field.REASON, "tcp flag")
        ? TcpFlags.named(fields.bytes(), fields.from(Field.REASON), fields.to(Field.REASON))
        : TcpFlags.NONE_GIVEN;
  }

  private int octet(Field field) {
    long number = ConnectionDecoder.number(fields, field);
    return number >= 0 && number <= 0xff ? (int) number : NOT_GIVEN;
  }

  private Outcome outcome() {
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_BYTES);
    if (received > 0) {
      return Outcome.ESTABLISHED;
    }
    return ConnectionDecoder.number(fields, Field.SOURCE_BYTES) > 0
        ? Outcome.NO_REPLY
        : Outcome.UNKNOWN;
  }

  /* Alarms of the intrusion prevention have a signature, logons no word of a packet. */
  private boolean isDropped() {
    if (!(fields.has(Field.SOURCE) || fields.has(Field.TUPLES)) || fields.has(Field.SUBTYPE)) {
      return false;
    }
    if (fields.is(Field.ACTION, "drop")) {
      return true;
    }
    if (!fields.has(Field.MESSAGE)
        || ConnectionDecoder.number(fields, Field.APPLICATION) == SYSTEM_ERROR) {
      return false;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(Field.MESSAGE);
    int to = fields.to(Field.MESSAGE);
    if (Text.contains(bytes, from, to, "login") || Text.contains(bytes, from, to, "ike ")) {
      return false;
    }
    return Text.contains(bytes, from, to, "dropped")
        || Text.contains(bytes, from, to, "site access denied")
        || Text.contains(bytes, from, to, "connection denied")
        || Text.contains(bytes, from, to, "packet denied")
        || Text.contains(bytes, from, to, "blocked");
  }

  /* ip:port:interface:host, any of which but the first colon may be missing. */
  private void split(Field all, Field address, Field port) {
    if (!fields.has(all)) {
      return;
    }
    int from = fields.from(all);
    int to = fields.to(all);
    int colon = Text.find(fields.bytes(), from, to, ':');
    fields.put(address, from, colon);
    if (colon < to) {
      fields.put(port, colon + 1, Text.find(fields.bytes(), colon + 1, to, ':'));
    }
  }

  private long micros() {
    if (!fields.has(Field.TIME)) {
      return header.latestTimeMicros();
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(Field.TIME);
    int to = fields.to(Field.TIME);
    boolean utc = to - from == STAMP + 4 && bytes[to - 1] == 'C';
    return utc ? utcTimes.iso(bytes, from, from + STAMP) : times.iso(bytes, from, to);
  }
}
