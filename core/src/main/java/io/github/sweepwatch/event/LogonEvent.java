package io.github.sweepwatch.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to log on, as a host or network log tells it.
 *
 * @param timeMicros event time in microseconds since 1970-01-01T00:00:00Z, not negative
 * @param source where the attempt came from
 * @param target the address that was logged on to, or null
 * @param targetHost the name of the host that was logged on to, or null
 * @param account the account that was tried, or null
 * @param method how, in lower case: {@code ssh}, {@code rdp}, {@code ntlm}, {@code kerberos}, …
 * @param success whether the attempt succeeded
 * @param sensor what reported it, or null
 */
public record LogonEvent(
    long timeMicros,
    IpAddress source,
    @Nullable IpAddress target,
    @Nullable String targetHost,
    @Nullable String account,
    String method,
    boolean success,
    @Nullable String sensor) {
  /**
   * Checks the parts.
   *
   * @param timeMicros event time in microseconds since 1970-01-01T00
   * @param source where the attempt came from
   * @param target the address that was logged on to
   * @param targetHost the name of the host that was logged on to
   * @param account the account that was tried
   * @param method how
   * @param success whether the attempt succeeded
   * @param sensor what reported it
   * @throws IllegalArgumentException if the time is negative
   */
  public LogonEvent {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(method, "method");
    if (timeMicros < 0) {
      throw new IllegalArgumentException("negative time: " + timeMicros);
    }
  }
}
