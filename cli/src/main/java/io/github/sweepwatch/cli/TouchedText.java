package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.triage.ServiceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an incident touched, in words: which services, on which hosts. */
final class TouchedText {
  /** With no more ranges than this, ranges are shown; else the ports that have a name. */
  private static final int FEW_RANGES = 6;

  /** With more protocols than this, they are not shown. */
  private static final int FEW_PROTOCOLS = 3;

  private static final List<Integer> USUAL = List.of(Protocol.TCP);
  private static final String ON = " on ";

  private TouchedText() {}

  /** One line of at most some columns. */
  static String line(ScanAlert incident, int width) {
    List<FittedList.Item> hosts = new ArrayList<>();
    incident.targets().forEach(host -> hosts.add(new FittedList.Item(host.toString(), 1)));
    String allHosts = FittedList.of(hosts, incident.uniqueTargets(), width / 2);
    String services = services(incident, width - ON.length() - allHosts.length());
    // What the services leave is for more hosts.
    int rest = width - ON.length() - services.length();
    return services + ON + FittedList.of(hosts, incident.uniqueTargets(), rest);
  }

  private static String services(ScanAlert incident, int width) {
    List<PortRange> ranges = incident.ports();
    if (ranges.isEmpty()) {
      return incident.type() == ScanType.PING_SWEEP
          ? "ICMP"
          : Count.of(incident.uniquePorts(), "IP protocol");
    }
    List<FittedList.Item> items = new ArrayList<>();
    if (ranges.size() > FEW_RANGES) {
      ranges.stream()
          .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
          .filter(port -> ServiceNames.name(port) != null)
          .forEach(port -> items.add(new FittedList.Item(named(port), 1)));
    }
    if (items.isEmpty()) {
      for (PortRange range : ranges) {
        int ports = range.last() - range.first() + 1;
        items.add(new FittedList.Item(ports == 1 ? named(range.first()) : range.toString(), ports));
      }
    }
    String protocols = protocols(incident);
    return protocols + FittedList.of(items, incident.uniquePorts(), width - protocols.length());
  }

  /** {@code udp }, or {@code tcp/udp }; TCP alone goes without saying. */
  private static String protocols(ScanAlert incident) {
    List<Integer> protocols = incident.protocols();
    if (protocols.isEmpty() || protocols.size() > FEW_PROTOCOLS || protocols.equals(USUAL)) {
      return "";
    }
    return protocols.stream().map(Protocol::text).collect(Collectors.joining("/", "", " "));
  }

  private static String named(int port) {
    String name = ServiceNames.name(port);
    return name == null ? Integer.toString(port) : port + " " + name;
  }
}
