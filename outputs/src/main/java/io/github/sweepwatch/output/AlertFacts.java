package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several formats read out of an alert in the same way. */
final class AlertFacts {
  private AlertFacts() {}

  /**
   * When the alert became what it says: the latest time in it. Of two alerts of an incident, the
   * later one's is not the earlier time.
   *
   * @return microseconds since 1970-01-01T00:00:00Z
   */
  static long changedMicros(ScanAlert alert) {
    long latest = Math.max(alert.detectedAtMicros(), alert.lastSeenMicros());
    latest = Math.max(latest, alert.endedAtMicros());
    Explanation explanation = alert.explanation();
    if (explanation != null) {
      LogonEvent success = explanation.logons().firstSuccess();
      latest = success == null ? latest : Math.max(latest, success.timeMicros());
      for (IdsFinding finding : explanation.ids().findings()) {
        latest = Math.max(latest, finding.lastMicros());
      }
    }
    return latest;
  }

  /** The one who scans, or null where there are several. */
  static @Nullable IpAddress onlySource(ScanAlert alert) {
    return alert.sources().size() == 1 ? alert.sources().get(0) : null;
  }

  /** The one host that was touched, or null where there were several. */
  static @Nullable IpAddress onlyTarget(ScanAlert alert) {
    return alert.uniqueTargets() == 1 && alert.targets().size() == 1
        ? alert.targets().get(0)
        : null;
  }

  /** The one port that was touched, or -1 where there were several or protocols without ports. */
  static int onlyPort(ScanAlert alert) {
    List<PortRange> ports = alert.ports();
    boolean one = alert.uniquePorts() == 1 && ports.size() == 1 && !alert.portsTruncated();
    return one && ports.get(0).first() == ports.get(0).last() ? ports.get(0).first() : -1;
  }

  /** The one protocol of the probes, or {@link Protocol#UNKNOWN}. */
  static int onlyProtocol(ScanAlert alert) {
    return alert.protocols().size() == 1 ? alert.protocols().get(0) : Protocol.UNKNOWN;
  }

  /** The names of the protocols; a number where one has none. */
  static List<String> protocols(ScanAlert alert) {
    return alert.protocols().stream().map(Protocol::text).toList();
  }
}
