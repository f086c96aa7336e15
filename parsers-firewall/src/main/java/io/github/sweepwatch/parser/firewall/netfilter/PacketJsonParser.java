package io.github.sweepwatch.parser.firewall.netfilter;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import org.jspecify.annotations.Nullable;

/**
 * Parses packets in JSON: ulogd's, whose members are the packet's fields, and the journal's, whose
 * message is the kernel's text. Not thread-safe.
 */
final class PacketJsonParser implements JsonObjects.Parser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.MESSAGE, "message", "event.original", "full_log", "_raw", "log")
          .put(Field.MESSAGE, "SyslogMessage", "short_message")
          .put(Field.START, "_source_realtime_timestamp", "__realtime_timestamp")
          .put(Field.TIME, "@timestamp", "timestamp", "TimeGenerated", "EventTime")
          .put(Field.CLOCK, "oob.time.sec", "flow.start.sec")
          .put(Field.DURATION, "oob.time.usec", "flow.start.usec")
          .put(Field.SENSOR, "_hostname", "host.hostname", "host.name", "hostname", "host")
          .put(Field.SENSOR, "predecoder.hostname", "Computer", "agent.name")
          .put(Field.ACTION, "oob.prefix")
          .put(Field.TYPE, "dvc", "oob.family", "oob.hook", "orig.ip.protocol")
          .put(Field.SOURCE, "src_ip", "ip.saddr.str", "orig.ip.saddr.str")
          .put(Field.DESTINATION, "dest_ip", "ip.daddr.str", "orig.ip.daddr.str")
          .put(Field.SOURCE_PORT, "src_port", "tcp.sport", "udp.sport", "orig.l4.sport")
          .put(Field.DESTINATION_PORT, "dest_port", "tcp.dport", "udp.dport", "orig.l4.dport")
          .put(Field.PROTOCOL, "ip.protocol", "ip6.nexthdr", "orig.ip.protocol")
          .put(Field.ICMP_TYPE, "icmp.type", "icmpv6.type")
          .put(Field.ICMP_CODE, "icmp.code", "icmpv6.code")
          .put(Field.SUBTYPE, "tcp.syn")
          .put(Field.REASON, "tcp.ack")
          .put(Field.FLAGS, "tcp.fin")
          .put(Field.COUNT, "tcp.rst")
          .put(Field.DIRECTION, "tcp.psh")
          .put(Field.TUPLES, "tcp.urg")
          .build();

  private final JsonMembers members = new JsonMembers(NAMES);
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final Names names = new Names();
  private final Stamps stamps;
  private final PacketTextParser text;
  private final PrefixVerdicts verdicts;

  PacketJsonParser(ParserContext context, PacketTextParser text, PrefixVerdicts verdicts) {
    stamps = new Stamps(context);
    this.text = text;
    this.verdicts = verdicts;
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    if (!members.read(bytes, from, to, fields)) {
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (fields.has(Field.MESSAGE)) {
      return message(sink);
    }
    if (!fields.has(Field.TYPE) || !(fields.has(Field.SOURCE) || fields.has(Field.DESTINATION))) {
      return JsonObjects.Found.OTHER;
    }
    packet(sink);
    return JsonObjects.Found.RECORD;
  }

  @Override
  public String problem() {
    return members.problem();
  }

  /** Whether a line is one of these forms, from a few of its words. */
  static boolean isPacket(byte[] bytes, int from, int to) {
    if (from == to || bytes[from] != '{') {
      return false;
    }
    return Text.find(bytes, from, to, "\"oob.") >= 0
        || (Text.find(bytes, from, to, " SRC=") >= 0
            && Text.find(bytes, from, to, " DST=") >= 0
            && (Text.find(bytes, from, to, "IN=") >= 0 || Text.find(bytes, from, to, "OUT=") >= 0));
  }

  private JsonObjects.Found message(EventSink sink) {
    byte[] bytes = fields.bytes();
    int from = fields.from(Field.MESSAGE);
    int to = fields.to(Field.MESSAGE);
    if (!PacketTextParser.isPacket(bytes, from, to)) {
      return JsonObjects.Found.OTHER;
    }
    long micros = stamps.read(fields, Field.START);
    if (micros < 0) {
      micros = stamps.read(fields, Field.TIME);
    }
    if (micros < 0) {
      text.parse(bytes, from, to, sink);
    } else {
      text.parseMessage(bytes, from, to, micros, sensor(), sink);
    }
    return JsonObjects.Found.RECORD;
  }

  private @Nullable String sensor() {
    return fields.has(Field.SENSOR)
        ? names.of(fields.bytes(), fields.from(Field.SENSOR), fields.to(Field.SENSOR))
        : null;
  }

  private void packet(EventSink sink) {
    int flags = flags();
    long micros = micros();
    // To the decoder these would mean something else than the flag and the fraction they hold.
    fields.remove(Field.COUNT);
    fields.remove(Field.DURATION);
    String problem = decoder.decode(fields);
    if (problem == null && micros < 0) {
      problem = ConnectionDecoder.problem(fields, Field.TIME, "timestamp", "time");
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    Outcome outcome =
        fields.has(Field.ACTION)
            ? verdicts.outcome(fields.bytes(), fields.from(Field.ACTION), fields.to(Field.ACTION))
            : Outcome.UNKNOWN;
    int protocol = decoder.protocol();
    int type = (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE);
    boolean certain =
        FirstPacket.isFromInitiator(
            protocol,
            flags,
            decoder.sourcePort(),
            decoder.destinationPort(),
            Protocol.isIcmp(protocol) ? type : NOT_GIVEN);
    sink.connection(
        decoder
            .event()
            .timeMicros(micros)
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(certain)
            .build());
  }

  private long micros() {
    long micros = stamps.read(fields, Field.CLOCK);
    if (micros < 0) {
      return stamps.read(fields, Field.TIME);
    }
    long fraction = ConnectionDecoder.number(fields, Field.DURATION);
    return fraction > 0 && fraction < 1_000_000 ? micros + fraction : micros;
  }

  private int flags() {
    if (!fields.has(Field.SUBTYPE)) {
      return TcpFlags.NONE_GIVEN;
    }
    return flag(Field.SUBTYPE, TcpFlags.SYN)
        | flag(Field.REASON, TcpFlags.ACK)
        | flag(Field.FLAGS, TcpFlags.FIN)
        | flag(Field.COUNT, TcpFlags.RST)
        | flag(Field.DIRECTION, TcpFlags.PSH)
        | flag(Field.TUPLES, TcpFlags.URG);
  }

  private int flag(Field field, int flag) {
    return ConnectionDecoder.number(fields, field) == 1 ? flag : 0;
  }
}
