package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.Protocol;
import java.util.Set;

/** Kinds of services, for which limits differ. Each service is of exactly one kind. */
public enum ServiceGroup {
  /** TCP ports that the policy calls sensitive: remote control, file sharing, directories. */
  TCP_SENSITIVE,
  /** The web: TCP ports 80 and 443, unless sensitive, and UDP port 443. Dead sites are everyday. */
  WEB,
  /** All other TCP ports. */
  TCP_OTHER,
  /** Domain names, port 53 of UDP and TCP: who resolves them asks servers everywhere. */
  NAMES,
  /** All other UDP ports. A missing answer says less here, so limits are higher. */
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

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int DOMAIN = 53;
  private static final int FIRST_TRACED = 33_434;
  private static final int LAST_TRACED = 33_534;

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
      if (port == DOMAIN) {
        return NAMES;
      }
      return port == HTTP || port == HTTPS ? WEB : TCP_OTHER;
    }
    if (protocol == Protocol.UDP) {
      return ofUdp(port);
    }
    return Protocol.isIcmp(protocol) ? ICMP : OTHER;
  }

  private static ServiceGroup ofUdp(int port) {
    if (port == HTTPS) {
      return WEB;
    }
    if (port == DOMAIN) {
      return NAMES;
    }
    return port >= FIRST_TRACED && port <= LAST_TRACED ? UDP_TRACE : UDP;
  }
}
