package io.github.sweepwatch.event;

/** Whether an address belongs to the monitored networks, as far as the log tells. */
public enum Locality {
  /** Inside the monitored networks. */
  LOCAL,
  /** Outside the monitored networks. */
  REMOTE,
  /** The log does not say; configured networks decide. */
  UNSPECIFIED
}
