package io.github.sweepwatch.parser.firewall.fortigate;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import java.nio.charset.StandardCharsets;

/** Makes the event of a session's record, whichever form it had. Not thread-safe. */
final class TrafficDecoder {
  static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.TYPE, "type")
          .put(Field.SUBTYPE, "logid", "log_id")
          .put(Field.TIME, "eventtime")
          .put(Field.DATE, "date")
          .put(Field.CLOCK, "time")
          .put(Field.ZONE, "tz")
          .put(Field.SOURCE, "srcip", "src")
          .put(Field.DESTINATION, "dstip", "dst")
          .put(Field.SOURCE_PORT, "srcport", "src_port")
          .put(Field.DESTINATION_PORT, "dstport", "dst_port")
          .put(Field.PROTOCOL, "proto")
          .put(Field.ICMP_TYPE, "icmptype", "icmp_type")
          .put(Field.ICMP_CODE, "icmpcode", "icmp_code")
          .put(Field.ACTION, "action", "status")
          .put(Field.SOURCE_BYTES, "sentbyte", "sent")
          .put(Field.DESTINATION_BYTES, "rcvdbyte", "rcvd")
          .put(Field.SOURCE_PACKETS, "sentpkt", "sent_pkt")
          .put(Field.DESTINATION_PACKETS, "rcvdpkt", "rcvd_pkt")
          .put(Field.DURATION, "duration")
          .put(Field.SESSION, "sessionid", "SN")
          .put(Field.USER, "user")
          .put(Field.SENSOR, "devname", "device_id", "devid")
          .build();

  private static final long LONGEST_SESSION_MICROS = 24 * 3_600_000_000L;
  private static final int LOG_ID_LENGTH = 10;
  private static final int HOUR = "02:".length();
  private static final int MINUTES = "05:00".length();

  private final Stamps stamps;
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final SeenSessions started = new SeenSessions(LONGEST_SESSION_MICROS);

  TrafficDecoder(ParserContext context) {
    stamps = new Stamps(context);
  }

  /** Whether a record is of the traffic log; its number tells where it does not say. */
  static boolean isTraffic(Fields fields) {
    if (fields.has(Field.TYPE)) {
      return fields.is(Field.TYPE, "traffic");
    }
    return fields.startsWith(Field.SUBTYPE, "00")
        && fields.to(Field.SUBTYPE) - fields.from(Field.SUBTYPE) == LOG_ID_LENGTH
        && fields.has(Field.SOURCE);
  }

  void decode(Fields fields, EventSink sink) {
    if (fields.is(Field.USER, "n/a")) {
      fields.remove(Field.USER);
    }
    String problem = decoder.decode(fields);
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    long micros = stamps.read(fields, Field.TIME);
    if (micros < 0) {
      closeClock(fields);
      micros = stamps.readParts(fields);
    }
    if (micros < 0) {
      Field field = fields.has(Field.TIME) ? Field.TIME : Field.DATE;
      sink.reject(ConnectionDecoder.problem(fields, field, "time", "time"));
      return;
    }
    long session = ConnectionDecoder.number(fields, Field.SESSION);
    if (session > 0 && isKnown(fields, session, micros)) {
      return;
    }
    sink.connection(decoder.event().timeMicros(micros).outcome(outcome(fields)).build());
  }

  /* Version 4 may write a blank behind the hour, 02: 05:00, where the value seems to end. */
  private static void closeClock(Fields fields) {
    if (!fields.has(Field.CLOCK)) {
      return;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(Field.CLOCK);
    int to = fields.to(Field.CLOCK);
    int rest = to + 1;
    if (to - from == HOUR && rest + MINUTES <= bytes.length && bytes[to - 1] == ':') {
      String clock =
          new String(bytes, from, HOUR, StandardCharsets.ISO_8859_1)
              + new String(bytes, rest, MINUTES, StandardCharsets.ISO_8859_1);
      fields.remove(Field.CLOCK);
      fields.putText(Field.CLOCK, clock);
    }
  }

  /* A session may be told of when it begins, every few minutes while it lasts, and at its end. */
  private boolean isKnown(Fields fields, long session, long micros) {
    boolean first = fields.is(Field.ACTION, "start") || isInterim(fields);
    return first
        ? started.add(decoder, session, micros)
        : started.contains(decoder, session, micros);
  }

  private static boolean isInterim(Fields fields) {
    if (!fields.has(Field.SUBTYPE)) {
      return false;
    }
    byte[] bytes = fields.bytes();
    int to = fields.to(Field.SUBTYPE);
    return to - fields.from(Field.SUBTYPE) == LOG_ID_LENGTH
        && bytes[to - 1] == '0'
        && bytes[to - 2] == '2'
        && bytes[to - 3] == '0';
  }

  private Outcome outcome(Fields fields) {
    if (Dispositions.outcome(fields, Field.ACTION) == Outcome.BLOCKED) {
      return Outcome.BLOCKED;
    }
    if (fields.is(Field.ACTION, "ip-conn")) {
      // The device found no way to the host.
      return Outcome.NO_REPLY;
    }
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (received == 1
        && decoder.protocol() == Protocol.TCP
        && fields.is(Field.ACTION, "server-rst")) {
      // The reset is all that came back.
      return Outcome.REFUSED;
    }
    if (received < 0) {
      received = ConnectionDecoder.number(fields, Field.DESTINATION_BYTES);
    }
    if (received > 0) {
      return Outcome.ESTABLISHED;
    }
    long sent = ConnectionDecoder.number(fields, Field.SOURCE_BYTES);
    // A sniffer, or a session just begun, counts nothing in either direction.
    return received == 0 && sent > 0 && !fields.is(Field.ACTION, "start")
        ? Outcome.NO_REPLY
        : Outcome.UNKNOWN;
  }
}
