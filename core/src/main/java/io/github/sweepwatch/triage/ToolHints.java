package io.github.sweepwatch.triage;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.ProbeOrder;
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

  // So many probes must have been watched to tell an order from chance.
  private static final long FEW_STEPS = 20;

  // From this rate on, in probes a second, and over so many hosts.
  private static final long FAST = 200;
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
    return byOrder(alert);
  }

  /** Programs that make packets themselves keep one source port; the system takes ever new ones. */
  private static @Nullable ToolHint byOrder(ScanAlert alert) {
    ProbeOrder order = alert.evidence().order();
    if (order.steps() < FEW_STEPS) {
      return null;
    }
    long rising = 100 * order.ascending() / order.steps();
    boolean shuffled = rising >= 30 && rising <= 70;
    boolean onePort = 100 * order.sameSourcePort() / order.steps() >= 90;
    boolean newPorts = 100 * order.sameSourcePort() / order.steps() <= 10;
    boolean vertical = alert.type() == ScanType.VERTICAL;
    boolean wide = alert.type() == ScanType.HORIZONTAL || alert.type() == ScanType.BLOCK;
    if (onePort && vertical && shuffled && alert.connections() > alert.uniquePorts()) {
      return new ToolHint(
          "nmap", "ports in random order from one source port, and some of them asked again");
    }
    if (onePort && vertical && rising > 90) {
      return new ToolHint("hping3", "ports in ascending order, all from one source port");
    }
    if (onePort && wide && rising > 70) {
      return new ToolHint("nmap", "hosts mostly in ascending order, from one source port");
    }
    if (onePort && wide && shuffled && asksOnce(alert)) {
      return new ToolHint("masscan", "hosts in random order from one source port, each asked once");
    }
    boolean fast = alert.uniqueTargets() >= MANY_HOSTS && rate(alert) >= FAST;
    if (newPorts && wide && shuffled && fast && alert.uniquePorts() == 1 && asksOnce(alert)) {
      return new ToolHint(
          "zmap",
          "one port of hosts in random order, each asked once from another source port, "
              + rate(alert)
              + " a second");
    }
    return null;
  }

  /** Whether there are as many connections as hosts with each port, as far as they are known. */
  private static boolean asksOnce(ScanAlert alert) {
    double once = (double) alert.uniqueTargets() * alert.uniquePorts();
    return Math.abs(alert.connections() - once) <= 3 * alert.relativeError() * once;
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

  private static long rate(ScanAlert alert) {
    long micros = Math.max(1, alert.lastSeenMicros() - alert.firstSeenMicros());
    return alert.connections() * MICROS / micros;
  }
}
