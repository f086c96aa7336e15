package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.TimeParser;

/**
 * Parses times as Windows prints them in American English: {@code 7/23/2020 10:01:22 PM}, with or
 * without leading zeros, seconds' fractions not read. Not thread-safe.
 */
final class MonthFirstTime {
  private static final int ISO_LENGTH = "2026-11-24T02:05:00".length();

  private final TimeParser times;
  private final byte[] iso = new byte[ISO_LENGTH];

  MonthFirstTime(TimeParser times) {
    this.times = times;
  }

  /** Whether a line begins with such a date. */
  static boolean isAt(byte[] bytes, int from, int to) {
    int slash = digits(bytes, from, Math.min(to, from + 3));
    if (slash == from || slash >= to || bytes[slash] != '/') {
      return false;
    }
    int second = digits(bytes, slash + 1, Math.min(to, slash + 4));
    int year = second + 1;
    return second > slash + 1
        && second < to
        && bytes[second] == '/'
        && digits(bytes, year, Math.min(to, year + 5)) == year + 4
        && year + 4 < to
        && bytes[year + 4] == ' ';
  }

  /** Microseconds since 1970, or {@link TimeParser#INVALID}. */
  long parse(byte[] bytes, int from, int to) {
    if (!isAt(bytes, from, to)) {
      return TimeParser.INVALID;
    }
    int slash = digits(bytes, from, to);
    int second = digits(bytes, slash + 1, to);
    int hour = second + 6;
    int colon = digits(bytes, hour, to);
    int minute = colon + 1;
    int secondColon = minute + 2;
    if (colon == hour || secondColon + 3 > to || bytes[secondColon] != ':') {
      return TimeParser.INVALID;
    }
    long hours = NumberParser.unsigned(bytes, hour, colon);
    int half = secondColon + 3;
    while (half < to && bytes[half] != ' ') {
      half++;
    }
    int letter = half + 1 < to ? bytes[half + 1] | 0x20 : 0;
    if (letter == 'p' && hours < 12) {
      hours += 12;
    } else if (letter == 'a' && hours == 12) {
      hours = 0;
    }
    System.arraycopy(bytes, second + 1, iso, 0, 4);
    iso[4] = '-';
    two(5, NumberParser.unsigned(bytes, from, slash));
    iso[7] = '-';
    two(8, NumberParser.unsigned(bytes, slash + 1, second));
    iso[10] = 'T';
    two(11, hours);
    iso[13] = ':';
    System.arraycopy(bytes, minute, iso, 14, 5);
    return times.iso(iso, 0, ISO_LENGTH);
  }

  private void two(int at, long value) {
    iso[at] = (byte) ('0' + value / 10 % 10);
    iso[at + 1] = (byte) ('0' + value % 10);
  }

  private static int digits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }
}
