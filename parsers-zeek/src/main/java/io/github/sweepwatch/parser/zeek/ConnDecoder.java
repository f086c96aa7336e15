package io.github.sweepwatch.parser.zeek;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.PackedText;
import io.github.sweepwatch.text.TextCache;
import io.github.sweepwatch.text.TimeParser;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Makes the event of a record from its fields, whichever form the record had. Not thread-safe. */
final class ConnDecoder {
  private static final long TCP = PackedText.of("tcp");
  private static final long UDP = PackedText.of("udp");
  private static final long ICMP = PackedText.of("icmp");
  private static final long TRUE = PackedText.of("true");
  private static final long FALSE = PackedText.of("false");
  private static final int MAX_PORT = 0xffff;
  private static final int MAX_ICMP = 0xff;
  private static final int MICRO = 6;

  private final TimeParser times;
  private final TextCache sensors = new TextCache();
  private final AddressParser source = new AddressParser();
  private final AddressParser destination = new AddressParser();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  // Of the record at hand, what is needed again for the verdict.
  private int protocol;
  private int icmpType;
  private long origBytes;
  private long respBytes;
  private long origPackets;
  private long respPackets;

  // The first field that could not be read, and why.
  private @Nullable ZeekField badField;
  private String badReason = "";

  ConnDecoder(ZoneId zone) {
    times = new TimeParser(zone);
  }

  /**
   * Makes the event and hands it on.
   *
   * @param record the record's fields
   * @param json whether they come from JSON, where times may be in milliseconds or ISO 8601
   * @param historyShown whether an unset history means an empty one
   * @param sink takes the event
   * @return null, or why there is none
   */
  @Nullable String decode(ZeekRecord record, boolean json, boolean historyShown, EventSink sink) {
    badField = null;
    event.reset();
    long micros = time(record, json);
    if (micros < 0) {
      bad(ZeekField.TS, "time from 1970 to 2199");
    }
    event.timeMicros(micros);
    endpoints(record);
    counts(record);
    if (badField != null) {
      return reason(record, badField);
    }
    verdict(record, historyShown);
    sink.connection(event.build());
    return null;
  }

  private void endpoints(ZeekRecord record) {
    address(record, ZeekField.ORIG_H, source);
    address(record, ZeekField.RESP_H, destination);
    event.source(source.high(), source.low()).destination(destination.high(), destination.low());
    protocol = protocol(record);
    event.protocol(protocol);
    icmpType = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      icmpType = port(record, ZeekField.ORIG_P, MAX_ICMP, false);
      event.icmp(icmpType, port(record, ZeekField.RESP_P, MAX_ICMP, false));
    } else {
      boolean needed = Protocol.hasPorts(protocol);
      event
          .sourcePort(port(record, ZeekField.ORIG_P, MAX_PORT, needed))
          .destinationPort(port(record, ZeekField.RESP_P, MAX_PORT, needed));
    }
  }

  private void counts(ZeekRecord record) {
    origBytes = count(record, ZeekField.ORIG_BYTES);
    respBytes = count(record, ZeekField.RESP_BYTES);
    origPackets = count(record, ZeekField.ORIG_PKTS);
    respPackets = count(record, ZeekField.RESP_PKTS);
    event
        .durationMicros(duration(record))
        .bytes(origBytes, respBytes)
        .packets(origPackets, respPackets)
        .sourceLocality(locality(record, ZeekField.LOCAL_ORIG))
        .destinationLocality(locality(record, ZeekField.LOCAL_RESP));
  }

  private void verdict(ZeekRecord record, boolean historyShown) {
    byte[] bytes = record.bytes();
    ConnState state = ConnState.NONE;
    if (record.has(ZeekField.CONN_STATE)) {
      state =
          ConnState.of(bytes, record.from(ZeekField.CONN_STATE), record.to(ZeekField.CONN_STATE));
    }
    long history = historyShown ? 0 : History.NOT_SHOWN;
    if (record.has(ZeekField.HISTORY)) {
      history = History.of(bytes, record.from(ZeekField.HISTORY), record.to(ZeekField.HISTORY));
    }
    Verdict verdict =
        Verdict.of(
            protocol, icmpType, state, history, origBytes, respBytes, origPackets, respPackets);
    event
        .outcome(verdict.outcome())
        .probe(verdict.probe())
        .initiatorCertain(verdict.initiatorCertain());
    if (record.has(ZeekField.SENSOR)) {
      event.sensor(sensors.of(bytes, record.from(ZeekField.SENSOR), record.to(ZeekField.SENSOR)));
    }
  }

  private String reason(ZeekRecord record, ZeekField field) {
    return record.has(field)
        ? field
            + " is no "
            + badReason
            + ": "
            + Excerpt.of(record.bytes(), record.from(field), record.to(field))
        : field + " is not set";
  }

  private void bad(ZeekField field, String reason) {
    if (badField == null) {
      badField = field;
      badReason = reason;
    }
  }

  private long time(ZeekRecord record, boolean json) {
    if (!record.has(ZeekField.TS)) {
      return TimeParser.INVALID;
    }
    byte[] bytes = record.bytes();
    int from = record.from(ZeekField.TS);
    int to = record.to(ZeekField.TS);
    return RecordTime.micros(times, bytes, from, to, json);
  }

  private void address(ZeekRecord record, ZeekField field, AddressParser parser) {
    if (!record.has(field) || !parser.parse(record.bytes(), record.from(field), record.to(field))) {
      bad(field, "IP address");
    }
  }

  private int protocol(ZeekRecord record) {
    if (!record.has(ZeekField.PROTO)) {
      bad(ZeekField.PROTO, "protocol");
      return Protocol.UNKNOWN;
    }
    byte[] bytes = record.bytes();
    int from = record.from(ZeekField.PROTO);
    int to = record.to(ZeekField.PROTO);
    long name = PackedText.of(bytes, from, to);
    if (name == TCP) {
      return Protocol.TCP;
    }
    if (name == UDP) {
      return Protocol.UDP;
    }
    if (name == ICMP) {
      return isIpv6() || number(record) == Protocol.ICMPV6 ? Protocol.ICMPV6 : Protocol.ICMP;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int protocol = text.equals("unknown_transport") ? number(record) : Protocol.number(text);
    if (protocol == Protocol.UNKNOWN && !text.equals("unknown_transport")) {
      bad(ZeekField.PROTO, "protocol");
    }
    return protocol;
  }

  private boolean isIpv6() {
    return !IpAddress.isIpv4(source.high(), source.low())
        && !IpAddress.isIpv4(destination.high(), destination.low());
  }

  private int number(ZeekRecord record) {
    return port(record, ZeekField.IP_PROTO, 0xff, false);
  }

  private int port(ZeekRecord record, ZeekField field, int max, boolean needed) {
    if (!record.has(field)) {
      if (needed) {
        bad(field, "port");
      }
      return NOT_GIVEN;
    }
    long value = NumberParser.unsigned(record.bytes(), record.from(field), record.to(field));
    if (value < 0 || value > max) {
      bad(field, max == MAX_PORT ? "port" : "number from 0 to 255");
      return NOT_GIVEN;
    }
    return (int) value;
  }

  private long count(ZeekRecord record, ZeekField field) {
    if (!record.has(field)) {
      return NOT_GIVEN;
    }
    long value = NumberParser.unsigned(record.bytes(), record.from(field), record.to(field));
    if (value < 0) {
      bad(field, "number");
    }
    return value;
  }

  private long duration(ZeekRecord record) {
    if (!record.has(ZeekField.DURATION)) {
      return NOT_GIVEN;
    }
    long micros =
        NumberParser.decimal(
            record.bytes(), record.from(ZeekField.DURATION), record.to(ZeekField.DURATION), MICRO);
    if (micros < 0) {
      bad(ZeekField.DURATION, "number of seconds");
    }
    return micros;
  }

  private Locality locality(ZeekRecord record, ZeekField field) {
    if (!record.has(field)) {
      return Locality.UNSPECIFIED;
    }
    long text = PackedText.of(record.bytes(), record.from(field), record.to(field));
    if (text == 'T' || text == TRUE) {
      return Locality.LOCAL;
    }
    if (text != 'F' && text != FALSE) {
      bad(field, "truth value");
    }
    return Locality.REMOTE;
  }
}
