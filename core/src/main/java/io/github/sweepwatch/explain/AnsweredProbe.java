package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.IpAddress;
import java.util.Objects;

/**
 * A probe that found something: the host answered on this service. These are the next to look at.
 *
 * @param host who answered
 * @param port the destination port; 0 for protocols without
 * @param protocol the IP protocol number, such as 6 for TCP
 */
public record AnsweredProbe(IpAddress host, int port, int protocol) {
  /**
   * Checks that there is a host.
   *
   * @param host who answered
   * @param port the destination port
   * @param protocol the IP protocol number
   */
  public AnsweredProbe {
    Objects.requireNonNull(host, "host");
  }
}
