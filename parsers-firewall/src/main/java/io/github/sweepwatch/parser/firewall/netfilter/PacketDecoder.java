package io.github.sweepwatch.parser.firewall.netfilter;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.FirstPacket;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the event of a packet's fields. Not thread-safe. */
final class PacketDecoder {
  private static final int BAD = -2;
  private static final int MAX_PORT = 0xffff;
  private static final int MAX_BYTE = 0xff;

  private final PacketLine line = new PacketLine();
  private final AddressParser source = new AddressParser();
  private final AddressParser destination = new AddressParser();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  /** Reads the fields of a line; false if it has none. */
  boolean read(byte[] bytes, int from, int to) {
    return line.read(bytes, from, to);
  }

  /** Where the fields begin in the line that was read. */
  int fieldsFrom() {
    return line.start;
  }

  /** Hands on the event of the line that was read, or why there is none. */
  void decode(
      byte[] bytes, long timeMicros, Outcome outcome, @Nullable String sensor, EventSink sink) {
    if (line.sourceFrom < 0 && line.withoutIp) {
      return;
    }
    if (line.sourceFrom < 0 || !source.parse(bytes, line.sourceFrom, line.sourceTo)) {
      sink.reject(problem("source", "IP address", bytes, line.sourceFrom, line.sourceTo));
      return;
    }
    if (line.destinationFrom < 0
        || !destination.parse(bytes, line.destinationFrom, line.destinationTo)) {
      sink.reject(
          problem("destination", "IP address", bytes, line.destinationFrom, line.destinationTo));
      return;
    }
    int protocol = protocol(bytes);
    if (protocol == BAD) {
      sink.reject(problem("PROTO", "protocol", bytes, line.protocolFrom, line.protocolTo));
      return;
    }
    int sourcePort = NOT_GIVEN;
    int destinationPort = NOT_GIVEN;
    int type = NOT_GIVEN;
    int code = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      type = number(bytes, line.typeFrom, line.typeTo, MAX_BYTE);
      code = number(bytes, line.codeFrom, line.codeTo, MAX_BYTE);
      if (type == BAD || code == BAD) {
        sink.reject(problem("TYPE or CODE", "number", bytes, line.typeFrom, line.typeTo));
        return;
      }
    } else {
      sourcePort = number(bytes, line.sourcePortFrom, line.sourcePortTo, MAX_PORT);
      destinationPort = number(bytes, line.destinationPortFrom, line.destinationPortTo, MAX_PORT);
      if (sourcePort == BAD) {
        sink.reject(problem("SPT", "port", bytes, line.sourcePortFrom, line.sourcePortTo));
        return;
      }
      if (destinationPort == BAD) {
        sink.reject(
            problem("DPT", "port", bytes, line.destinationPortFrom, line.destinationPortTo));
        return;
      }
    }
    if (timeMicros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    int flags = line.flags != 0 || line.flagsShown ? line.flags : TcpFlags.NONE_GIVEN;
    sink.connection(
        event
            .reset()
            .timeMicros(timeMicros)
            .source(source.high(), source.low())
            .destination(destination.high(), destination.low())
            .protocol(protocol)
            .sourcePort(sourcePort)
            .destinationPort(destinationPort)
            .icmp(type, code)
            .outcome(outcome)
            .probe(FirstPacket.probe(protocol, flags, outcome))
            .initiatorCertain(
                FirstPacket.isFromInitiator(protocol, flags, sourcePort, destinationPort, type))
            .sensor(sensor)
            .build());
  }

  private static String problem(String name, String wanted, byte[] bytes, int from, int to) {
    return from < 0
        ? name + " is not set"
        : name + " is no " + wanted + ": " + Excerpt.of(bytes, from, to);
  }

  private int protocol(byte[] bytes) {
    int from = line.protocolFrom;
    int length = line.protocolTo - from;
    if (from < 0) {
      return Protocol.UNKNOWN;
    }
    if (length == 3 && bytes[from + 2] == 'P') {
      if (bytes[from] == 'T' && bytes[from + 1] == 'C') {
        return Protocol.TCP;
      }
      if (bytes[from] == 'U' && bytes[from + 1] == 'D') {
        return Protocol.UDP;
      }
    }
    if (length == 0) {
      return BAD;
    }
    int number;
    if (bytes[from] >= '0' && bytes[from] <= '9') {
      long value = NumberParser.unsigned(bytes, from, line.protocolTo);
      number = value >= 0 && value <= MAX_BYTE ? (int) value : BAD;
    } else {
      number = Protocol.number(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }
    boolean ipv6 = !IpAddress.isIpv4(source.high(), source.low());
    return number == Protocol.ICMP && ipv6 ? Protocol.ICMPV6 : number;
  }

  private static int number(byte[] bytes, int from, int to, int max) {
    if (from < 0) {
      return NOT_GIVEN;
    }
    long number = NumberParser.unsigned(bytes, from, to);
    return number >= 0 && number <= max ? (int) number : BAD;
  }
}
