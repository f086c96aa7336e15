package io.github.sweepwatch.parser.firewall.meraki;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.KeyValues;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.SessionKeys;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.SyslogHeader;

/**
 * Parses flows and firewall hits: {@code flows src=10.0.0.1 dst=… protocol=udp sport=… dport=…
 * pattern: deny all}, and the flows that begin and end. Not thread-safe.
 */
final class MerakiLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "src")
          .put(Field.DESTINATION, "dst")
          .put(Field.PROTOCOL, "protocol")
          .put(Field.SOURCE_PORT, "sport")
          .put(Field.DESTINATION_PORT, "dport")
          .put(Field.ICMP_TYPE, "type")
          .build();
  private static final String[] KINDS = {
    " flows ", "firewall ", " ip_flow_start ", " ip_flow_end ", " l3_firewall ", " l7_firewall "
  };
  private static final long HOLD_MICROS = 60_000_000;

  private final SyslogHeader header;
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);
  private final Names names = new Names();

  MerakiLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
  }

  /** Where the fields begin, behind what kind of record it is; -1 for another line. */
  static int fields(byte[] bytes, int from, int to) {
    int source = Text.find(bytes, from, to, " src=");
    return source < 0
            || Text.find(bytes, source, to, " dst=") < 0
            || Text.find(bytes, source, to, " protocol=") < 0
        ? -1
        : kindEnd(bytes, from, source);
  }

  /* Behind what kind of record it is, which stands before the source; or -1. */
  private static int kindEnd(byte[] bytes, int from, int source) {
    for (String kind : KINDS) {
      int at = Text.find(bytes, from, source + 1, kind);
      if (at >= 0) {
        return at + kind.length() - 1;
      }
    }
    return -1;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    header.parse(bytes, line.from(), to);
    // Of a record that is cut, the source may be all there is.
    int source = Text.find(bytes, line.from(), to, " src=");
    int from = source < 0 ? -1 : kindEnd(bytes, line.from(), source);
    if (from < 0) {
      return;
    }
    KeyValues.read(bytes, from, to, NAMES, fields);
    String problem = decoder.decode(fields);
    long micros = header.latestTimeMicros();
    if (problem == null && micros < 0) {
      problem = "no time in the record, nor in one before it";
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    int protocol = decoder.protocol();
    int type =
        Protocol.isIcmp(protocol) ? (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE) : -1;
    ConnectionEvent.Builder event =
        decoder
            .event()
            .timeMicros(micros)
            .outcome(isDenied(bytes, from, to) ? Outcome.BLOCKED : Outcome.UNKNOWN)
            .initiatorCertain(
                FirstPacket.isFromInitiator(
                    protocol,
                    TcpFlags.NONE_GIVEN,
                    decoder.sourcePort(),
                    decoder.destinationPort(),
                    type));
    if (header.hostFrom() < header.hostTo()) {
      event.sensor(names.of(bytes, header.hostFrom(), header.hostTo()));
    }
    long key = SessionKeys.endpoints(0, decoder);
    if (endsWith(bytes, from, "ip_flow_start")) {
      sessions.begin(key, event.build(), line.line(), sink);
    } else if (!endsWith(bytes, from, "ip_flow_end")) {
      sink.connection(event.build());
    } else if (sessions.end(key, micros, sink) != OpenSessions.Start.TOLD) {
      ConnectionEvent beginning = sessions.started();
      sink.connection(beginning == null ? event.build() : beginning);
    }
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  /* The word stands before the addresses, or begins the pattern of the rule that matched. */
  private static boolean isDenied(byte[] bytes, int from, int to) {
    int word = from + 1;
    if (Text.startsWith(bytes, word, to, "deny") || Text.startsWith(bytes, word, to, "block")) {
      return true;
    }
    int pattern = Text.find(bytes, from, to, "pattern: ");
    if (pattern < 0) {
      return false;
    }
    int rule = pattern + "pattern: ".length();
    return Text.startsWith(bytes, rule, to, "deny")
        || Text.startsWith(bytes, rule, to, "group policy deny");
  }

  private static boolean endsWith(byte[] bytes, int to, String word) {
    int from = to - word.length();
    return from >= 0 && Text.find(bytes, from, to, word) == from;
  }
}
