package io.github.sweepwatch.parser.firewall.windows;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.SessionKeys;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.TimeParser;
import java.nio.charset.StandardCharsets;

/**
 * Parses the lines under their header, which names the columns; without one, the columns are the
 * usual ones. Not thread-safe.
 */
final class FirewallLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.DATE, "date")
          .put(Field.CLOCK, "time")
          .put(Field.ACTION, "action")
          .put(Field.PROTOCOL, "protocol")
          .put(Field.SOURCE, "src-ip")
          .put(Field.DESTINATION, "dst-ip")
          .put(Field.SOURCE_PORT, "src-port")
          .put(Field.DESTINATION_PORT, "dst-port")
          .put(Field.FLAGS, "tcpflags")
          .put(Field.ICMP_TYPE, "icmptype")
          .put(Field.ICMP_CODE, "icmpcode")
          .put(Field.DIRECTION, "path")
          .build();
  private static final String USUAL =
      "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin"
          + " icmptype icmpcode info path pid";
  private static final String MARK = "#Fields:";
  private static final int MOST_COLUMNS = 32;
  // Windows XP tells of an end when it comes, hours later perhaps.
  private static final long HOLD_MICROS = 60_000_000;

  private final TimeParser times;
  private final Columns columns = new Columns(MOST_COLUMNS);
  private final int[] codes = new int[MOST_COLUMNS];
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);
  private final byte[] stamp = new byte[64];

  FirewallLogParser(ParserContext context) {
    times = new TimeParser(context.zone());
    byte[] usual = USUAL.getBytes(StandardCharsets.US_ASCII);
    header(usual, 0, usual.length);
  }

  /** Whether a line is of the header, or such a record. */
  static boolean isMarked(RecordSlice line) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (bytes[from] == '#') {
      return Text.find(bytes, from, to, "Microsoft Windows Firewall") >= 0
          || (Text.startsWith(bytes, from, to, "#fields:")
              && Text.find(bytes, from, to, " action protocol src-ip dst-ip") >= 0);
    }
    int action = from + "2015-06-30 22:00:01 ".length();
    return action < to
        && bytes[from + 4] == '-'
        && bytes[from + 10] == ' '
        && bytes[from + 13] == ':'
        && (isWord(bytes, action, to, "ALLOW ")
            || isWord(bytes, action, to, "DROP ")
            || isWord(bytes, action, to, "OPEN")
            || isWord(bytes, action, to, "CLOSE ")
            || isWord(bytes, action, to, "INFO-EVENTS-LOST "));
  }

  private static boolean isWord(byte[] bytes, int from, int to, String word) {
    return Text.find(bytes, from, Math.min(to, from + word.length()), word) == from;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (bytes[from] == '#') {
      if (Text.startsWith(bytes, from, to, "#fields:")) {
        header(bytes, from + MARK.length(), to);
      }
      return;
    }
    columns.splitAtBlanks(bytes, from, to);
    fields.start(bytes, from, to);
    for (int i = 0; i < columns.count(); i++) {
      fields.put(codes[i], columns.from(i), columns.to(i));
    }
    if (!fields.has(Field.ACTION) || fields.startsWith(Field.ACTION, "info")) {
      return;
    }
    String problem = decoder.decode(fields);
    long micros = problem == null ? micros() : 0;
    if (micros < 0) {
      problem = ConnectionDecoder.problem(fields, Field.CLOCK, "time", "time");
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    event(micros, line.line(), sink);
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private void event(long micros, long line, EventSink sink) {
    ConnectionEvent.Builder event = decoder.event().timeMicros(micros);
    long key = SessionKeys.endpoints(0, decoder);
    if (fields.startsWith(Field.ACTION, "open")) {
      boolean inbound = fields.is(Field.ACTION, "open-inbound");
      // Outbound, the log's own host is the source; inbound, Windows XP writes it so too.
      sessions.begin(key, event.initiatorCertain(!inbound).build(), line, sink);
      return;
    }
    if (fields.is(Field.ACTION, "close")) {
      OpenSessions.Start start = sessions.end(key, micros, sink);
      ConnectionEvent beginning = sessions.started();
      if (beginning != null) {
        sink.connection(beginning);
      } else if (start == OpenSessions.Start.UNKNOWN) {
        sink.connection(event.initiatorCertain(false).build());
      }
      return;
    }
    boolean dropped = fields.is(Field.ACTION, "drop");
    int protocol = decoder.protocol();
    Outcome outcome = dropped ? Outcome.BLOCKED : Outcome.UNKNOWN;
    // What is allowed is logged once a connection, with its first packet.
    int flags = dropped ? TcpFlags.of(fields) : TcpFlags.NONE_GIVEN;
    int type =
        Protocol.isIcmp(protocol) ? (int) ConnectionDecoder.number(fields, Field.ICMP_TYPE) : -1;
    boolean certain =
        !dropped
            || FirstPacket.isFromInitiator(
                protocol, flags, decoder.sourcePort(), decoder.destinationPort(), type);
    sink.connection(
        event
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(certain)
            .build());
  }

  private void header(byte[] bytes, int from, int to) {
    columns.splitAtBlanks(bytes, from, to);
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          i < columns.count()
              ? NAMES.find(bytes, columns.from(i), columns.to(i))
              : FieldNames.UNKNOWN;
    }
  }

  private long micros() {
    if (!fields.has(Field.DATE) || !fields.has(Field.CLOCK)) {
      return TimeParser.INVALID;
    }
    byte[] bytes = fields.bytes();
    int date = fields.to(Field.DATE) - fields.from(Field.DATE);
    int clock = fields.to(Field.CLOCK) - fields.from(Field.CLOCK);
    if (date + 1 + clock > stamp.length) {
      return TimeParser.INVALID;
    }
    System.arraycopy(bytes, fields.from(Field.DATE), stamp, 0, date);
    stamp[date] = ' ';
    System.arraycopy(bytes, fields.from(Field.CLOCK), stamp, date + 1, clock);
    return times.iso(stamp, 0, date + 1 + clock);
  }
}
