package io.github.sweepwatch.parser.firewall.pf;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.ProtocolName;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.SyslogHeader;

/**
 * Parses filterlog's lines: values separated by commas, whose places depend on the version of IP.
 * Not thread-safe.
 */
final class FilterLogParser implements LogParser {
  private static final int ACTION = 6;
  private static final int VERSION = 8;
  // For IPv4, and for IPv6.
  private static final int[] PROTOCOL = {15, 13};
  private static final int[] SOURCE = {18, 15};
  private static final int MOST_COLUMNS = 40;
  private static final int SHORTEST = 20;

  // Names of ICMP's types, as filterlog has them, beginnings of which do.
  private static final String[] ICMP_NAMES = {
    "request",
    "reply",
    "unreach",
    "needfrag",
    "redirect",
    "timexceed",
    "paramprob",
    "tstampreply",
    "tstamp",
    "maskreply"
  };
  private static final int[] ICMP_TYPES = {8, 0, 3, 3, 5, 11, 12, 14, 13, 18};

  private final SyslogHeader header;
  private final Columns columns = new Columns(MOST_COLUMNS);
  private final Endpoint source = new Endpoint();
  private final Endpoint destination = new Endpoint();
  private final Names names = new Names();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  FilterLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
  }

  /** Where the values begin, or -1. */
  static int values(byte[] bytes, int from, int to) {
    int name = Text.find(bytes, from, to, "filterlog");
    if (name < 0) {
      return -1;
    }
    int comma = Text.find(bytes, name, to, ',');
    int start = comma;
    while (start > name && bytes[start - 1] != ' ' && bytes[start - 1] != ':') {
      start--;
    }
    return to - start >= SHORTEST && start > name ? start : -1;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    header.parse(bytes, line.from(), to);
    int values = values(bytes, line.from(), to);
    if (values < 0) {
      return;
    }
    columns.split(bytes, values, to, ',');
    if (columns.count() <= VERSION) {
      return;
    }
    boolean ipv6 =
        columns.from(VERSION) < columns.to(VERSION) && bytes[columns.from(VERSION)] == '6';
    int layout = ipv6 ? 1 : 0;
    int at = SOURCE[layout];
    if (columns.count() < at + 2) {
      sink.reject("only " + columns.count() + " values, too few for addresses");
      return;
    }
    int protocol =
        ProtocolName.of(bytes, columns.from(PROTOCOL[layout]), columns.to(PROTOCOL[layout]), ipv6);
    boolean ports = Protocol.hasPorts(protocol);
    if (!endpoint(source, bytes, at, ports ? at + 2 : -1)) {
      sink.reject("source is no endpoint: " + excerpt(bytes, at));
      return;
    }
    if (!endpoint(destination, bytes, at + 1, ports ? at + 3 : -1)) {
      sink.reject("destination is no endpoint: " + excerpt(bytes, at + 1));
      return;
    }
    long micros = header.latestTimeMicros();
    if (micros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    Outcome outcome =
        is(bytes, ACTION, "block") || is(bytes, ACTION, "reject")
            ? Outcome.BLOCKED
            : Outcome.UNKNOWN;
    int flags = protocol == Protocol.TCP ? flags(bytes, at + 5) : TcpFlags.NONE_GIVEN;
    int icmpType = protocol == Protocol.ICMP ? icmpType(bytes, at + 2) : NOT_GIVEN;
    sink.connection(
        event
            .reset()
            .timeMicros(micros)
            .source(source.high(), source.low())
            .destination(destination.high(), destination.low())
            .protocol(protocol)
            .sourcePort(source.port())
            .destinationPort(destination.port())
            .icmp(icmpType, NOT_GIVEN)
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(
                FirstPacket.isFromInitiator(
                    protocol, flags, source.port(), destination.port(), icmpType))
            .sensor(
                header.hostFrom() < header.hostTo()
                    ? names.of(bytes, header.hostFrom(), header.hostTo())
                    : null)
            .build());
  }

  private boolean endpoint(Endpoint endpoint, byte[] bytes, int address, int port) {
    boolean given =
        port >= 0
            && port < columns.count()
            && columns.from(port) < columns.to(port)
            && (columns.to(port) - columns.from(port) > 1 || bytes[columns.from(port)] != '-');
    return endpoint.of(
        bytes,
        columns.from(address),
        columns.to(address),
        given ? columns.from(port) : 0,
        given ? columns.to(port) : 0);
  }

  private String excerpt(byte[] bytes, int address) {
    int last = Math.min(columns.count() - 1, address + 2);
    return Excerpt.of(bytes, columns.from(address), columns.to(last));
  }

  private boolean is(byte[] bytes, int column, String lowerCase) {
    return Text.startsWith(bytes, columns.from(column), columns.to(column), lowerCase);
  }

  private int flags(byte[] bytes, int column) {
    return column < columns.count()
        ? TcpFlags.of(bytes, columns.from(column), columns.to(column))
        : TcpFlags.NONE_GIVEN;
  }

  private int icmpType(byte[] bytes, int column) {
    for (int i = 0; column < columns.count() && i < ICMP_NAMES.length; i++) {
      if (is(bytes, column, ICMP_NAMES[i])) {
        return ICMP_TYPES[i];
      }
    }
    return NOT_GIVEN;
  }
}
