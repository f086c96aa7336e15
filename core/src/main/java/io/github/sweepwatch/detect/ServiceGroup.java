package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.Protocol;
import java.util.Set;

/** Kinds of services, for which limits differ. Each service is of exactly one kind. */
public enum ServiceGroup {
  /** TCP ports that the policy calls sensitive: remote control, file sharing, directories. */
  TCP_SENSITIVE,
  /** The web's TCP ports, 80 and 443, unless sensitive: dead sites are everyday. */
  TCP_WEB,
  /** All other TCP ports. */
  TCP_OTHER,
  /** UDP ports. A missing answer says less here, so limits are higher. */
  UDP,
  /**
   * UDP ports 33434 to 33534, where route tracing begins (Van Jacobson's traceroute): many ports of
   * one host without an answer, and no scan.
   */
  UDP_TRACE,
  /** ICMP requests, for either version of IP. */
  ICMP,
  /** Every other IP protocol; each protocol is one service, and each SCTP port. */
  OTHER;

  /**
   * The kind of a service.
   *
   * @param protocol its IP protocol
   * @param port its port; ignored for protocols without
   * @param sensitivePorts the TCP ports that count as sensitive
   * @return its kind
   */
  public static ServiceGroup of(int protocol, int port, Set<Integer> sensitivePorts) {
    if (protocol == Protocol.TCP) {
      if (sensitivePorts.contains(port)) {
        return TCP_SENSITIVE;
      }
      return port == 80 || port == 443 ? TCP_WEB : TCP_OTHER;
    }
    if (protocol == Protocol.UDP) {
      return port >= 33_434 && port <= 33_534 ? UDP_TRACE : UDP;
    }
    return Protocol.isIcmp(protocol) ? ICMP : OTHER;
  }
}
