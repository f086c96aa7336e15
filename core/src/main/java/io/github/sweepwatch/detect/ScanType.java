package io.github.sweepwatch.detect;

import io.github.sweepwatch.explain.AttackTechnique;

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
  DISTRIBUTED_VERTICAL;

  /**
   * What ATT&amp;CK calls a scan of this shape.
   *
   * @param inside whether its source is inside
   * @return the technique
   */
  public AttackTechnique technique(boolean inside) {
    return switch (this) {
      case PING_SWEEP ->
          inside ? AttackTechnique.REMOTE_SYSTEM_DISCOVERY : AttackTechnique.SCANNING_IP_BLOCKS;
      case HORIZONTAL, DISTRIBUTED_HORIZONTAL ->
          inside ? AttackTechnique.NETWORK_SERVICE_DISCOVERY : AttackTechnique.SCANNING_IP_BLOCKS;
      case VERTICAL, DISTRIBUTED_VERTICAL ->
          inside
              ? AttackTechnique.NETWORK_SERVICE_DISCOVERY
              : AttackTechnique.VULNERABILITY_SCANNING;
      case BLOCK ->
          inside ? AttackTechnique.NETWORK_SERVICE_DISCOVERY : AttackTechnique.ACTIVE_SCANNING;
    };
  }
}
