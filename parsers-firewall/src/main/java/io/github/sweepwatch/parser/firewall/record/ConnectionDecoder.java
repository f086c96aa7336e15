package io.github.sweepwatch.parser.firewall.record;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is the same in all formats of a record's fields: endpoints, protocol, counts and
 * names. Time and outcome are the format's own. Not thread-safe.
 */
public final class ConnectionDecoder {
  private static final int MAX_PORT = 0xffff;
  private static final int MAX_BYTE = 0xff;
  private static final int MICRO = 6;

  private final AddressParser source = new AddressParser();
  private final AddressParser destination = new AddressParser();
  private final Names sensors = new Names();
  private final Names users = new Names();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();
  private int protocol;
  private int sourcePort;
  private int destinationPort;
  private int icmpType;
  private long sourceBytes;
  private long sourcePackets;

  /** A decoder. */
  public ConnectionDecoder() {}

  /**
   * Starts an event with what the fields say. Counts that are no numbers are not given; everything
   * else must be what it should be.
   *
   * @param fields a record's fields, which have both addresses
   * @return null, or why there can be no event
   */
  public @Nullable String decode(Fields fields) {
    event.reset();
    if (!address(fields, Field.SOURCE, source)) {
      return problem(fields, Field.SOURCE, "source", "IP address");
    }
    if (!address(fields, Field.DESTINATION, destination)) {
      return problem(fields, Field.DESTINATION, "destination", "IP address");
    }
    event.source(source.high(), source.low()).destination(destination.high(), destination.low());
    protocol = Protocol.UNKNOWN;
    if (fields.has(Field.PROTOCOL)) {
      protocol = protocol(fields);
      if (protocol == BAD) {
        return problem(fields, Field.PROTOCOL, "protocol", "protocol");
      }
    }
    event.protocol(protocol);
    sourcePort = NOT_GIVEN;
    destinationPort = NOT_GIVEN;
    icmpType = NOT_GIVEN;
    if (Protocol.isIcmp(protocol)) {
      icmp(fields);
    } else {
      sourcePort = port(fields, Field.SOURCE_PORT);
      if (sourcePort == BAD) {
        return problem(fields, Field.SOURCE_PORT, "source port", "port");
      }
      destinationPort = port(fields, Field.DESTINATION_PORT);
      if (destinationPort == BAD) {
        return problem(fields, Field.DESTINATION_PORT, "destination port", "port");
      }
      event.sourcePort(sourcePort).destinationPort(destinationPort);
    }
    long count = number(fields, Field.COUNT);
    sourceBytes = number(fields, Field.SOURCE_BYTES);
    sourcePackets = number(fields, Field.SOURCE_PACKETS);
    event
        .bytes(sourceBytes, number(fields, Field.DESTINATION_BYTES))
        .packets(sourcePackets, number(fields, Field.DESTINATION_PACKETS))
        .count(Math.max(1, count))
        .sensor(name(fields, Field.SENSOR, sensors))
        .user(name(fields, Field.USER, users));
    if (fields.has(Field.DURATION)) {
      event.durationMicros(
          NumberParser.decimal(
              fields.bytes(), fields.from(Field.DURATION), fields.to(Field.DURATION), MICRO));
    }
    return null;
  }

  private static final int BAD = -2;

  /**
   * The event begun by {@link #decode}.
   *
   * @return the builder, used again for the next
   */
  public ConnectionEvent.Builder event() {
    return event;
  }

  /**
   * The source address.
   *
   * @return its parser after {@link #decode}
   */
  public AddressParser source() {
    return source;
  }

  /**
   * The destination address.
   *
   * @return its parser after {@link #decode}
   */
  public AddressParser destination() {
    return destination;
  }

  /**
   * The protocol.
   *
   * @return as {@link ConnectionEvent#protocol}
   */
  public int protocol() {
    return protocol;
  }

  /**
   * The source port.
   *
   * @return as {@link ConnectionEvent#sourcePort}
   */
  public int sourcePort() {
    return sourcePort;
  }

  /**
   * The destination port.
   *
   * @return as {@link ConnectionEvent#destinationPort}
   */
  public int destinationPort() {
    return destinationPort;
  }

  /**
   * The ICMP type.
   *
   * @return as {@link ConnectionEvent#icmpType}
   */
  public int icmpType() {
    return icmpType;
  }

  /**
   * What the source sent.
   *
   * @return bytes, or {@link ConnectionEvent#NOT_GIVEN}
   */
  public long sourceBytes() {
    return sourceBytes;
  }

  /**
   * How many packets the source sent.
   *
   * @return packets, or {@link ConnectionEvent#NOT_GIVEN}
   */
  public long sourcePackets() {
    return sourcePackets;
  }

  /**
   * A number.
   *
   * @param fields a record's fields
   * @param field which of them
   * @return the number, or {@link ConnectionEvent#NOT_GIVEN}
   */
  public static long number(Fields fields, Field field) {
    if (!fields.has(field)) {
      return NOT_GIVEN;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(field);
    int to = fields.to(field);
    long value = NumberParser.unsigned(bytes, from, to);
    // Some write 52.0, and JSON may write 1e6.
    return value >= 0 ? value : NumberParser.decimal(bytes, from, to, 0);
  }

  /**
   * Why a field makes an event impossible.
   *
   * @param fields a record's fields
   * @param field the field
   * @param name what to call it
   * @param wanted what it should have been
   * @return a reason for a rejection
   */
  public static String problem(Fields fields, Field field, String name, String wanted) {
    return fields.has(field)
        ? name
            + " is no "
            + wanted
            + ": "
            + Excerpt.of(fields.bytes(), fields.from(field), fields.to(field))
        : name + " is not set";
  }

  private static @Nullable String name(Fields fields, Field field, Names names) {
    return fields.has(field)
        ? names.of(fields.bytes(), fields.from(field), fields.to(field))
        : null;
  }

  private static boolean address(Fields fields, Field field, AddressParser parser) {
    if (!fields.has(field)) {
      return false;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(field);
    int to = fields.to(field);
    if (parser.parse(bytes, from, to)) {
      return true;
    }
    if (bytes[from] == '[' && bytes[to - 1] == ']') {
      return parser.parse(bytes, from + 1, to - 1);
    }
    int zone = Text.find(bytes, from, to, '%');
    return zone < to && parser.parse(bytes, from, zone);
  }

  private static int port(Fields fields, Field field) {
    if (!fields.has(field)) {
      return NOT_GIVEN;
    }
    long value = number(fields, field);
    return value >= 0 && value <= MAX_PORT ? (int) value : BAD;
  }

  private int protocol(Fields fields) {
    int number = protocol(fields.bytes(), fields.from(Field.PROTOCOL), fields.to(Field.PROTOCOL));
    if (number == Protocol.ICMP && isIpv6()) {
      return Protocol.ICMPV6;
    }
    return number;
  }

  private static int protocol(byte[] bytes, int from, int to) {
    int first = bytes[from] | 0x20;
    if (bytes[from] >= '0' && bytes[from] <= '9') {
      if (to - from == 1) {
        return bytes[from] - '0';
      }
      long number = NumberParser.decimal(bytes, from, to, 0);
      if (number >= 0) {
        return number <= MAX_BYTE ? (int) number : BAD;
      }
    } else if (to - from == 3) {
      if (first == 't' && Text.startsWith(bytes, from, to, "tcp")) {
        return Protocol.TCP;
      }
      if (first == 'u' && Text.startsWith(bytes, from, to, "udp")) {
        return Protocol.UDP;
      }
    } else if (to - from == 4 && Text.startsWith(bytes, from, to, "icmp")) {
      return Protocol.ICMP;
    }
    // Some add to the name: TCP(6), tcp/http.
    int end = from;
    while (end < to && bytes[end] != '(' && bytes[end] != '/') {
      end++;
    }
    return Protocol.number(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
  }

  private boolean isIpv6() {
    return !IpAddress.isIpv4(source.high(), source.low())
        && !IpAddress.isIpv4(destination.high(), destination.low());
  }

  private void icmp(Fields fields) {
    long type = number(fields, Field.ICMP_TYPE);
    long code = number(fields, Field.ICMP_CODE);
    long both = number(fields, Field.ICMP);
    if (type < 0 && both >= 0 && both <= MAX_PORT) {
      // Where the code stands by itself, so does the type.
      type = code < 0 || both > MAX_BYTE ? both >>> 8 : both;
      code = code < 0 || both > MAX_BYTE ? both & MAX_BYTE : code;
    }
    if (type >= 0 && type <= MAX_BYTE) {
      icmpType = (int) type;
      event.icmp((int) type, code >= 0 && code <= MAX_BYTE ? (int) code : NOT_GIVEN);
    }
  }
}
