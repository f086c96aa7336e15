package io.github.sweepwatch.parser.firewall.watchguard;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.parser.firewall.record.ProtocolName;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.SyslogHeader;
import io.github.sweepwatch.text.TimeParser;
import java.time.ZoneOffset;

/**
 * Parses traffic messages: {@code msg_id="3000-0148" Allow 1-Trusted 0-External 52 tcp 20 127
 * 10.0.1.2 192.0.2.1 62443 80 offset 8 S 832026162 …}, with or without the lengths before the
 * addresses. Not thread-safe.
 */
final class WatchGuardLogParser implements LogParser {
  private static final String MARK = "msg_id=";
  private static final String ALLOWED = "3000-0148";
  private static final String ENDED = "3000-0151";
  private static final String[] WORDS = {" Allow ", " Deny ", " Drop ", " Block "};
  private static final int MOST_COLUMNS = 24;
  private static final int MOST_INTERFACES = 14;
  private static final long HOLD_MICROS = 60_000_000;
  private static final int STAMP = "2024-01-10T09:49:05".length();

  private final SyslogHeader header;
  // The stamp in parentheses is in UTC, whatever the device's zone.
  private final TimeParser times = new TimeParser(ZoneOffset.UTC);
  private final Columns columns = new Columns(MOST_COLUMNS);
  private final Endpoint source = new Endpoint();
  private final Endpoint destination = new Endpoint();
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);
  private final Names names = new Names();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  WatchGuardLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
  }

  /** Where the disposition of a traffic message stands, or -1. */
  static int message(byte[] bytes, int from, int to) {
    int id = Text.find(bytes, from, to, MARK);
    if (id < 0) {
      return -1;
    }
    int word = Text.find(bytes, id, to, ' ') + 1;
    return Text.startsWith(bytes, word, to, "allow ")
            || Text.startsWith(bytes, word, to, "deny ")
            || Text.startsWith(bytes, word, to, "drop ")
            || Text.startsWith(bytes, word, to, "block ")
        ? word
        : -1;
  }

  /**
   * Where the disposition stands in the form of the traffic monitor, or -1: {@code Deny 10.0.1.2
   * 192.0.2.1 http/tcp 49895 80 … msg_id="3000-0148"}.
   */
  static int monitored(byte[] bytes, int from, int to) {
    int id = Text.find(bytes, from, to, MARK);
    for (String word : WORDS) {
      int at = id < 0 ? -1 : Text.find(bytes, from, id, word);
      int next = at + word.length();
      if (at >= 0 && isHexadecimal(bytes[next]) && Text.find(bytes, next, id, "/") >= 0) {
        return at + 1;
      }
    }
    return -1;
  }

  private static boolean isHexadecimal(int character) {
    return Character.digit(character, 16) >= 0;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    header.parse(bytes, line.from(), to);
    int message = message(bytes, line.from(), to);
    int monitored = message < 0 ? monitored(bytes, line.from(), to) : -1;
    if (monitored >= 0) {
      columns.splitAtBlanks(bytes, monitored, to);
      monitored(bytes, monitored, line, sink);
      return;
    }
    if (message < 0) {
      return;
    }
    columns.splitAtBlanks(bytes, message, to);
    int address = address(bytes);
    if (address < 0) {
      // Some messages name the interfaces and no address.
      if (hasAddress(bytes)) {
        sink.reject("one address, and none beside it");
      }
      return;
    }
    int protocol = protocol(bytes, address);
    boolean ports = Protocol.hasPorts(protocol);
    if (!endpoint(destination, bytes, address + 1, ports ? address + 3 : -1)
        || !endpoint(source, bytes, address, ports ? address + 2 : -1)) {
      sink.reject("no endpoints behind the protocol");
      return;
    }
    long micros = micros(bytes, line.from(), message);
    if (micros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    event(bytes, line, message, address, protocol, micros, sink);
  }

  private void monitored(byte[] bytes, int message, RecordSlice line, EventSink sink) {
    if (!endpoint(source, bytes, 1, 4) || !endpoint(destination, bytes, 2, 5)) {
      sink.reject("no endpoints behind the disposition");
      return;
    }
    long micros = header.latestTimeMicros();
    if (micros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    int slash = Text.find(bytes, columns.from(3), columns.to(3), '/');
    int name = slash == columns.to(3) ? columns.from(3) : slash + 1;
    boolean ipv6 = !IpAddress.isIpv4(source.high(), source.low());
    int protocol = ProtocolName.of(bytes, name, columns.to(3), ipv6);
    boolean ports = Protocol.hasPorts(protocol);
    boolean allowed = Text.startsWith(bytes, message, line.to(), "allow");
    event
        .reset()
        .timeMicros(micros)
        .source(source.high(), source.low())
        .destination(destination.high(), destination.low())
        .protocol(protocol)
        .sourcePort(ports ? source.port() : NOT_GIVEN)
        .destinationPort(ports ? destination.port() : NOT_GIVEN)
        .outcome(allowed ? Outcome.UNKNOWN : Outcome.BLOCKED)
        .initiatorCertain(
            allowed
                || FirstPacket.isFromInitiator(
                    protocol, TcpFlags.NONE_GIVEN, source.port(), destination.port(), NOT_GIVEN));
    // Without a host, the disposition stands where a host does.
    if (header.hostFrom() < header.hostTo() && header.hostFrom() != message) {
      event.sensor(names.of(bytes, header.hostFrom(), header.hostTo()));
    }
    sink.connection(event.build());
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private void event(
      byte[] bytes,
      RecordSlice line,
      int message,
      int address,
      int protocol,
      long micros,
      EventSink sink) {
    boolean allowed = Text.startsWith(bytes, message, line.to(), "allow");
    Outcome outcome = allowed ? Outcome.UNKNOWN : Outcome.BLOCKED;
    int flags = protocol == Protocol.TCP ? flags(bytes, address + 4) : TcpFlags.NONE_GIVEN;
    boolean icmp = Protocol.isIcmp(protocol);
    int type = icmp ? octet(bytes, address + 2) : NOT_GIVEN;
    event
        .reset()
        .timeMicros(micros)
        .source(source.high(), source.low())
        .destination(destination.high(), destination.low())
        .protocol(protocol)
        .sourcePort(source.port())
        .destinationPort(destination.port())
        .icmp(type, icmp ? octet(bytes, address + 3) : NOT_GIVEN)
        .outcome(outcome)
        .probe(FirstPacket.probe(protocol, flags, outcome))
        // What is allowed is a connection; of what is denied, each packet is logged.
        .initiatorCertain(
            allowed
                || FirstPacket.isFromInitiator(
                    protocol, flags, source.port(), destination.port(), type));
    if (header.hostFrom() < header.hostTo()) {
      event.sensor(names.of(bytes, header.hostFrom(), header.hostTo()));
    }
    int id = Text.find(bytes, line.from(), line.to(), MARK);
    if (allowed && Text.find(bytes, id, message, ALLOWED) >= 0) {
      sessions.begin(key(protocol), event.build(), line.line(), sink);
    } else if (allowed && Text.find(bytes, id, message, ENDED) >= 0) {
      end(bytes, message, line.to(), protocol, micros, sink);
    } else {
      sink.connection(event.build());
    }
  }

  private void end(byte[] bytes, int from, int to, int protocol, long micros, EventSink sink) {
    OpenSessions.Start start = sessions.end(key(protocol), micros, sink);
    if (start == OpenSessions.Start.TOLD) {
      return;
    }
    long duration = quoted(bytes, from, to, "duration=\"");
    long sent = quoted(bytes, from, to, "sent_bytes=\"");
    long received = quoted(bytes, from, to, "rcvd_bytes=\"");
    ConnectionEvent beginning = sessions.started();
    if (beginning != null) {
      event.timeMicros(beginning.timeMicros());
    } else if (duration > 0 && duration < micros / 1_000_000) {
      event.timeMicros(micros - duration * 1_000_000);
    }
    if (duration >= 0 && duration < micros / 1_000_000) {
      event.durationMicros(duration * 1_000_000);
    }
    event.bytes(sent, received);
    if (received > 0) {
      event.outcome(Outcome.ESTABLISHED);
    } else if (received == 0 && sent > 0) {
      event.outcome(Outcome.NO_REPLY);
    }
    sink.connection(event.build());
  }

  private static long quoted(byte[] bytes, int from, int to, String name) {
    int at = Text.find(bytes, from, to, name);
    if (at < 0) {
      return NOT_GIVEN;
    }
    int start = at + name.length();
    return NumberParser.unsigned(bytes, start, Text.find(bytes, start, to, '"'));
  }

  private long key(int protocol) {
    return OpenSessions.key(
        protocol,
        source.high(),
        source.low(),
        destination.high(),
        destination.low(),
        source.port(),
        destination.port());
  }

  /* The first column that is an address, if it is soon. */
  private int address(byte[] bytes) {
    int last = Math.min(columns.count() - 1, MOST_INTERFACES);
    for (int i = 3; i < last; i++) {
      if (endpoint(source, bytes, i, -1)) {
        return i;
      }
    }
    return -1;
  }

  private boolean hasAddress(byte[] bytes) {
    for (int i = 3; i < columns.count(); i++) {
      if (endpoint(source, bytes, i, -1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumeric(int character) {
    return (character >= '0' && character <= '9') || character == '-';
  }

  /* Before the addresses, and before the lengths of header and life if they are there. */
  private int protocol(byte[] bytes, int address) {
    int column = address - 1;
    while (column > 2 && isNumber(bytes, column)) {
      column--;
    }
    boolean ipv6 = !IpAddress.isIpv4(source.high(), source.low());
    return ProtocolName.of(bytes, columns.from(column), columns.to(column), ipv6);
  }

  private boolean endpoint(Endpoint endpoint, byte[] bytes, int address, int port) {
    if (address >= columns.count()) {
      return false;
    }
    boolean given = port >= 0 && port < columns.count() && isNumeric(bytes[columns.from(port)]);
    return endpoint.of(
        bytes,
        columns.from(address),
        columns.to(address),
        given ? columns.from(port) : 0,
        given ? columns.to(port) : 0);
  }

  private boolean isNumber(byte[] bytes, int column) {
    return NumberParser.unsigned(bytes, columns.from(column), columns.to(column)) >= 0;
  }

  private int octet(byte[] bytes, int column) {
    long number =
        column < columns.count()
            ? NumberParser.unsigned(bytes, columns.from(column), columns.to(column))
            : -1;
    return number >= 0 && number <= 0xff ? (int) number : NOT_GIVEN;
  }

  /* offset 8 S 832026162 */
  private int flags(byte[] bytes, int column) {
    return column + 2 < columns.count()
            && Text.startsWith(bytes, columns.from(column), columns.to(column), "offset")
        ? TcpFlags.of(bytes, columns.from(column + 2), columns.to(column + 2))
        : TcpFlags.NONE_GIVEN;
  }

  private long micros(byte[] bytes, int from, int to) {
    int open = Text.find(bytes, from, to, '(');
    while (open < to) {
      int close = Text.find(bytes, open, to, ')');
      if (close - open - 1 == STAMP) {
        long micros = times.iso(bytes, open + 1, close);
        if (micros >= 0) {
          return micros;
        }
      }
      open = Text.find(bytes, open + 1, to, '(');
    }
    return header.latestTimeMicros();
  }
}
