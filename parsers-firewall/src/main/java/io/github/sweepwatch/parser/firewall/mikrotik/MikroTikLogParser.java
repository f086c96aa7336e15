package io.github.sweepwatch.parser.firewall.mikrotik;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.netfilter.PrefixVerdicts;
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
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.SyslogHeader;

/**
 * Parses RouterOS's firewall lines: {@code firewall,info drop input: in:ether1 out:(unknown 0),
 * connection-state:new src-mac …, proto TCP (SYN), 10.0.0.1:1->10.0.0.2:2, len 40}. Not
 * thread-safe.
 */
final class MikroTikLogParser implements LogParser {
  private static final String ARROW = "->";

  private final SyslogHeader header;
  private final PrefixVerdicts verdicts;
  private final Endpoint source = new Endpoint();
  private final Endpoint destination = new Endpoint();
  private final Names names = new Names();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();
  private int icmpType;
  private int icmpCode;

  MikroTikLogParser(ParserContext context, PrefixVerdicts verdicts) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    this.verdicts = verdicts;
  }

  /** Whether a line tells of a packet. */
  static boolean isPacket(byte[] bytes, int from, int to) {
    int in = Text.find(bytes, from, to, " in:");
    int out = in < 0 ? -1 : Text.find(bytes, in, to, " out:");
    int protocol = out < 0 ? -1 : Text.find(bytes, out, to, "proto ");
    return protocol >= 0 && Text.find(bytes, protocol, to, ARROW) >= 0;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    int from = header.parse(bytes, line.from(), to);
    int in = Text.find(bytes, line.from(), to, " in:");
    int out = in < 0 ? -1 : Text.find(bytes, in, to, " out:");
    int proto = out < 0 ? -1 : Text.find(bytes, out, to, "proto ");
    if (proto < 0) {
      return;
    }
    int protocolFrom = proto + "proto ".length();
    int protocolTo = protocolFrom;
    while (protocolTo < to && bytes[protocolTo] != ',' && bytes[protocolTo] != ' ') {
      protocolTo++;
    }
    int arrow = Text.find(bytes, protocolTo, to, ARROW);
    if (arrow < 0) {
      sink.reject("no endpoints behind the protocol");
      return;
    }
    int sourceFrom = arrow;
    while (sourceFrom > protocolTo && bytes[sourceFrom - 1] != ' ') {
      sourceFrom--;
    }
    int destinationTo = Text.find(bytes, arrow, to, ',');
    if (!source.withColon(bytes, sourceFrom, arrow)) {
      sink.reject("source is no endpoint: " + Excerpt.of(bytes, sourceFrom, arrow));
      return;
    }
    if (!destination.withColon(bytes, arrow + 2, destinationTo)) {
      sink.reject("destination is no endpoint: " + Excerpt.of(bytes, arrow + 2, destinationTo));
      return;
    }
    long micros = header.latestTimeMicros();
    if (micros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    boolean ipv6 = !IpAddress.isIpv4(source.high(), source.low());
    int protocol = ProtocolName.of(bytes, protocolFrom, protocolTo, ipv6);
    int flags = flags(bytes, protocolTo, sourceFrom, protocol);
    icmp(bytes, protocolTo, sourceFrom, protocol);
    Outcome outcome = verdicts.outcome(bytes, topicsEnd(bytes, Math.min(from, in), in), in);
    boolean ports = !Protocol.isIcmp(protocol);
    int sourcePort = ports ? source.port() : NOT_GIVEN;
    int destinationPort = ports ? destination.port() : NOT_GIVEN;
    boolean certain =
        isNew(bytes, in, protocolFrom)
            || FirstPacket.isFromInitiator(protocol, flags, sourcePort, destinationPort, icmpType);
    sink.connection(
        event
            .reset()
            .timeMicros(micros)
            .source(source.high(), source.low())
            .destination(destination.high(), destination.low())
            .protocol(protocol)
            .sourcePort(sourcePort)
            .destinationPort(destinationPort)
            .icmp(icmpType, icmpCode)
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(certain)
            .sensor(
                header.hostFrom() < header.hostTo()
                    ? names.of(bytes, header.hostFrom(), header.hostTo())
                    : null)
            .build());
  }

  /* The topics, such as firewall,info, are words of the system and no verdict. */
  private static int topicsEnd(byte[] bytes, int from, int to) {
    return Text.startsWith(bytes, from, to, "firewall,") ? Text.find(bytes, from, to, ' ') : from;
  }

  private static boolean isNew(byte[] bytes, int from, int to) {
    int state = Text.find(bytes, from, to, "connection-state:");
    return state >= 0 && Text.startsWith(bytes, state + "connection-state:".length(), to, "new");
  }

  private static int flags(byte[] bytes, int from, int to, int protocol) {
    int open = Text.find(bytes, from, to, '(');
    if (protocol != Protocol.TCP || open == to) {
      return TcpFlags.NONE_GIVEN;
    }
    return TcpFlags.named(bytes, open, Text.find(bytes, open, to, ')'));
  }

  /* (type 8, code 0) */
  private void icmp(byte[] bytes, int from, int to, int protocol) {
    icmpType = NOT_GIVEN;
    icmpCode = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      icmpType = numberAfter(bytes, from, to, "type ");
      icmpCode = numberAfter(bytes, from, to, "code ");
    }
  }

  private static int numberAfter(byte[] bytes, int from, int to, String word) {
    int start = Text.find(bytes, from, to, word);
    if (start < 0) {
      return NOT_GIVEN;
    }
    start += word.length();
    int end = start;
    while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    long number = NumberParser.unsigned(bytes, start, end);
    return number >= 0 && number <= 0xff ? (int) number : NOT_GIVEN;
  }
}
