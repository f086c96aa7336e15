package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.TimeParser;

/**
 * Reads the time stamps that devices write: numbers since 1970 of any resolution, ISO 8601, {@code
 * 2026/11/24 02:05:00}, {@code Nov 24 2026 02:05:00}, {@code 24Nov2026 2:05:00} and the like, with
 * or without a zone behind. A stamp without a year is given the year that puts it nearest to the
 * one before, or to the reference date. Not thread-safe.
 */
public final class Stamps {
  /** What is returned for bytes that are no such time. */
  public static final long INVALID = TimeParser.INVALID;

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String MERIDIANS = "ap";
  // Since 2001 and up to 2286.
  private static final int SECONDS_LENGTH = 10;
  private static final int DATE_TIME_LENGTH = 19;
  private static final int SECONDS_DIGITS = 11;
  private static final int MILLIS_DIGITS = 14;
  private static final int MICROS_DIGITS = 17;
  private static final int NANOS_DIGITS = 19;
  private static final int LONGEST = 64;

  private final TimeParser times;
  private final byte[] iso = new byte[2 * LONGEST];
  private long nearest;
  private int referenceYear;

  private byte[] bytes = iso;
  private int at;
  private int end;

  /**
   * Stamps of a stream.
   *
   * @param context its zone and reference date
   */
  public Stamps(ParserContext context) {
    times = new TimeParser(context.zone());
    referenceYear = context.referenceDate().getYear();
    nearest = Math.multiplyExact(context.referenceDate().toEpochDay(), 86_400_000_000L);
  }

  /**
   * Reads a stamp.
   *
   * @param fields holds it
   * @param field where
   * @return microseconds since 1970, or {@link #INVALID}, also where the field has no value
   */
  public long read(Fields fields, Field field) {
    return fields.has(field) ? read(fields.bytes(), fields.from(field), fields.to(field)) : INVALID;
  }

  /**
   * Reads a date, a time of day and perhaps a zone from fields of their own.
   *
   * @param fields holds {@link Field#DATE} and {@link Field#CLOCK}
   * @return microseconds since 1970, or {@link #INVALID}
   */
  public long readParts(Fields fields) {
    if (!fields.has(Field.DATE) || !fields.has(Field.CLOCK)) {
      return INVALID;
    }
    byte[] parts = new byte[LONGEST];
    int length = append(fields, Field.DATE, parts, 0);
    if (length == LONGEST) {
      return INVALID;
    }
    parts[length++] = ' ';
    length = append(fields, Field.CLOCK, parts, length);
    if (fields.has(Field.ZONE)) {
      length = append(fields, Field.ZONE, parts, length);
    }
    return read(parts, 0, length);
  }

  private static int append(Fields fields, Field field, byte[] target, int length) {
    int size = Math.min(fields.to(field) - fields.from(field), target.length - length);
    System.arraycopy(fields.bytes(), fields.from(field), target, length, size);
    return length + size;
  }

  /**
   * Reads a stamp.
   *
   * @param buffer holds it
   * @param from its first byte
   * @param to its end, exclusive
   * @return microseconds since 1970, or {@link #INVALID}
   */
  public long read(byte[] buffer, int from, int to) {
    if (from >= to || to - from > LONGEST) {
      return INVALID;
    }
    if (to - from == SECONDS_LENGTH) {
      long seconds = NumberParser.unsigned(buffer, from, to);
      if (seconds >= 0 && seconds < TimeParser.END_MICROS / 1_000_000) {
        nearest = seconds * 1_000_000;
        return nearest;
      }
    }
    if (to - from == DATE_TIME_LENGTH && buffer[from + 4] == '/' && buffer[from + 7] == '/') {
      System.arraycopy(buffer, from, iso, 0, DATE_TIME_LENGTH);
      iso[4] = '-';
      iso[7] = '-';
      return note(times.iso(iso, 0, DATE_TIME_LENGTH));
    }
    bytes = buffer;
    at = from;
    end = to;
    int digits = digits();
    long micros;
    if (from + digits == to || (digits > 4 && bytes[from + digits] == '.')) {
      micros = sinceEpoch(digits);
    } else {
      micros = digits == 4 ? yearFirst() : digits > 0 ? dayFirst() : monthFirst();
    }
    return note(micros);
  }

  private long note(long micros) {
    if (micros >= 0) {
      nearest = micros;
    }
    return micros;
  }

  /**
   * The best guess for a record without any stamp.
   *
   * @return the last stamp that was read, or the reference date
   */
  public long latest() {
    return Math.max(0, nearest);
  }

  private long sinceEpoch(int digits) {
    if (digits < SECONDS_DIGITS) {
      return TimeParser.epochSeconds(bytes, at, end);
    }
    if (digits <= MILLIS_DIGITS) {
      return TimeParser.epochSecondsOrMillis(bytes, at, end);
    }
    long number = digits > NANOS_DIGITS ? INVALID : NumberParser.unsigned(bytes, at, at + digits);
    if (number < 0) {
      return INVALID;
    }
    long micros = digits < MICROS_DIGITS ? number : number / 1000;
    return micros < TimeParser.END_MICROS ? micros : INVALID;
  }

  /* 2026-11-24T02:05:00 and 2026/11/24 02:05:00, both with anything ISO allows behind. */
  private long yearFirst() {
    if (end - at < 19) {
      return INVALID;
    }
    int last = end;
    if (isAt('-') && bytes[at + 16] == ':' && isOffset(at + 19)) {
      return times.iso(bytes, at, last);
    }
    int year = number(4);
    if (!isAt('-') && !isAt('/')) {
      return INVALID;
    }
    at++;
    int month = number(2);
    if (!isAt('-') && !isAt('/')) {
      return INVALID;
    }
    at++;
    int day = number(2);
    if (!isAt(' ') && !isAt('T')) {
      return INVALID;
    }
    return clock(year, month, day);
  }

  /* Whether what follows the seconds, a fraction apart, is nothing or something that ISO has. */
  private boolean isOffset(int index) {
    int i = index;
    while (i < end && (bytes[i] == '.' || isDigit(bytes[i]))) {
      i++;
    }
    return i == end || (bytes[i] != ' ' && !(i + 1 < end && bytes[i + 1] == '-'));
  }

  /* 24Nov2026 02:05:00, 24/Nov/2026:02:05:00, 24 Nov 2026 ... */
  private long dayFirst() {
    int day = number(2);
    skipOne();
    int month = month();
    skipOne();
    int year = number(4);
    return month > 0 ? clock(year, month, day) : INVALID;
  }

  /* Nov 24 2026 02:05:00, Nov 24 02:05:00, Tue Nov 24 02:05:00 2026. */
  private long monthFirst() {
    int month = month();
    if (month == 0) {
      at = Math.min(end, at + 3);
      skipOne();
      skipBlanks();
      month = month();
      if (month == 0) {
        return INVALID;
      }
    }
    skipBlanks();
    int day = number(2);
    if (isAt(',')) {
      at++;
    }
    skipBlanks();
    int digits = digits();
    if (digits == 4) {
      return clock(number(4), month, day);
    }
    int start = at;
    int stop = end;
    // The year may stand last, as ctime has it.
    int year = yearAtEnd();
    if (year >= 0) {
      long micros = clock(year, month, day);
      end = stop;
      return micros;
    }
    long best = INVALID;
    for (int candidate = referenceYear - 1; candidate <= referenceYear + 1; candidate++) {
      at = start;
      end = stop;
      long micros = clock(candidate, month, day);
      if (micros >= 0 && (best < 0 || distance(micros) < distance(best))) {
        best = micros;
      }
    }
    if (best >= 0) {
      referenceYear = 1970 + (int) (best / 31_556_952_000_000L);
    }
    return best;
  }

  private long distance(long micros) {
    return Math.abs(micros - nearest);
  }

  private int yearAtEnd() {
    if (end - at > 12 && bytes[end - 5] == ' ') {
      long year = NumberParser.unsigned(bytes, end - 4, end);
      if (year >= 1970) {
        end -= 5;
        return (int) year;
      }
    }
    return -1;
  }

  /* The time of day, and what may follow it. Writes all of it as ISO. */
  private long clock(int year, int month, int day) {
    skipOne();
    skipBlanks();
    int hour = number(2);
    if (!isAt(':')) {
      return INVALID;
    }
    at++;
    int minute = number(2);
    int second = 0;
    if (isAt(':')) {
      at++;
      second = number(2);
    }
    if ((year | month | day | hour | minute | second) < 0) {
      return INVALID;
    }
    put(0, year, 4);
    iso[4] = '-';
    put(5, month, 2);
    iso[7] = '-';
    put(8, day, 2);
    iso[10] = 'T';
    iso[13] = ':';
    put(14, minute, 2);
    iso[16] = ':';
    put(17, second, 2);
    int length = 19;
    if (isAt('.') || isAt(',')) {
      iso[length++] = '.';
      at++;
      while (at < end && isDigit(bytes[at])) {
        iso[length++] = bytes[at++];
      }
    }
    skipBlanks();
    if (end - at >= 2
        && (bytes[at + 1] | 0x20) == 'm'
        && MERIDIANS.indexOf(bytes[at] | 0x20) >= 0) {
      hour = hour % 12 + ((bytes[at] | 0x20) == 'p' ? 12 : 0);
      at += 2;
      skipBlanks();
    }
    put(11, hour, 2);
    length = zone(length);
    return length < 0 ? INVALID : times.iso(iso, 0, length);
  }

  /* What follows the time of day: nothing, Z, GMT, +0100, GMT+01:00, or a name that is passed over. */
  private int zone(int start) {
    int length = start;
    if (at == end) {
      return length;
    }
    if (isAt('Z')
        || Text.startsWith(bytes, at, end, "gmt")
        || Text.startsWith(bytes, at, end, "utc")) {
      at += isAt('Z') ? 1 : 3;
      if (at == end || !(isAt('+') || isAt('-'))) {
        iso[length++] = 'Z';
        return length;
      }
    }
    if (!isAt('+') && !isAt('-')) {
      return isLetter(bytes[at]) ? length : -1;
    }
    iso[length++] = bytes[at++];
    if (isAt('-')) {
      // Some write the sign twice where it is negative.
      at++;
    }
    int digits = digits();
    if (digits == 1 || digits == 3) {
      iso[length++] = '0';
    }
    while (at < end && (isDigit(bytes[at]) || isAt(':')) && length < start + 6) {
      iso[length++] = bytes[at++];
    }
    return length;
  }

  private void put(int index, int value, int width) {
    int rest = value;
    for (int i = index + width - 1; i >= index; i--) {
      iso[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private int digits() {
    int i = at;
    while (i < end && isDigit(bytes[i])) {
      i++;
    }
    return i - at;
  }

  private int number(int most) {
    int stop = Math.min(end, at + most);
    int value = -1;
    while (at < stop && isDigit(bytes[at])) {
      value = Math.max(0, value) * 10 + bytes[at++] - '0';
    }
    return value;
  }

  /* From 1, or 0 where there is none; then nothing is consumed. */
  private int month() {
    if (end - at < 3) {
      return 0;
    }
    for (int month = 0; month < 12; month++) {
      int i = 0;
      while (i < 3 && (bytes[at + i] | 0x20) == MONTHS.charAt(3 * month + i)) {
        i++;
      }
      if (i == 3) {
        at += 3;
        return month + 1;
      }
    }
    return 0;
  }

  private void skipOne() {
    if (at < end && !isDigit(bytes[at]) && !isLetter(bytes[at])) {
      at++;
    } else if (at < end && bytes[at] == 'T') {
      at++;
    }
  }

  private void skipBlanks() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
  }

  private boolean isAt(char character) {
    return at < end && bytes[at] == character;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isLetter(int character) {
    return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
  }
}
