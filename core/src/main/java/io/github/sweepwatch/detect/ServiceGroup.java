package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.Protocol;
import java.util.Set;

/** Kinds of services, for which limits differ. Each service is of exactly one kind. */
public enum ServiceGroup {
  /** TCP ports that the policy calls sensitive: remote control, file sharing, directories. */
  TCP_SENSITIVE,
  /** All other TCP ports. */
  TCP_OTHER,
  /** UDP ports. A missing answer says less here, so limits are higher. */
  UDP,
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
      return sensitivePorts.contains(port) ? TCP_SENSITIVE : TCP_OTHER;
    }
    if (protocol == Protocol.UDP) {
      return UDP;
    }
    return Protocol.isIcmp(protocol) ? ICMP : OTHER;
  }
}
