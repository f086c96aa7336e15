package io.github.sweepwatch.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * Parses event times from ASCII bytes to microseconds since 1970-01-01T00:00:00Z.
 *
 * <p>Every method accepts times from 1970 up to, and not including, 2200: what lies outside is a
 * broken clock or another column. Digits below a microsecond are rounded half up.
 *
 * <p>Thread-safe.
 */
public final class TimeParser {
  /** What is returned for bytes that are no such time. */
  public static final long INVALID = NumberParser.INVALID;

  /** The first microsecond that is not accepted: 2200-01-01T00:00:00Z. */
  public static final long END_MICROS = 7_258_118_400_000_000L;

  /** Stands for the offset of the zone that a parser was made with. */
  public static final int LOCAL = Integer.MIN_VALUE;

  private static final int MICRO = 6;
  // Epoch milliseconds begin here, in the year 2001. As seconds it would be the year 33658.
  private static final long MILLIS_FROM = 1_000_000_000_000L;
  private static final int DATE_TIME = "2026-11-24T02:05:00".length();
  private static final int DAYS_TO_1970 = 719_468;

  private final ZoneRules rules;
  private final boolean fixed;
  private final int fixedSeconds;

  /**
   * A parser for stamps with and without a zone.
   *
   * @param zone the zone of stamps that carry none. A local time that occurs twice, when clocks are
   *     put back, is the earlier one; one that is skipped counts from before the change.
   */
  public TimeParser(ZoneId zone) {
    rules = zone.getRules();
    fixed = rules.isFixedOffset();
    fixedSeconds = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
  }

  /**
   * Parses decimal seconds since 1970, with or without a fraction or an exponent.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return microseconds, or {@link #INVALID}
   */
  public static long epochSeconds(byte[] bytes, int from, int to) {
    return accepted(NumberParser.decimal(bytes, from, to, MICRO));
  }

  /**
   * Parses decimal seconds or milliseconds since 1970. A number of 10<sup>12</sup> and more is in
   * milliseconds, a smaller one in seconds; what is a time in neither is rejected.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return microseconds, or {@link #INVALID}
   */
  public static long epochSecondsOrMillis(byte[] bytes, int from, int to) {
    long micros = NumberParser.decimal(bytes, from, to, MICRO);
    if (micros >= MILLIS_FROM * 1_000_000) {
      micros = NumberParser.decimal(bytes, from, to, MICRO / 2);
    }
    return accepted(micros);
  }

  /**
   * Parses a date and time as in ISO 8601 and RFC 3339: {@code 2026-11-24T02:05:00}, with a blank
   * or a small letter for the {@code T} if need be, then perhaps a fraction of a second, then
   * perhaps {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return microseconds, or {@link #INVALID}
   */
  public long iso(byte[] bytes, int from, int to) {
    if (to - from < DATE_TIME
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-'
        || bytes[from + 13] != ':'
        || bytes[from + 16] != ':') {
      return INVALID;
    }
    int between = bytes[from + 10];
    int year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2);
    int month = twoDigits(bytes, from + 5);
    int day = twoDigits(bytes, from + 8);
    int hour = twoDigits(bytes, from + 11);
    int minute = twoDigits(bytes, from + 14);
    int second = twoDigits(bytes, from + 17);
    // A pair that is no number is far below zero.
    if ((between != 'T' && between != 't' && between != ' ')
        || year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return INVALID;
    }
    int zone = from + DATE_TIME;
    long fraction = 0;
    if (zone < to && (bytes[zone] == '.' || bytes[zone] == ',')) {
      int digits = zone + 1;
      do {
        zone++;
      } while (zone < to && bytes[zone] >= '0' && bytes[zone] <= '9');
      if (zone == digits) {
        return INVALID;
      }
      fraction = fraction(bytes, digits, zone);
    }
    int offset =
        zone == to ? localOffset(year, month, day, hour, minute, second) : offset(bytes, zone, to);
    if (offset == Integer.MIN_VALUE) {
      return INVALID;
    }
    long seconds = daysSince1970(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    return accepted((seconds - offset) * 1_000_000 + fraction);
  }

  /**
   * A date and time whose parts a parser has read by itself.
   *
   * @param year the year
   * @param month 1 to 12
   * @param day from 1
   * @param hour 0 to 23
   * @param minute 0 to 59
   * @param second 0 to 60; a leap second is the next one
   * @param offsetSeconds seconds east of UTC, or {@link #LOCAL} for a time in this parser's zone
   * @return microseconds, or {@link #INVALID} where there is no such date or time
   */
  public long of(
      int year, int month, int day, int hour, int minute, int second, int offsetSeconds) {
    if (year < 1970
        || year > 2200
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60) {
      return INVALID;
    }
    int offset =
        offsetSeconds == LOCAL
            ? localOffset(year, month, day, hour, minute, Math.min(second, 59))
            : offsetSeconds;
    long seconds = daysSince1970(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    return accepted((seconds - offset) * 1_000_000);
  }

  private static long accepted(long micros) {
    return micros >= 0 && micros < END_MICROS ? micros : INVALID;
  }

  private static int twoDigits(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : tens * 10 + ones;
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /* Years that start in March put the leap day last, so that a month's length is regular. */
  private static long daysSince1970(int year, int month, int day) {
    int marchYear = month > 2 ? year : year - 1;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int leapDays = Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100);
    leapDays += Math.floorDiv(marchYear, 400);
    return 365L * marchYear + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - DAYS_TO_1970;
  }

  private static long fraction(byte[] bytes, int from, int to) {
    long micros = 0;
    for (int i = from; i < from + MICRO; i++) {
      micros = micros * 10 + (i < to ? bytes[i] - '0' : 0);
    }
    return to > from + MICRO && bytes[from + MICRO] >= '5' ? micros + 1 : micros;
  }

  /* Seconds east of UTC, or MIN_VALUE. */
  private static int offset(byte[] bytes, int from, int to) {
    int sign = bytes[from];
    int length = to - from;
    if (length == 1) {
      return sign == 'Z' || sign == 'z' ? 0 : Integer.MIN_VALUE;
    }
    boolean colon = length == 6 && bytes[from + 3] == ':';
    if ((sign != '+' && sign != '-') || !(colon || length == 5 || length == 3)) {
      return Integer.MIN_VALUE;
    }
    int hours = twoDigits(bytes, from + 1);
    int minutes = length == 3 ? 0 : twoDigits(bytes, to - 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private int localOffset(int year, int month, int day, int hour, int minute, int second) {
    if (fixed) {
      return fixedSeconds;
    }
    ZoneOffset offset = rules.getOffset(LocalDateTime.of(year, month, day, hour, minute, second));
    return offset.getTotalSeconds();
  }
}
