package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.Explanation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An alert in words. They may hold text from logs, which whoever writes them escapes. */
final class AlertText {
  private static final int SHOWN_RANGES = 8;
  private static final int SHOWN_PROTOCOLS = 3;

  private AlertText() {}

  /** {@code Horizontal scan by 203.0.113.7}. */
  static String title(ScanAlert alert) {
    return name(alert.type())
        + " by "
        + (alert.sources().size() == 1
            ? alert.sources().get(0).toString()
            : alert.sources().size() + " sources");
  }

  /** {@code Horizontal scan}. */
  static String name(ScanType type) {
    return switch (type) {
      case HORIZONTAL -> "Horizontal scan";
      case VERTICAL -> "Vertical scan";
      case BLOCK -> "Block scan";
      case PING_SWEEP -> "Ping sweep";
      case DISTRIBUTED_HORIZONTAL -> "Distributed horizontal scan";
      case DISTRIBUTED_VERTICAL -> "Distributed vertical scan";
    };
  }

  /** Title, extent, and what changes how one looks at it. */
  static String summary(ScanAlert alert) {
    String about = alert.estimated() ? "about " : "";
    StringBuilder text = new StringBuilder(title(alert));
    text.append(": ").append(about).append(count(alert.uniqueTargets(), "host"));
    text.append(", ").append(about).append(count(alert.uniquePorts(), "service"));
    if (!alert.ports().isEmpty()) {
      text.append(" (").append(protocols(alert)).append(ports(alert)).append(')');
    }
    text.append(", ").append(count(alert.connections(), "connection"));
    text.append(", ").append(alert.failed()).append(" failed");
    Explanation explanation = alert.explanation();
    if (explanation != null) {
      LogonEvent success = explanation.logons().firstSuccess();
      if (success != null) {
        text.append("; logged on");
        append(text, " as ", success.account());
        append(
            text, " to ", success.targetHost() != null ? success.targetHost() : success.target());
        text.append(" by ").append(success.method());
      }
    }
    if (alert.muted()) {
      text.append("; muted: repeats an incident that ended a short time ago");
    }
    append(text, "; authorised by ", alert.authorisedBy());
    return text.toString();
  }

  /** {@code horizontal-failed: 20 in 300 s (limit 20)}, for each rule that spoke. */
  static List<String> reasons(ScanAlert alert) {
    return alert.reasons().stream().map(AlertText::reason).toList();
  }

  private static String reason(Reason reason) {
    return String.format(
        Locale.ROOT,
        "%s: %d in %d s (limit %d)",
        reason.rule(),
        reason.count(),
        reason.windowSeconds(),
        reason.threshold());
  }

  /** {@code tcp }, or {@code tcp/udp }; nothing where there are too many to read. */
  private static String protocols(ScanAlert alert) {
    List<String> names = AlertFacts.protocols(alert);
    boolean few = !names.isEmpty() && names.size() <= SHOWN_PROTOCOLS;
    return few ? String.join("/", names) + " " : "";
  }

  private static String ports(ScanAlert alert) {
    List<String> shown =
        alert.ports().stream().limit(SHOWN_RANGES).map(PortRange::toString).toList();
    boolean more = alert.portsTruncated() || shown.size() < alert.ports().size();
    return String.join(", ", shown) + (more ? ", more" : "");
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void append(StringBuilder text, String before, @Nullable Object value) {
    if (value != null) {
      text.append(before).append(value);
    }
  }
}
