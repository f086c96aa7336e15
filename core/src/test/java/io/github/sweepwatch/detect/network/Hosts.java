package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is there, and what it says to a stranger who knocks. Everybody else is dark. */
final class Hosts {
  /** What a host does with a first packet. */
  enum Reaction {
    ANSWERS,
    REFUSES,
    SILENT
  }

  /**
   * One host.
   *
   * @param tcp the TCP ports that it serves
   * @param udp the UDP ports that answer whoever asks
   * @param refuses whether it refuses on other ports, rather than being silent
   * @param echoes whether it answers pings
   */
  record Host(Set<Integer> tcp, Set<Integer> udp, boolean refuses, boolean echoes) {}

  /** A desktop: file sharing, and a firewall that drops the rest. */
  static final Host DESKTOP = new Host(Set.of(135, 139, 445), Set.of(), false, true);

  /** A desktop whose firewall is off. */
  static final Host OPEN_DESKTOP =
      new Host(Set.of(135, 139, 445, 3389, 5040), Set.of(), true, true);

  static final Host WEB_SERVER = new Host(Set.of(22, 80, 443), Set.of(), true, true);

  static final Host APPLICATION_SERVER =
      new Host(Set.of(22, 443, 8080, 8443, 9100), Set.of(161), true, true);

  static final Host DIRECTORY =
      new Host(
          Set.of(53, 88, 135, 139, 389, 445, 464, 636, 3268, 3389, 5985, 9389, 49_152, 49_155),
          Set.of(53, 88, 123, 389),
          true,
          true);

  static final Host PRINTER = new Host(Set.of(80, 443, 515, 631, 9100), Set.of(161), true, true);

  /** A controller of machines: Modbus, S7 and its maker's web page. */
  static final Host CONTROLLER = new Host(Set.of(80, 102, 502), Set.of(161), true, true);

  /** A server behind a firewall that lets the web through and drops the rest. */
  static final Host SHIELDED = new Host(Set.of(80, 443), Set.of(), false, false);

  private final Map<IpAddress, Host> known = new LinkedHashMap<>();

  void put(IpAddress address, Host host) {
    known.put(address, host);
  }

  void put(List<IpAddress> addresses, Host host) {
    addresses.forEach(address -> put(address, host));
  }

  Reaction tcp(IpAddress address, int port) {
    return reaction(address, true, port);
  }

  Reaction udp(IpAddress address, int port) {
    return reaction(address, false, port);
  }

  boolean alive(IpAddress address) {
    return known.containsKey(address);
  }

  boolean echoes(IpAddress address) {
    Host host = known.get(address);
    return host != null && host.echoes();
  }

  private Reaction reaction(IpAddress address, boolean tcp, int port) {
    Host host = known.get(address);
    if (host == null) {
      return Reaction.SILENT;
    }
    if ((tcp ? host.tcp() : host.udp()).contains(port)) {
      return Reaction.ANSWERS;
    }
    return host.refuses() ? Reaction.REFUSES : Reaction.SILENT;
  }
}
