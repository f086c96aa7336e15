package io.github.sweepwatch.response;

import io.github.sweepwatch.event.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A source of an incident that gets no answer, and why. Immutable and thread-safe.
 *
 * @param incident the incident's id
 * @param source who scans, or null where the incident names nobody
 * @param why the reason
 * @param detail the reason's particulars, such as the network that protects the source; may hold
 *     text from the alert
 */
public record LeftOut(String incident, @Nullable IpAddress source, Why why, String detail) {
  /** Why a source gets no answer. */
  public enum Why {
    /** The policy lets it scan. */
    AUTHORISED("authorised"),
    /** It is in the list of addresses that are never answered. */
    PROTECTED("protected"),
    /** Its address may be borrowed: one of several decoys. */
    POSSIBLY_SPOOFED("possibly-spoofed"),
    /** The incident is less sure than the plan asks for. */
    LOW_CONFIDENCE("low-confidence"),
    /** The incident names no source. */
    NO_SOURCE("no-source"),
    /** The incident's last event has no time between the years 1970 and 2099. */
    NO_TIME("no-time");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    /** The reason in lower case, such as {@code possibly-spoofed}. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Such as {@code 192.0.2.7 (incident 0123456789abcdef): protected, in 192.0.2.0/24}. */
  @Override
  public String toString() {
    String who = source == null ? "nobody" : source.toString();
    return who + " (incident " + incident + "): " + why + (detail.isEmpty() ? "" : ", " + detail);
  }
}
