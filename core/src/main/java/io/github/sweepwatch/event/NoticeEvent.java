package io.github.sweepwatch.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an intrusion detection system said: an alert by a signature, or a notice.
 *
 * @param timeMicros event time in microseconds since 1970-01-01T00:00:00Z, not negative
 * @param source whom it was said of: who opened the connection, or the address that is accused
 * @param target the address concerned, or null
 * @param name the signature or kind of notice
 * @param category the system's own class of it, or null
 * @param priority the system's own, 1 being the gravest; 0 where it gives none
 * @param sensor what reported it, or null
 */
public record NoticeEvent(
    long timeMicros,
    IpAddress source,
    @Nullable IpAddress target,
    String name,
    @Nullable String category,
    int priority,
    @Nullable String sensor) {
  /**
   * Checks the parts.
   *
   * @param timeMicros event time in microseconds since 1970-01-01T00
   * @param source whom it was said of
   * @param target the address concerned
   * @param name the signature or kind of notice
   * @param category the system's own class of it
   * @param priority the system's own, 1 being the gravest
   * @param sensor what reported it
   * @throws IllegalArgumentException if the time or the priority is negative
   */
  public NoticeEvent {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(name, "name");
    if (timeMicros < 0) {
      throw new IllegalArgumentException("negative time: " + timeMicros);
    }
    if (priority < 0) {
      throw new IllegalArgumentException("negative priority: " + priority);
    }
  }
}
