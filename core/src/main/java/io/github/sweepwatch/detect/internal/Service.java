package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Protocol;

/**
 * A service in one number: the protocol, and the port where the protocol has ports. Of ICMP all
 * requests are one service. Thread-safe.
 */
final class Service {
  private Service() {}

  /** The service that an event's source asked for. */
  static int of(ConnectionEvent event) {
    int port = Protocol.hasPorts(event.protocol()) ? Math.max(event.destinationPort(), 0) : 0;
    return (event.protocol() + 1) << 16 | port;
  }

  /** The protocol's number, or {@link Protocol#UNKNOWN}. */
  static int protocol(int service) {
    return (service >>> 16) - 1;
  }

  /** The port; 0 for protocols without. */
  static int port(int service) {
    return service & 0xffff;
  }
}
