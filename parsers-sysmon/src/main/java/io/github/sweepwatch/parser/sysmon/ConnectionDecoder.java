package io.github.sweepwatch.parser.sysmon;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.NumberParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connection of a Sysmon or filtering platform event. Not thread-safe.
 *
 * <p>Neither Sysmon's event nor the permission of the platform says that the peer answered, so
 * their outcome is unknown; what the platform stopped is blocked.
 */
final class ConnectionDecoder {
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] INBOUND = ascii("%%14592");
  private static final byte[] OUTBOUND = ascii("%%14593");
  private static final byte[] IN = ascii("in");
  private static final byte[] OUT = ascii("out");
  private static final byte[] EGRESS = ascii("egress");
  private static final byte[] RECEIVE_LAYER = ascii("%%14610");
  private static final byte[] CONNECT_LAYER = ascii("%%14611");
  private static final byte[] RECEIVE = ascii("receive");
  private static final byte[] CONNECT = ascii("connect");
  private static final byte[] TCP = ascii("tcp");
  private static final byte[] UDP = ascii("udp");
  private static final String UNKNOWN_PROCESS = "unknown process";
  private static final int MAX_PORT = 0xffff;
  private static final int MAX_BYTE = 0xff;
  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;

  /** Which way an event says a connection went. */
  private enum Way {
    OUT,
    IN,
    UNSAID
  }

  private final FieldValues values;
  private final HostAddresses own = new HostAddresses();
  private final Initiator initiator = new Initiator(own);
  private final AddressParser from = new AddressParser();
  private final AddressParser to = new AddressParser();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  // Of the event at hand.
  private @Nullable String problem;
  private int protocol;
  private int fromPort;
  private int toPort;

  ConnectionDecoder(FieldValues values) {
    this.values = values;
  }

  /**
   * Makes the connection of Sysmon's event 3.
   *
   * @return null, or why there is none
   */
  @Nullable String sysmon(EventRecord record, long micros, EventSink sink) {
    if (!endpoints(record)) {
      return problem;
    }
    long host = host(record);
    Way way = initiated(record);
    if (way == Way.OUT) {
      initiator.outbound();
      own.learn(host, from.high(), from.low());
    } else {
      inbound(record, host, protocol != Protocol.UDP);
    }
    sink.connection(build(record, micros, Outcome.UNKNOWN, initiator.isCertain()));
    return null;
  }

  /**
   * Makes the connection of an event of the filtering platform.
   *
   * @param eventId 5156, 5157 or 5152
   * @return null, or why there is none
   */
  @Nullable String filtered(EventRecord record, int eventId, long micros, EventSink sink) {
    if (!endpoints(record)) {
      return problem;
    }
    long host = host(record);
    Way way = direction(record);
    boolean packet = eventId == WindowsEvents.PACKET_BLOCKED;
    boolean certain;
    if (packet) {
      // Its source sent it, but as an answer perhaps, whose question went the other way: resolvers'
      // answers that come too late look like scans otherwise.
      initiator.outbound();
      certain =
          way != Way.UNSAID
              && Protocol.hasPorts(protocol)
              && !(Initiator.isService(fromPort) && !Initiator.isService(toPort));
    } else {
      if (way == Way.OUT) {
        initiator.outbound();
        own.learn(host, from.high(), from.low());
      } else {
        inbound(record, host, true);
      }
      certain = initiator.isCertain();
    }
    if (Protocol.isIcmp(protocol)) {
      // The host's own port is the type, the other's the code.
      boolean fromIsHost = packet ? way != Way.IN : way == Way.OUT || !initiator.isSource();
      int type = fromIsHost ? fromPort : toPort;
      int code = fromIsHost ? toPort : fromPort;
      if (type > MAX_BYTE || code > MAX_BYTE) {
        return "ports are no ICMP type and code: " + fromPort + ", " + toPort;
      }
      event.icmp(type, code);
      certain |= packet && (type == ECHO_REQUEST || type == ECHO_REQUEST_V6);
    }
    Outcome outcome =
        eventId == WindowsEvents.CONNECTION_PERMITTED ? Outcome.UNKNOWN : Outcome.BLOCKED;
    sink.connection(build(record, micros, outcome, certain));
    return null;
  }

  private void inbound(EventRecord record, long host, boolean sourceUnlessShown) {
    initiator.inbound(
        host,
        from,
        fromPort,
        to,
        toPort,
        protocol,
        isHost(record, EventField.SOURCE_NAME, host),
        isHost(record, EventField.DESTINATION_NAME, host),
        sourceUnlessShown);
  }

  private ConnectionEvent build(EventRecord record, long micros, Outcome outcome, boolean certain) {
    boolean ports = !Protocol.isIcmp(protocol);
    int sourcePort = ports ? fromPort : NOT_GIVEN;
    int destinationPort = ports ? toPort : NOT_GIVEN;
    event.timeMicros(micros).protocol(protocol).outcome(outcome).initiatorCertain(certain);
    if (initiator.isSource()) {
      event.source(from.high(), from.low()).sourcePort(sourcePort);
      event.destination(to.high(), to.low()).destinationPort(destinationPort);
    } else {
      event.source(to.high(), to.low()).sourcePort(destinationPort);
      event.destination(from.high(), from.low()).destinationPort(sourcePort);
    }
    return event
        .host(values.text(record, EventField.COMPUTER))
        .image(image(record))
        .user(values.account(record, EventField.USER_DOMAIN, EventField.USER))
        .build();
  }

  private boolean endpoints(EventRecord record) {
    problem = null;
    event.reset();
    address(record, EventField.SOURCE, "source address", from);
    address(record, EventField.DESTINATION, "destination address", to);
    protocol = protocol(record);
    fromPort = port(record, EventField.SOURCE_PORT, "source port");
    toPort = port(record, EventField.DESTINATION_PORT, "destination port");
    return problem == null;
  }

  private void address(EventRecord record, EventField field, String label, AddressParser parser) {
    if (!values.address(record, field, parser)) {
      bad(record, field, label, "IP address");
    }
  }

  private int protocol(EventRecord record) {
    EventField field = EventField.PROTOCOL;
    byte[] bytes = record.bytes(field);
    int start = record.from(field);
    int end = record.to(field);
    if (Bytes.equalsIgnoreCase(bytes, start, end, TCP)) {
      return Protocol.TCP;
    }
    if (Bytes.equalsIgnoreCase(bytes, start, end, UDP)) {
      return Protocol.UDP;
    }
    long number = NumberParser.unsigned(bytes, start, end);
    if (number == NumberParser.INVALID) {
      number = Protocol.number(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }
    if (number < 0 || number > MAX_BYTE) {
      bad(record, field, "protocol", "protocol");
    }
    return (int) number;
  }

  private int port(EventRecord record, EventField field, String label) {
    if (!record.has(field)) {
      if (Protocol.hasPorts(protocol)) {
        bad(record, field, label, "port");
      }
      return NOT_GIVEN;
    }
    long port = values.number(record, field, MAX_PORT);
    if (port < 0) {
      bad(record, field, label, "port");
      return NOT_GIVEN;
    }
    return (int) port;
  }

  private void bad(EventRecord record, EventField field, String label, String kind) {
    if (problem == null) {
      problem = values.reason(record, field, label, kind);
    }
  }

  private Way initiated(EventRecord record) {
    if (values.is(record, EventField.INITIATED, TRUE)) {
      return Way.OUT;
    }
    return values.is(record, EventField.INITIATED, FALSE) ? Way.IN : direction(record);
  }

  private Way direction(EventRecord record) {
    EventField direction = EventField.DIRECTION;
    if (values.is(record, direction, OUTBOUND)
        || values.startsWith(record, direction, OUT)
        || values.is(record, direction, EGRESS)) {
      return Way.OUT;
    }
    if (values.is(record, direction, INBOUND) || values.startsWith(record, direction, IN)) {
      return Way.IN;
    }
    EventField layer = EventField.LAYER;
    if (values.is(record, layer, CONNECT_LAYER) || values.is(record, layer, CONNECT)) {
      return Way.OUT;
    }
    return values.is(record, layer, RECEIVE_LAYER) || values.startsWith(record, layer, RECEIVE)
        ? Way.IN
        : Way.UNSAID;
  }

  private static long host(EventRecord record) {
    EventField field = EventField.COMPUTER;
    byte[] bytes = record.bytes(field);
    return HostAddresses.host(bytes, record.from(field), record.to(field));
  }

  private static boolean isHost(EventRecord record, EventField field, long host) {
    if (!record.has(field) || !record.has(EventField.COMPUTER)) {
      return false;
    }
    byte[] bytes = record.bytes(field);
    return HostAddresses.host(bytes, record.from(field), record.to(field)) == host;
  }

  private @Nullable String image(EventRecord record) {
    String image = values.text(record, EventField.IMAGE);
    boolean marked = image != null && (image.charAt(0) == '<' || image.charAt(0) == '&');
    return marked && String.valueOf(image).contains(UNKNOWN_PROCESS) ? null : image;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
