package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;

/**
 * How much a scan matters that nobody has authorised: high as a rule; critical where two of these
 * hold: the source is inside, it asked for sensitive ports, some of what it asked answered; medium
 * where none holds and it only looks for hosts, from outside: the background noise of the internet.
 * Thread-safe; wait-free.
 */
final class SeverityRule {
  private SeverityRule() {}

  static Severity of(ScanType type, boolean internal, boolean sensitive, boolean answered) {
    int grave = (internal ? 1 : 0) + (sensitive ? 1 : 0) + (answered ? 1 : 0);
    if (grave > 1) {
      return Severity.CRITICAL;
    }
    boolean overHosts = type == ScanType.HORIZONTAL || type == ScanType.PING_SWEEP;
    return grave == 0 && overHosts ? Severity.MEDIUM : Severity.HIGH;
  }
}
