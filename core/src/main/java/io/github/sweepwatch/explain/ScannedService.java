package io.github.sweepwatch.explain;

import java.util.Objects;

/**
 * A service that a scan looked for.
 *
 * @param port its port, of TCP or UDP
 * @param name its name in the IANA registry, and after a slash what people call it, where that is
 *     another word: {@code microsoft-ds/SMB}
 * @param nature what it is
 */
public record ScannedService(int port, String name, ServiceNature nature) {
  /**
   * Checks that nothing is missing.
   *
   * @param port its port
   * @param name its name
   * @param nature what it is
   */
  public ScannedService {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(nature, "nature");
  }
}
