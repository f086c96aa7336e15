package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.IpAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an intrusion detection system said of the source of a scan, the same alert or notice counted
 * together.
 *
 * @param name the signature or kind of notice
 * @param category the system's own class of it, or null
 * @param priority the system's own, 1 being the gravest; 0 where it gives none
 * @param count how often
 * @param firstMicros the first time, in microseconds since 1970-01-01T00:00:00Z
 * @param lastMicros the last time, in microseconds since 1970-01-01T00:00:00Z
 * @param target the host concerned the first time, or null
 * @param sensor what reported it the first time, or null
 */
public record IdsFinding(
    String name,
    @Nullable String category,
    int priority,
    long count,
    long firstMicros,
    long lastMicros,
    @Nullable IpAddress target,
    @Nullable String sensor) {
  /**
   * Checks that there is a name.
   *
   * @param name the signature or kind of notice
   * @param category the system's own class of it
   * @param priority the system's own, 1 being the gravest
   * @param count how often
   * @param firstMicros the first time
   * @param lastMicros the last time
   * @param target the host concerned the first time
   * @param sensor what reported it the first time
   */
  public IdsFinding {
    Objects.requireNonNull(name, "name");
  }
}
