package io.github.sweepwatch.explain;

/** From where to where a scan goes, as seen from the monitored networks. */
public enum Direction {
  /** From outside. */
  EXTERNAL,
  /** From inside to inside. */
  INTERNAL,
  /** From inside to outside: one of our own hosts scans others. */
  OUTBOUND
}
