package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.TimeParser;

/** The forms that a record's time may have. Thread-safe: it keeps nothing. */
final class RecordTime {
  // Of 2026-11-24T02:05:00; in 1.0e-3 there is no digit before it.
  private static final int ISO_HYPHEN = 4;

  private RecordTime() {}

  /**
   * The time in microseconds since 1970, or {@link TimeParser#INVALID}.
   *
   * @param json whether it comes from JSON, where it may be in milliseconds or ISO 8601
   */
  static long micros(TimeParser times, byte[] bytes, int from, int to, boolean json) {
    if (!json) {
      return TimeParser.epochSeconds(bytes, from, to);
    }
    boolean iso =
        to - from > ISO_HYPHEN
            && bytes[from + ISO_HYPHEN] == '-'
            && bytes[from + ISO_HYPHEN - 1] >= '0'
            && bytes[from + ISO_HYPHEN - 1] <= '9';
    return iso ? times.iso(bytes, from, to) : TimeParser.epochSecondsOrMillis(bytes, from, to);
  }
}
