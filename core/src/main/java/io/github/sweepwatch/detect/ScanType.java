package io.github.sweepwatch.detect;

/** The shape of a scan. */
public enum ScanType {
  /** Many hosts on one port or few. */
  HORIZONTAL,
  /** Many ports of one host or few; also many IP protocols of one host. */
  VERTICAL,
  /** Many hosts and many ports, also called strobe. */
  BLOCK,
  /** Many hosts by ICMP echo. */
  PING_SWEEP,
  /** One port on many hosts, shared out among many sources. */
  DISTRIBUTED_HORIZONTAL,
  /** Many ports of one host, shared out among many sources. */
  DISTRIBUTED_VERTICAL
}
