package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Protocol;

/**
 * A service in 18 bits: two for the kind of protocol (TCP, UDP, SCTP, all others), 16 for the port
 * or, for a protocol without ports, its number. Of ICMP all requests are one service. Thread-safe;
 * wait-free.
 */
final class Service {
  /** One more than the greatest code. */
  static final int CODES = 1 << 18;

  /** The web over TCP, plain. */
  static final int HTTP = 80;

  /** The web over TCP, encrypted. */
  static final int HTTPS = 443;

  private static final int TCP = 0;
  private static final int UDP = 1 << 16;
  private static final int SCTP = 2 << 16;
  private static final int OTHER = 3 << 16;

  private Service() {}

  /** The service that an event's source asked for. */
  static int of(ConnectionEvent event) {
    int port = Math.max(event.destinationPort(), 0);
    return switch (event.protocol()) {
      case Protocol.TCP -> TCP | port;
      case Protocol.UDP -> UDP | port;
      case Protocol.SCTP -> SCTP | port;
      default -> OTHER | (event.protocol() + 1);
    };
  }

  /** A port of TCP. */
  static int ofTcp(int port) {
    return TCP | port;
  }

  /** The protocol's number, or {@link Protocol#UNKNOWN}. */
  static int protocol(int service) {
    return switch (service & OTHER) {
      case TCP -> Protocol.TCP;
      case UDP -> Protocol.UDP;
      case SCTP -> Protocol.SCTP;
      default -> (service & 0xffff) - 1;
    };
  }

  /** The port; 0 for protocols without. */
  static int port(int service) {
    return service >= OTHER ? 0 : service & 0xffff;
  }
}
