package io.github.sweepwatch.triage;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.ToolHint;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which program a scan may have been made with, by its image's name or by its habits. */
final class ToolHints {
  private static final List<String> SCANNERS =
      List.of(
          "nmap",
          "masscan",
          "zmap",
          "zgrab2",
          "zgrab",
          "rustscan",
          "naabu",
          "hping3",
          "unicornscan",
          "ipscan",
          "advanced_ip_scanner",
          "advanced_port_scanner",
          "netscan",
          "fscan",
          "angryip");

  // From this rate on, in probes a second, and over so many hosts.
  private static final long FAST = 500;
  private static final long MANY_HOSTS = 200;
  private static final long MICROS = 1_000_000;

  private ToolHints() {}

  static @Nullable ToolHint of(ScanAlert alert) {
    for (Actor actor : alert.evidence().actors()) {
      String image = actor.image();
      String tool = image == null ? null : scanner(image);
      if (tool != null) {
        return new ToolHint(tool, "the connections were opened by an image of this name");
      }
    }
    if (isNmapDiscovery(alert)) {
      return new ToolHint(
          "nmap", "pings with ports 80 and 443: how nmap looks for hosts unless told otherwise");
    }
    if (isNmapPorts(alert)) {
      return new ToolHint(
          "nmap", alert.uniquePorts() + " ports, well-known ones with gaps: nmap's own selection");
    }
    return isStateless(alert)
        ? new ToolHint(
            "masscan or zmap",
            "one port, each host once, "
                + rate(alert)
                + " probes a second, no retries: a stateless scanner")
        : null;
  }

  private static @Nullable String scanner(String image) {
    int start = Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/')) + 1;
    String name = image.substring(start).toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    return SCANNERS.contains(bare) ? bare : null;
  }

  private static boolean isNmapDiscovery(ScanAlert alert) {
    return alert.type() == ScanType.PING_SWEEP
        && alert.ports().equals(List.of(new PortRange(80, 80), new PortRange(443, 443)));
  }

  /** The thousand or hundred commonest ports are scattered; a range of a thousand is not. */
  private static boolean isNmapPorts(ScanAlert alert) {
    long ports = alert.uniquePorts();
    return (ports == 1_000 || ports == 100)
        && alert.type() == ScanType.VERTICAL
        && alert.ports().size() >= ports / 20
        && has(alert, 22)
        && has(alert, 80)
        && has(alert, 443)
        && has(alert, 445);
  }

  private static boolean has(ScanAlert alert, int port) {
    for (PortRange range : alert.ports()) {
      if (range.first() <= port && port <= range.last()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStateless(ScanAlert alert) {
    return alert.type() == ScanType.HORIZONTAL
        && alert.uniquePorts() == 1
        && alert.uniqueTargets() >= MANY_HOSTS
        && !alert.estimated()
        && alert.connections() == alert.uniqueTargets()
        && rate(alert) >= FAST;
  }

  private static long rate(ScanAlert alert) {
    long micros = Math.max(1, alert.lastSeenMicros() - alert.firstSeenMicros());
    return alert.connections() * MICROS / micros;
  }
}
