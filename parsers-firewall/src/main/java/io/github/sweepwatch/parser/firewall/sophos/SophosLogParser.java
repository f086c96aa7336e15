package io.github.sweepwatch.parser.firewall.sophos;

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
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.SyslogHeader;
import io.github.sweepwatch.text.SyslogStamp;
import io.github.sweepwatch.text.TimeParser;

/**
 * Parses Sophos Firewall's records, {@code log_type="Firewall"}, with date and time or with a
 * timestamp, and Sophos UTM's, {@code sub="packetfilter"}. Not thread-safe.
 */
final class SophosLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.TIME, "timestamp")
          .put(Field.DATE, "date")
          .put(Field.CLOCK, "time")
          .put(Field.ZONE, "timezone")
          .put(Field.TYPE, "log_type", "sub")
          .put(Field.SUBTYPE, "log_subtype", "status")
          .put(Field.ACTION, "action")
          .put(Field.DIRECTION, "connevent", "con_event")
          .put(Field.REASON, "log_component")
          .put(Field.SESSION, "connid", "con_id")
          .put(Field.SOURCE, "src_ip", "srcip")
          .put(Field.DESTINATION, "dst_ip", "dstip")
          .put(Field.SOURCE_PORT, "src_port", "srcport")
          .put(Field.DESTINATION_PORT, "dst_port", "dstport")
          .put(Field.PROTOCOL, "protocol", "proto")
          .put(Field.ICMP_TYPE, "icmp_type", "type")
          .put(Field.ICMP_CODE, "icmp_code", "code")
          .put(Field.SOURCE_PACKETS, "sent_pkts", "packets_sent")
          .put(Field.DESTINATION_PACKETS, "recv_pkts", "packets_received")
          .put(Field.SOURCE_BYTES, "sent_bytes", "bytes_sent")
          .put(Field.DESTINATION_BYTES, "recv_bytes", "bytes_received")
          .put(Field.DURATION, "duration")
          .put(Field.FLAGS, "tcpflags")
          .put(Field.SENSOR, "device_id", "device_serial_id")
          .put(Field.USER, "user_name")
          .build();

  private static final long HOLD_MICROS = 60_000_000;
  private static final int DATE_LENGTH = "2018-05-30".length();
  private static final int CLOCK_LENGTH = "13:14:26".length();
  private static final int HOURS_LENGTH = "+08".length();
  private static final int MOST_HOURS = 18;

  private final SyslogHeader header;
  private final TimeParser times;
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);

  SophosLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    times = new TimeParser(context.zone());
  }

  /** Whether a line is of one of these formats. */
  static boolean isRecord(byte[] bytes, int from, int to) {
    boolean firewall =
        Text.find(bytes, from, to, "log_type=") >= 0
            && Text.find(bytes, from, to, "log_component=") >= 0;
    return firewall
        || (Text.find(bytes, from, to, "sys=\"SecureNet\"") >= 0
            && Text.find(bytes, from, to, "sub=\"") >= 0);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (!isRecord(bytes, from, to)) {
      return;
    }
    int payload = header.parse(bytes, from, to);
    KeyValues.read(bytes, payload, to, NAMES, fields);
    boolean utm = fields.is(Field.TYPE, "packetfilter");
    if (!utm && !fields.is(Field.TYPE, "firewall")) {
      return;
    }
    String problem = decoder.decode(fields);
    long micros = problem == null ? micros(bytes, from) : 0;
    if (micros < 0) {
      problem = "no time in the record, nor in one before it";
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    if (utm) {
      packet(micros, sink);
    } else {
      session(micros, line.line(), sink);
    }
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private void packet(long micros, EventSink sink) {
    boolean blocked =
        fields.is(Field.ACTION, "drop")
            || fields.is(Field.ACTION, "reject")
            || fields.is(Field.ACTION, "deny");
    Outcome outcome = blocked ? Outcome.BLOCKED : Outcome.UNKNOWN;
    int protocol = decoder.protocol();
    int flags = protocol == Protocol.TCP ? flags() : TcpFlags.NONE_GIVEN;
    int type =
        Protocol.isIcmp(protocol) ? (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE) : -1;
    sink.connection(
        decoder
            .event()
            .timeMicros(micros)
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(
                FirstPacket.isFromInitiator(
                    protocol, flags, decoder.sourcePort(), decoder.destinationPort(), type))
            .build());
  }

  private int flags() {
    if (!fields.has(Field.FLAGS)) {
      return TcpFlags.NONE_GIVEN;
    }
    return TcpFlags.named(fields.bytes(), fields.from(Field.FLAGS), fields.to(Field.FLAGS));
  }

  private void session(long micros, long line, EventSink sink) {
    ConnectionEvent.Builder event = decoder.event();
    int protocol = decoder.protocol();
    // An ICMP error answers, and so may a packet that belongs to no connection.
    if (Protocol.isIcmp(protocol) || fields.is(Field.REASON, "invalid traffic")) {
      int type = (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE);
      event.initiatorCertain(
          FirstPacket.isFromInitiator(
              protocol,
              TcpFlags.NONE_GIVEN,
              decoder.sourcePort(),
              decoder.destinationPort(),
              type));
    }
    if (isDenied()) {
      sink.connection(event.timeMicros(micros).outcome(Outcome.BLOCKED).build());
      return;
    }
    long session = Math.max(0, ConnectionDecoder.number(fields, Field.SESSION));
    long key = SessionKeys.endpoints(session, decoder);
    if (fields.is(Field.DIRECTION, "start") || fields.is(Field.DIRECTION, "interim")) {
      sessions.begin(key, event.timeMicros(micros).build(), line, sink);
      return;
    }
    long begun = micros;
    if (fields.is(Field.DIRECTION, "stop")) {
      OpenSessions.Start start = sessions.end(key, micros, sink);
      if (start == OpenSessions.Start.TOLD) {
        return;
      }
      ConnectionEvent beginning = sessions.started();
      long duration = ConnectionDecoder.number(fields, Field.DURATION);
      if (beginning != null) {
        begun = beginning.timeMicros();
      } else if (duration > 0 && duration < micros / 1_000_000) {
        begun = micros - duration * 1_000_000;
      }
    }
    sink.connection(event.timeMicros(begun).outcome(outcome()).build());
  }

  private boolean isDenied() {
    return fields.startsWith(Field.SUBTYPE, "den")
        || fields.startsWith(Field.SUBTYPE, "drop")
        || fields.startsWith(Field.SUBTYPE, "reject")
        || fields.startsWith(Field.SUBTYPE, "block");
  }

  private Outcome outcome() {
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (received > 0) {
      return Outcome.ESTABLISHED;
    }
    return received == 0 && ConnectionDecoder.number(fields, Field.SOURCE_PACKETS) > 0
        ? Outcome.NO_REPLY
        : Outcome.UNKNOWN;
  }

  private long micros(byte[] bytes, int lineFrom) {
    if (fields.has(Field.TIME)) {
      return times.iso(bytes, fields.from(Field.TIME), fields.to(Field.TIME));
    }
    if (!fields.has(Field.DATE) || !fields.has(Field.CLOCK)) {
      long micros = header.timeMicros();
      return micros >= 0 ? micros : utmStamp(bytes, lineFrom);
    }
    int date = fields.from(Field.DATE);
    int clock = fields.from(Field.CLOCK);
    if (fields.to(Field.DATE) - date != DATE_LENGTH
        || fields.to(Field.CLOCK) - clock != CLOCK_LENGTH) {
      return TimeParser.INVALID;
    }
    return stamp(bytes, date, clock, offset(bytes));
  }

  /* A name, or hours with minutes or without: CET, +08, -0530. */
  private int offset(byte[] bytes) {
    if (!fields.has(Field.ZONE)) {
      return TimeParser.LOCAL;
    }
    int from = fields.from(Field.ZONE);
    int to = fields.to(Field.ZONE);
    if (bytes[from] != '+' && bytes[from] != '-') {
      return SyslogStamp.namedOffset(bytes, from, to);
    }
    int hours = number(bytes, from + 1, Math.min(to, from + HOURS_LENGTH));
    int minutes = to - from > HOURS_LENGTH ? number(bytes, to - 2, to) : 0;
    if (hours < 0 || hours > MOST_HOURS || minutes < 0 || minutes >= 60) {
      return TimeParser.LOCAL;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return bytes[from] == '-' ? -seconds : seconds;
  }

  /* 2018:05:30-13:14:26 at the line's beginning. */
  private long utmStamp(byte[] bytes, int from) {
    int start = from;
    if (bytes[start] == '<') {
      start = Text.find(bytes, start, fields.from(Field.TYPE), '>') + 1;
    }
    return start + DATE_LENGTH + 1 + CLOCK_LENGTH <= fields.from(Field.TYPE)
            && bytes[start + DATE_LENGTH] == '-'
        ? stamp(bytes, start, start + DATE_LENGTH + 1, TimeParser.LOCAL)
        : header.latestTimeMicros();
  }

  private long stamp(byte[] bytes, int date, int clock, int offset) {
    return times.of(
        number(bytes, date, date + 4),
        number(bytes, date + 5, date + 7),
        number(bytes, date + 8, date + 10),
        number(bytes, clock, clock + 2),
        number(bytes, clock + 3, clock + 5),
        number(bytes, clock + 6, clock + 8),
        offset);
  }

  private static int number(byte[] bytes, int from, int to) {
    return (int) NumberParser.unsigned(bytes, from, to);
  }
}
