package io.github.sweepwatch.event;

/** How a connection attempt ended, as far as the log tells. */
public enum Outcome {
  /** The responder answered: a handshake was at least half completed, or data came back. */
  ESTABLISHED,
  /** The responder, or a host on its behalf, refused: a TCP reset or an ICMP error. */
  REFUSED,
  /** Nothing came back. For UDP this is weak evidence, since many services never answer. */
  NO_REPLY,
  /** A firewall denied or dropped it. */
  BLOCKED,
  /** The log does not say. */
  UNKNOWN
}
