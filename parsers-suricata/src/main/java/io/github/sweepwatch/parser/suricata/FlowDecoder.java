package io.github.sweepwatch.parser.suricata;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.PackedText;
import io.github.sweepwatch.text.TextCache;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a connection of a flow, half a flow, an alert or a drop. Not thread-safe. */
final class FlowDecoder {
  private static final long TCP = PackedText.of("TCP");
  private static final long UDP = PackedText.of("UDP");
  private static final long ICMP = PackedText.of("ICMP");
  private static final long DROP = PackedText.of("drop");
  private static final long REJECT = PackedText.of("reject");
  private static final long BLOCKED = PackedText.of("blocked");
  private static final long NEW = PackedText.of("new");
  private static final long FAILED = PackedText.of("failed");
  private static final long TRUE = PackedText.of("true");
  private static final long FALSE = PackedText.of("false");
  private static final int MAX_PORT = 0xffff;
  private static final int WELL_KNOWN = 1024;
  private static final long SECOND = 1_000_000;

  private final RecordTime times;
  private final TextCache sensors = new TextCache();
  private final FieldReader read = new FieldReader();
  private final AddressParser source = new AddressParser();
  private final AddressParser destination = new AddressParser();
  private final FlowVerdict verdict = new FlowVerdict();
  private final SeenFlows seen = new SeenFlows();
  private final HeldAlerts held = new HeldAlerts();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  // Of the record at hand.
  private int protocol;
  private int icmpType;
  private int sourcePort;
  private int destinationPort;
  private long toServer;
  private long toClient;
  private boolean swapped;
  private boolean directed;

  FlowDecoder(RecordTime times) {
    this.times = times;
  }

  /** Hands on what is kept back, at the end of the stream. */
  void finish(EventSink sink) {
    held.releaseAll(sink);
  }

  /**
   * Hands the event on, if there is one and its outcome is not waited for; returns null, or why
   * there is none.
   */
  @Nullable String decode(EveRecord record, RecordKind kind, long line, EventSink sink) {
    boolean packet = kind == RecordKind.ALERT || kind == RecordKind.DROP;
    if (packet && !record.has(EveField.SRC_IP) && !record.has(EveField.DEST_IP)) {
      // A packet that is no IP, or is broken.
      return null;
    }
    read.start();
    event.reset();
    endpoints(record);
    long start = time(record);
    counts(record, start);
    judge(record, kind);
    String reason = read.reason(record);
    if (reason == null) {
      if (kind == RecordKind.ALERT && record.has(EveField.ALERT_SIGNATURE)) {
        notice(record, sink);
      }
      handOn(record, kind, line, sink);
    }
    return reason;
  }

  /* What the alert itself says, of whoever opened the connection. */
  private void notice(EveRecord record, EventSink sink) {
    long micros = times.micros(record, EveField.TIMESTAMP);
    if (micros < 0) {
      return;
    }
    IpAddress first = new IpAddress(source.high(), source.low());
    IpAddress second = new IpAddress(destination.high(), destination.low());
    long priority =
        record.has(EveField.ALERT_SEVERITY)
            ? NumberParser.unsigned(
                record.bytes(EveField.ALERT_SEVERITY),
                record.from(EveField.ALERT_SEVERITY),
                record.to(EveField.ALERT_SEVERITY))
            : 0;
    sink.notice(
        new NoticeEvent(
            micros,
            swapped ? second : first,
            swapped ? first : second,
            text(record, EveField.ALERT_SIGNATURE),
            record.has(EveField.ALERT_CATEGORY) ? text(record, EveField.ALERT_CATEGORY) : null,
            priority < 0 || priority > 0xff ? 0 : (int) priority,
            record.has(EveField.SENSOR) ? text(record, EveField.SENSOR) : null));
  }

  private String text(EveRecord record, EveField field) {
    return sensors.of(record.bytes(field), record.from(field), record.to(field));
  }

  private void endpoints(EveRecord record) {
    boolean flow = record.has(EveField.FLOW_SRC_IP) && record.has(EveField.FLOW_DEST_IP);
    boolean toClientPacket = record.is(EveField.DIRECTION, "to_client");
    swapped = !flow && toClientPacket;
    directed = flow || toClientPacket || record.is(EveField.DIRECTION, "to_server");
    read.address(record, flow ? EveField.FLOW_SRC_IP : EveField.SRC_IP, source);
    read.address(record, flow ? EveField.FLOW_DEST_IP : EveField.DEST_IP, destination);
    protocol = protocol(record);
    boolean flowPorts =
        flow && record.has(EveField.FLOW_SRC_PORT) && record.has(EveField.FLOW_DEST_PORT);
    boolean turned = flow && !flowPorts && toClientPacket;
    EveField from = turned ? EveField.DEST_PORT : EveField.SRC_PORT;
    EveField to = turned ? EveField.SRC_PORT : EveField.DEST_PORT;
    sourcePort = port(record, flowPorts ? EveField.FLOW_SRC_PORT : from);
    destinationPort = port(record, flowPorts ? EveField.FLOW_DEST_PORT : to);
    if (Protocol.hasPorts(protocol) && destinationPort == NOT_GIVEN) {
      read.bad(flowPorts ? EveField.FLOW_DEST_PORT : to, "port");
    }
    icmpType = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      icmpType = (int) read.number(record, EveField.ICMP_TYPE, 0xff);
      event.icmp(icmpType, (int) read.number(record, EveField.ICMP_CODE, 0xff));
      sourcePort = NOT_GIVEN;
      destinationPort = NOT_GIVEN;
    }
    if (swapped) {
      event
          .source(destination.high(), destination.low())
          .destination(source.high(), source.low())
          .sourcePort(destinationPort)
          .destinationPort(sourcePort);
    } else {
      event
          .source(source.high(), source.low())
          .destination(destination.high(), destination.low())
          .sourcePort(sourcePort)
          .destinationPort(destinationPort);
    }
    event.protocol(protocol);
  }

  private int port(EveRecord record, EveField field) {
    return (int) read.number(record, field, MAX_PORT);
  }

  private int protocol(EveRecord record) {
    long name = record.packed(EveField.PROTO);
    if (name == TCP) {
      return Protocol.TCP;
    }
    if (name == UDP) {
      return Protocol.UDP;
    }
    if (name == ICMP) {
      return Protocol.ICMP;
    }
    if (!record.has(EveField.PROTO)) {
      read.bad(EveField.PROTO, "protocol");
      return Protocol.UNKNOWN;
    }
    byte[] bytes = record.bytes(EveField.PROTO);
    int from = record.from(EveField.PROTO);
    int to = record.to(EveField.PROTO);
    long number = NumberParser.unsigned(bytes, from, to);
    if (number >= 0 && number <= 0xff) {
      return (int) number;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int known = ProtocolNames.number(text.toLowerCase(Locale.ROOT));
    if (known == Protocol.UNKNOWN) {
      read.bad(EveField.PROTO, "protocol");
    }
    return known;
  }

  /* When the flow began; for a packet of which that is not told, when it came. */
  private long time(EveRecord record) {
    EveField field = record.has(EveField.START) ? EveField.START : EveField.TIMESTAMP;
    long micros = times.micros(record, field);
    if (micros < 0) {
      read.bad(field, "time from 1970 to 2199");
    }
    event.timeMicros(micros);
    return micros;
  }

  private void counts(EveRecord record, long start) {
    toServer = read.number(record, EveField.PKTS_TOSERVER, Long.MAX_VALUE);
    toClient = read.number(record, EveField.PKTS_TOCLIENT, Long.MAX_VALUE);
    long bytesToServer = read.number(record, EveField.BYTES_TOSERVER, Long.MAX_VALUE);
    long bytesToClient = read.number(record, EveField.BYTES_TOCLIENT, Long.MAX_VALUE);
    event.packets(toServer, toClient).bytes(bytesToServer, bytesToClient);
    long duration = NOT_GIVEN;
    if (record.has(EveField.END)) {
      long end = times.micros(record, EveField.END);
      if (end < 0) {
        read.bad(EveField.END, "time from 1970 to 2199");
      }
      duration = end - start;
    } else if (record.has(EveField.AGE)) {
      long age = read.number(record, EveField.AGE, Integer.MAX_VALUE);
      duration = age < 0 ? NOT_GIVEN : age * SECOND;
    }
    event.durationMicros(Math.max(NOT_GIVEN, duration));
    if (record.has(EveField.SENSOR)) {
      event.sensor(
          sensors.of(
              record.bytes(EveField.SENSOR),
              record.from(EveField.SENSOR),
              record.to(EveField.SENSOR)));
    }
  }

  private void judge(EveRecord record, RecordKind kind) {
    switch (kind) {
      case FLOW -> flow(record);
      case NETFLOW -> {
        if (protocol == Protocol.TCP) {
          verdict.tcpHalf(read.flags(record, EveField.TCP_FLAGS), sourcePort, destinationPort);
        } else {
          verdict.half(protocol, icmpType, sourcePort, destinationPort);
        }
      }
      case ALERT -> {
        long app = record.packed(EveField.APP_PROTO);
        boolean appKnown = record.has(EveField.APP_PROTO) && app != FAILED;
        boolean sure = directed || isTowardsServer();
        verdict.alert(protocol, appKnown, toServer, toClient, sure);
      }
      default -> {
        boolean syn =
            record.packed(EveField.DROP_SYN) == TRUE && record.packed(EveField.DROP_ACK) == FALSE;
        verdict.blocked(directed || syn || isTowardsServer());
      }
    }
    if (isBlocked(record)) {
      verdict.block();
    }
    event
        .outcome(verdict.outcome())
        .probe(verdict.probe())
        .initiatorCertain(verdict.initiatorCertain());
  }

  private void flow(EveRecord record) {
    long state = record.packed(EveField.FLOW_STATE);
    boolean established = record.is(EveField.FLOW_STATE, "established");
    if (protocol == Protocol.TCP) {
      int ts = read.flags(record, EveField.TCP_FLAGS_TS);
      int tc = read.flags(record, EveField.TCP_FLAGS_TC);
      verdict.tcp(
          ts, tc, established, state == NEW, toServer, toClient, sourcePort, destinationPort);
    } else {
      verdict.other(protocol, icmpType, established, state == NEW, toServer, toClient);
    }
  }

  /* A packet may go either way; this one goes to the server if none came from there. */
  private boolean isTowardsServer() {
    if (Protocol.isIcmp(protocol)) {
      return icmpType >= 0 && FlowVerdict.isRequest(protocol, icmpType);
    }
    return (toServer > 0 && toClient == 0)
        || (destinationPort > 0 && destinationPort < WELL_KNOWN && sourcePort >= WELL_KNOWN);
  }

  private static boolean isBlocked(EveRecord record) {
    long flow = record.packed(EveField.FLOW_ACTION);
    long decided = record.packed(EveField.VERDICT_ACTION);
    return flow == DROP
        || flow == REJECT
        || decided == DROP
        || decided == REJECT
        || record.packed(EveField.ALERT_ACTION) == BLOCKED;
  }

  private void handOn(EveRecord record, RecordKind kind, long line, EventSink sink) {
    long now = NOT_GIVEN;
    if (!held.isEmpty() || kind == RecordKind.ALERT) {
      now = times.micros(record, EveField.TIMESTAMP);
      held.release(now, sink);
    }
    if (!record.has(EveField.FLOW_ID)) {
      sink.connection(event.build());
      return;
    }
    long key = key(record);
    long start = record.has(EveField.START) ? times.micros(record, EveField.START) : NOT_GIVEN;
    if (kind == RecordKind.FLOW && held.replace(key, start)) {
      seen.remember(key, start);
      sink.connection(event.build());
    } else if (seen.isFirst(kind, key, start)) {
      if (kind == RecordKind.ALERT && now >= 0 && verdict.outcome() == Outcome.UNKNOWN) {
        held.put(key, start, event.build(), line, now, sink);
      } else {
        sink.connection(event.build());
      }
    }
  }

  private long key(EveRecord record) {
    long id = 0;
    byte[] bytes = record.bytes(EveField.FLOW_ID);
    for (int i = record.from(EveField.FLOW_ID); i < record.to(EveField.FLOW_ID); i++) {
      id = id * 31 + bytes[i];
    }
    // The same whichever way round the endpoints stand.
    long ends = mix(source.high(), source.low(), sourcePort);
    ends += mix(destination.high(), destination.low(), destinationPort);
    return mix(id, ends, protocol);
  }

  private static long mix(long first, long second, int third) {
    long mixed = first * 0x9e37_79b9_7f4a_7c15L + second;
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L + third;
    mixed = (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L;
    return mixed ^ mixed >>> 32;
  }
}
