package io.github.sweepwatch.detect;

/** What distinct items of a source are counted. */
public enum Dimension {
  /** Destination hosts. */
  HOSTS,
  /** Services: destination ports by protocol, or IP protocols. */
  SERVICES,
  /** Pairs of host and service. */
  PAIRS
}
