package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.text.TimeParser;
import java.time.ZoneId;

/** Reads the times of records. Thread-safe. */
final class RecordTime {
  // Of 2026-11-24T02:05:00; in 1.0e-3 there is no digit before it.
  private static final int ISO_HYPHEN = 4;

  private final TimeParser times;

  RecordTime(ZoneId zone) {
    times = new TimeParser(zone);
  }

  /** A field as microseconds since 1970, or {@link TimeParser#INVALID}. */
  long micros(EveRecord record, EveField field) {
    if (!record.has(field)) {
      return TimeParser.INVALID;
    }
    byte[] bytes = record.bytes(field);
    int from = record.from(field);
    int to = record.to(field);
    boolean iso =
        to - from > ISO_HYPHEN
            && bytes[from + ISO_HYPHEN] == '-'
            && bytes[from + ISO_HYPHEN - 1] >= '0'
            && bytes[from + ISO_HYPHEN - 1] <= '9';
    return iso ? times.iso(bytes, from, to) : TimeParser.epochSecondsOrMillis(bytes, from, to);
  }
}
