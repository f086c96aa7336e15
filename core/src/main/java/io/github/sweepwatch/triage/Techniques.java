package io.github.sweepwatch.triage;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.AttackTechnique;
import java.util.List;

/** What ATT&amp;CK calls a scan: its shape's technique, and a second one where both fit. */
final class Techniques {
  private Techniques() {}

  static List<AttackTechnique> of(AttackTechnique first, ScanAlert alert) {
    boolean overHosts =
        alert.type() == ScanType.HORIZONTAL
            || alert.type() == ScanType.DISTRIBUTED_HORIZONTAL
            || alert.type() == ScanType.BLOCK;
    if (!overHosts) {
      return List.of(first);
    }
    return switch (first) {
      case NETWORK_SERVICE_DISCOVERY -> List.of(first, AttackTechnique.REMOTE_SYSTEM_DISCOVERY);
      case ACTIVE_SCANNING -> List.of(first, AttackTechnique.SCANNING_IP_BLOCKS);
      default -> List.of(first);
    };
  }
}
