package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.HeaderStamp;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;

/**
 * Tells which events are connections, and makes theirs. The titles, the category and the vendor
 * decide; an event without both addresses, or without any port or protocol, is none. Not
 * thread-safe.
 */
final class DeviceEvent {
  private static final long LONGEST_SESSION_MICROS = 24 * 3_600_000_000L;

  private final Stamps stamps;
  private final HeaderStamp header;
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final SeenSessions started = new SeenSessions(LONGEST_SESSION_MICROS);

  private Outcome titled = Outcome.UNKNOWN;
  private boolean traffic;
  private boolean other;

  DeviceEvent(ParserContext context) {
    stamps = new Stamps(context);
    header = new HeaderStamp(stamps);
  }

  /** Starts with a record, before its titles. */
  void start() {
    titled = Outcome.UNKNOWN;
    traffic = false;
    other = false;
  }

  /** Takes a title: the event's class or its name. */
  void title(byte[] bytes, int from, int to) {
    traffic |= Text.startsWith(bytes, from, to, "traffic");
    other |= Dispositions.isOtherEvent(bytes, from, to);
    if (titled == Outcome.UNKNOWN) {
      titled = Dispositions.outcome(bytes, from, to);
    }
  }

  /** Whether the fields and titles are those of a connection. */
  boolean isConnection(Fields fields) {
    if (!fields.has(Field.SOURCE) || !fields.has(Field.DESTINATION)) {
      return false;
    }
    if (!fields.has(Field.DESTINATION_PORT)
        && !fields.has(Field.SOURCE_PORT)
        && !fields.has(Field.PROTOCOL)) {
      return false;
    }
    if (traffic || fields.startsWith(Field.TYPE, "traffic")) {
      return true;
    }
    boolean category =
        fields.has(Field.TYPE)
            && Dispositions.isOtherEvent(
                fields.bytes(), fields.from(Field.TYPE), fields.to(Field.TYPE));
    return !other && !category && !isOtherKind(fields);
  }

  /* Kinds of records that devices with a traffic log have beside it. */
  private static boolean isOtherKind(Fields fields) {
    return fields.startsWith(Field.TYPE, "utm")
        || fields.startsWith(Field.TYPE, "event:")
        || fields.startsWith(Field.ACTION, "ids:")
        || fields.startsWith(Field.ACTION, "ips:");
  }

  /**
   * Makes the event.
   *
   * @param bytes holds the line
   * @param from the line's first byte
   * @param record where the record begins in it
   */
  void decode(Fields fields, byte[] bytes, int from, int record, EventSink sink) {
    String problem = decoder.decode(fields);
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    long micros = time(fields, bytes, from, record);
    if (micros < 0) {
      sink.reject(ConnectionDecoder.problem(fields, Field.TIME, "time", "time"));
      return;
    }
    long session = ConnectionDecoder.number(fields, Field.SESSION);
    if (session > 0 && isKnown(fields, session, micros)) {
      return;
    }
    sink.connection(decoder.event().timeMicros(micros).outcome(outcome(fields)).build());
  }

  private long time(Fields fields, byte[] bytes, int from, int record) {
    long micros = stamps.read(fields, Field.START);
    if (micros < 0) {
      micros = stamps.read(fields, Field.TIME);
    }
    if (micros < 0) {
      micros = stamps.readParts(fields);
    }
    if (micros < 0) {
      micros = stamps.read(fields, Field.END);
    }
    if (micros < 0) {
      micros = header.read(bytes, from, record);
    }
    boolean untimed = micros < 0 && !fields.has(Field.TIME) && !fields.has(Field.START);
    // Some devices leave the time to the collector, which may have dropped it.
    return untimed ? stamps.latest() : micros;
  }

  private boolean isKnown(Fields fields, long session, long micros) {
    boolean first = fields.is(Field.SUBTYPE, "start") || fields.is(Field.ACTION, "start");
    return first
        ? started.add(decoder, session, micros)
        : started.contains(decoder, session, micros);
  }

  private Outcome outcome(Fields fields) {
    Outcome said = fields.has(Field.ACTION) ? Dispositions.outcome(fields, Field.ACTION) : titled;
    if (said == Outcome.BLOCKED || fields.is(Field.RESULT, "/failure")) {
      return Outcome.BLOCKED;
    }
    long packets = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (packets == 1
        && decoder.protocol() == Protocol.TCP
        && (fields.is(Field.REASON, "tcp-rst-from-server")
            || fields.is(Field.ACTION, "server-rst"))) {
      return Outcome.REFUSED;
    }
    long received =
        packets == ConnectionEvent.NOT_GIVEN
            ? ConnectionDecoder.number(fields, Field.DESTINATION_BYTES)
            : packets;
    return received > 0 ? Outcome.ESTABLISHED : Outcome.UNKNOWN;
  }
}
