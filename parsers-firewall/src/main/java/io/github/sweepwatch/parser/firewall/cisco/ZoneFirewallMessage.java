package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.OpenSessions;
import io.github.sweepwatch.spi.EventSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of IOS's zone-based firewall: sessions that start and stop, and packets that
 * are dropped. Not thread-safe.
 */
final class ZoneFirewallMessage {
  private static final long HOLD_MICROS = 60_000_000;

  private final MessageText text;
  private final CiscoEvent event;
  private final OpenSessions sessions = new OpenSessions(HOLD_MICROS);

  ZoneFirewallMessage(MessageText text, CiscoEvent event) {
    this.text = text;
    this.event = event;
  }

  /** Whether the message tells of a session or a packet. */
  boolean isConnection() {
    return text.has(" session: initiator ") || text.has("Dropping ");
  }

  /** Reads a message; null, or what is wrong with it. */
  @Nullable String read(long timeMicros, @Nullable String sensor, long line, EventSink sink) {
    int place = text.at();
    if (text.skipTo("Dropping ")) {
      return dropped(timeMicros, sensor, sink);
    }
    text.back(place);
    boolean start = text.skipTo("Start ");
    if (!start) {
      text.skipTo("Stop ");
    }
    event.protocol = text.protocol();
    if (!text.skipTo("initiator ") || !text.endpointWithColon(event.source)) {
      return "initiator is no endpoint: ";
    }
    event.sourceBytes = text.skip(") sent ") ? text.number() : ConnectionEvent.NOT_GIVEN;
    if (!text.skipTo("responder ") || !text.endpointWithColon(event.destination)) {
      return "responder is no endpoint: ";
    }
    event.destinationBytes = text.skip(") sent ") ? text.number() : ConnectionEvent.NOT_GIVEN;
    Endpoint source = event.source;
    Endpoint destination = event.destination;
    long key =
        OpenSessions.key(
            source.high(),
            source.low(),
            destination.high(),
            destination.low(),
            source.port(),
            destination.port());
    if (start) {
      sessions.begin(key, event.build(timeMicros, sensor), line, sink);
    } else if (sessions.end(key, timeMicros, sink) != OpenSessions.Start.TOLD) {
      ConnectionEvent beginning = sessions.started();
      event.outcome =
          event.destinationBytes > 0
              ? Outcome.ESTABLISHED
              : event.sourceBytes > 0 ? Outcome.NO_REPLY : Outcome.UNKNOWN;
      sink.connection(event.build(beginning == null ? timeMicros : beginning.timeMicros(), sensor));
    }
    return null;
  }

  /** Hands on what has not ended. */
  void finish(EventSink sink) {
    sessions.finish(sink);
  }

  /* tcp pkt from Gi1/0/2 10.0.0.1:53836 => 10.0.0.2:80(…), or tcp session 10.0.0.1:1 10.0.0.2:2 */
  private @Nullable String dropped(long timeMicros, @Nullable String sensor, EventSink sink) {
    event.protocol = text.protocol();
    event.outcome = Outcome.BLOCKED;
    boolean packet = text.skipTo(" pkt from ");
    if (packet) {
      text.word();
    } else {
      text.skipTo(" session ");
    }
    if (!text.endpointWithColon(event.source)) {
      return "source is no endpoint: ";
    }
    if (packet) {
      text.skipTo("=> ");
    }
    if (!text.endpointWithColon(event.destination)) {
      return "destination is no endpoint: ";
    }
    event.packet();
    sink.connection(event.build(timeMicros, sensor));
    return null;
  }
}
