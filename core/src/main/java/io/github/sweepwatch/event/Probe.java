package io.github.sweepwatch.event;

/**
 * What kind of probe a connection looks like, where the log shows TCP flags. A probe is an exchange
 * that ordinary software does not produce; {@link #NONE} says nothing against it.
 */
public enum Probe {
  /** No probe, or the log does not show flags. */
  NONE,
  /** A SYN without a completed handshake: unanswered, refused, or reset half-open after SYN-ACK. */
  SYN,
  /** A FIN out of nowhere. Also stands for Xmas probes in logs that do not show PSH and URG. */
  FIN,
  /** A segment without any flag. */
  NULL,
  /** FIN, PSH and URG together. */
  XMAS,
  /** An ACK out of nowhere. */
  ACK
}
