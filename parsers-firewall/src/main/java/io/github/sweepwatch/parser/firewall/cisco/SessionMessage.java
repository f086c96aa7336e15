package io.github.sweepwatch.parser.firewall.cisco;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.spi.EventSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a connection's beginning and end. The beginning tells who began it, the end
 * how it went, so they are joined. Not thread-safe.
 */
final class SessionMessage {
  // A connection that is not answered is given up after half a minute unless set otherwise.
  private static final long HOLD_MICROS = 60_000_000;
  private static final int MAX_BYTE = 0xff;

  private final MessageText text;
  private final CiscoEvent event;
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);

  SessionMessage(MessageText text, CiscoEvent event) {
    this.text = text;
    this.event = event;
  }

  /** Whether a message is one of these. */
  static boolean isOne(int number) {
    return (number >= 302013 && number <= 302018)
        || number == 302020
        || number == 302021
        || number == 302303
        || number == 302304;
  }

  /** Reads a message; null, or what is wrong with it. */
  @Nullable String read(
      int number, long timeMicros, @Nullable String sensor, long line, EventSink sink) {
    boolean built = text.skip("Built ");
    if (!built && !text.skip("Teardown ")) {
      return "neither Built nor Teardown: ";
    }
    boolean icmp = number == 302020 || number == 302021;
    text.word();
    boolean outbound = text.wordIs("outbound");
    boolean directed = outbound || text.wordIs("inbound");
    String problem = icmp ? icmp() : session(number);
    if (problem != null) {
      return problem;
    }
    event.swapped = outbound;
    event.certain = directed;
    long key = key(sensor);
    if (built) {
      sessions.begin(key, event.build(timeMicros, sensor), line, sink);
    } else {
      end(key, timeMicros, sensor, icmp, sink);
    }
    return null;
  }

  /** Hands on what has not ended. */
  void finish(EventSink sink) {
    sessions.finish(sink);
  }

  private long id;

  /* … connection 4711 for outside:10.0.0.1/1 (10.0.0.1/1) to inside:10.0.0.2/2 (10.0.0.2/2) */
  private @Nullable String session(int number) {
    event.protocol =
        switch (number) {
          case 302015, 302016 -> Protocol.UDP;
          case 302017, 302018 -> 47;
          default -> Protocol.TCP;
        };
    if (!text.skipTo("connection ")) {
      return "no connection in the message: ";
    }
    id = text.number();
    text.word();
    if (!text.endpoint(event.source)) {
      return "first endpoint is none: ";
    }
    if (!text.skipTo(" to ") || !text.endpoint(event.destination)) {
      return "second endpoint is none: ";
    }
    return null;
  }

  /* … ICMP connection for faddr 10.0.0.1/0 gaddr 10.0.0.2/1 laddr 10.0.0.3/1 type 8 code 0 */
  private @Nullable String icmp() {
    event.protocol = Protocol.ICMP;
    id = 0;
    if (!text.skipTo("faddr ") || !text.endpoint(event.source)) {
      return "faddr is no address: ";
    }
    if (!text.skipTo("laddr ") || !text.endpoint(event.destination)) {
      return "laddr is no address: ";
    }
    event.icmpType = octet(text.numberAfter("type "));
    event.icmpCode = octet(text.numberAfter("code "));
    return null;
  }

  private void end(
      long key, long timeMicros, @Nullable String sensor, boolean icmp, EventSink sink) {
    long duration = text.skipTo("duration ") ? text.duration() : -1;
    event.durationMicros = duration >= 0 ? duration : NOT_GIVEN;
    long bytes = text.skipTo("bytes ") ? text.number() : -1;
    OpenSessions.Start start = sessions.end(key, timeMicros, sink);
    if (start == OpenSessions.Start.TOLD) {
      return;
    }
    long begun = timeMicros - Math.max(0, duration);
    ConnectionEvent beginning = sessions.started();
    if (beginning != null) {
      begun = beginning.timeMicros();
      event.certain = beginning.initiatorCertain();
      event.swapped =
          event.certain
              && !(beginning.sourceHigh() == event.source.high()
                  && beginning.sourceLow() == event.source.low()
                  && (icmp || beginning.sourcePort() == event.source.port()));
      if (event.icmpType < 0) {
        event.icmpType = beginning.icmpType();
        event.icmpCode = beginning.icmpCode();
      }
    }
    if (event.protocol == Protocol.TCP) {
      outcome(bytes);
    }
    sink.connection(event.build(Math.max(0, begun), sensor));
  }

  /* The bytes are those of both directions, and payload only. */
  private void outcome(long bytes) {
    if (bytes > 0) {
      event.outcome = Outcome.ESTABLISHED;
      return;
    }
    if (text.has("SYN Timeout")) {
      event.outcome = Outcome.NO_REPLY;
      event.probe = Probe.SYN;
    } else if (text.has("Reset-")) {
      // I is the host inside, which is the second one; O the one outside.
      boolean second = text.has("Reset-I");
      boolean byInitiator = event.certain && second == event.swapped;
      // Who began it resets only what was answered.
      event.outcome = byInitiator ? Outcome.ESTABLISHED : Outcome.REFUSED;
      event.probe = Probe.SYN;
    } else if (text.has("TCP FINs")) {
      event.outcome = Outcome.ESTABLISHED;
    } else if (text.has("Deny") || text.has("denied")) {
      event.outcome = Outcome.BLOCKED;
    }
  }

  private long key(@Nullable String sensor) {
    Endpoint first = event.source;
    Endpoint second = event.destination;
    long key = OpenSessions.mix(id, sensor == null ? 0 : sensor.hashCode());
    key = OpenSessions.mix(key, first.high() ^ event.protocol);
    key = OpenSessions.mix(key, first.low());
    key = OpenSessions.mix(key, second.high());
    key = OpenSessions.mix(key, second.low());
    return OpenSessions.mix(key, (long) first.port() << 32 | (second.port() & 0xffff_ffffL));
  }

  private static int octet(long number) {
    return number >= 0 && number <= MAX_BYTE ? (int) number : NOT_GIVEN;
  }
}
