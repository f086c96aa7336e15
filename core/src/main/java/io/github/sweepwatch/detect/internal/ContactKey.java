package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * A contact in 48 bits: the destination's host code (28), the service (18), and how it ended (2,
 * never 0). A word is a key and a 16-bit stamp. The outcome is part of the key: a success and a
 * failure are two contacts, so that windows over failures alone are exact. Thread-safe; wait-free.
 */
final class ContactKey {
  /** How many low bits of a word are its stamp. */
  static final int STAMP_BITS = 16;

  /** The destination answered, as far as an event can tell. */
  static final int ANSWERED = 1;

  /** It did not, or was not really asked: refused, unanswered, blocked, or a probe. */
  static final int FAILED = 2;

  /** The event does not say. */
  static final int UNKNOWN = 3;

  /** From so many bytes a datagram on, one without an answer is no probe. */
  private static final int FLOOD_BYTES = 600;

  private ContactKey() {}

  static long of(int host, int service, boolean failed) {
    return of(host, service, failed ? FAILED : ANSWERED);
  }

  static long of(int host, int service, int outcome) {
    return (long) host << 20 | (long) service << 2 | outcome;
  }

  /**
   * How a contact ended. A TCP connection on which neither side said a word is a probe: that is how
   * a connect scan looks where ports are open.
   */
  static int outcome(ConnectionEvent event) {
    boolean probe = event.probe() != Probe.NONE || isSilent(event);
    return switch (event.outcome()) {
      case REFUSED, NO_REPLY, BLOCKED -> FAILED;
      case ESTABLISHED -> probe ? FAILED : ANSWERED;
      case UNKNOWN -> event.probe() == Probe.NONE ? UNKNOWN : FAILED;
    };
  }

  private static boolean isSilent(ConnectionEvent event) {
    return event.protocol() == Protocol.TCP
        && isNothing(event.sourceBytes(), event.sourcePackets(), event.sourceHigh())
        && isNothing(event.destinationBytes(), event.destinationPackets(), event.sourceHigh());
  }

  /**
   * Whether so many bytes are no payload: none, or, where a log counts headers, between the least
   * that packets of IP and TCP have and that with 20 bytes of options.
   */
  private static boolean isNothing(long bytes, long packets, long high) {
    int header = high == 0 ? 40 : 60;
    return bytes == 0
        || (packets > 0 && bytes >= header * packets && bytes <= (header + 20) * packets);
  }

  /**
   * Whether an event is part of a flood of datagrams: no probe has so much in it. Port 443 is left
   * out, where a first datagram is as long as it may be (RFC 9000, 14.1).
   */
  static boolean isFlood(ConnectionEvent event) {
    return event.protocol() == Protocol.UDP
        && event.destinationPort() != 443
        && event.outcome() != Outcome.ESTABLISHED
        && event.destinationBytes() <= 0
        && event.sourceBytes() >= FLOOD_BYTES * Math.max(1, event.sourcePackets());
  }

  static int host(long key) {
    return (int) (key >>> 20);
  }

  static int service(long key) {
    return (int) (key >>> 2) & (Service.CODES - 1);
  }

  static boolean failed(long key) {
    return (key & 3) == FAILED;
  }

  static boolean unknown(long key) {
    return (key & 3) == UNKNOWN;
  }

  static boolean answered(long key) {
    return (key & 3) == ANSWERED;
  }

  /** Host and service without the outcome: what pairs are counted by. */
  static long pair(long key) {
    return key >>> 2;
  }
}
