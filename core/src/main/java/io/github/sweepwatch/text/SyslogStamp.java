package io.github.sweepwatch.text;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Reads time stamps as the senders of syslog write them, from bytes and without an object a stamp.
 *
 * <ul>
 *   <li>{@code Nov 24 02:05:32} of RFC 3164, also with a fraction, with a year after the day
 *       ({@code Nov 24 2026 02:05:32}) or before the month ({@code 2026 Nov 24 02:05:32}), and with
 *       the weekday before it and the year at its end
 *   <li>the same after Cisco's {@code *} or {@code .} for a clock that is not set by the network
 *   <li>{@code 2026-11-24T02:05:32.123456+01:00} of RFC 5424, with a blank for the {@code T}, a
 *       comma before the fraction, or a zone without colon if need be
 *   <li>{@code 1795485932.137824}, seconds since 1970 with a fraction
 * </ul>
 *
 * <p>Each but the last may have a zone behind it, as a name ({@code UTC:}) or an offset. A stamp
 * without a year takes the year that puts it nearest to the stamp read before it or, at first, to a
 * date given from outside.
 *
 * <p>Not thread-safe.
 */
public final class SyslogStamp {
  // Three letters as one number.
  private static final int JAN = 'j' << 16 | 'a' << 8 | 'n';
  private static final int FEB = 'f' << 16 | 'e' << 8 | 'b';
  private static final int MAR = 'm' << 16 | 'a' << 8 | 'r';
  private static final int APR = 'a' << 16 | 'p' << 8 | 'r';
  private static final int MAY = 'm' << 16 | 'a' << 8 | 'y';
  private static final int JUN = 'j' << 16 | 'u' << 8 | 'n';
  private static final int JUL = 'j' << 16 | 'u' << 8 | 'l';
  private static final int AUG = 'a' << 16 | 'u' << 8 | 'g';
  private static final int SEP = 's' << 16 | 'e' << 8 | 'p';
  private static final int OCT = 'o' << 16 | 'c' << 8 | 't';
  private static final int NOV = 'n' << 16 | 'o' << 8 | 'v';
  private static final int DEC = 'd' << 16 | 'e' << 8 | 'c';
  private static final int MON = 'm' << 16 | 'o' << 8 | 'n';
  private static final int TUE = 't' << 16 | 'u' << 8 | 'e';
  private static final int WED = 'w' << 16 | 'e' << 8 | 'd';
  private static final int THU = 't' << 16 | 'h' << 8 | 'u';
  private static final int FRI = 'f' << 16 | 'r' << 8 | 'i';
  private static final int SAT = 's' << 16 | 'a' << 8 | 't';
  private static final int SUN = 's' << 16 | 'u' << 8 | 'n';
  private static final int ISO_LENGTH = "2026-11-24T02:05:32".length();
  private static final int CLOCK_LENGTH = "02:05:32".length();
  private static final int EPOCH_DIGITS = 10;
  private static final int HOUR = 3600;
  private static final long NOON = 12L * HOUR * 1_000_000;
  private static final long DAY = 2 * NOON;
  // From one leap year to the next there may be eight years, across 1900 and 2100.
  private static final int MAX_YEARS = 8;

  private static final String[] ZONE_NAMES = {
    "utc", "gmt", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest"
  };
  private static final int[] ZONE_HOURS = {0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7, 1, 2};

  private final TimeParser times;
  private long previous;
  private int previousYear = 1970;
  private long micros = TimeParser.INVALID;
  private int end;

  private int hour;
  private int minute;
  private int second;
  private long fraction;

  /**
   * A reader for one stream.
   *
   * @param zone the zone of stamps that carry none
   * @param reference a date near the first record
   */
  public SyslogStamp(ZoneId zone, LocalDate reference) {
    times = new TimeParser(zone);
    previous = Math.max(0, reference.toEpochDay()) * DAY + NOON;
  }

  /**
   * Reads a stamp at the beginning of a range.
   *
   * @param bytes holds the text
   * @param from where the stamp has to begin
   * @param to the end of what may be read, exclusive
   * @return whether one stands there; {@link #micros} and {@link #end} tell of it
   */
  public boolean parse(byte[] bytes, int from, int to) {
    if (to - from < CLOCK_LENGTH) {
      return false;
    }
    int first = bytes[from];
    boolean found;
    if (first >= '0' && first <= '9') {
      found = bytes[from + 4] == '-' ? iso(bytes, from, to) : digits(bytes, from, to);
    } else if (first == '*' || first == '.') {
      found = dated(bytes, from + 1, to, 0);
    } else {
      found = dated(bytes, from, to, 0);
    }
    if (found) {
      previous = micros;
    }
    return found;
  }

  /**
   * The time of the stamp that was read last.
   *
   * @return microseconds since 1970
   */
  public long micros() {
    return micros;
  }

  /**
   * Where the stamp that was read last ends, its zone included.
   *
   * @return the index after it
   */
  public int end() {
    return end;
  }

  /* 2026 Nov 24 02:05:32, or 1795485932.137824 */
  private boolean digits(byte[] bytes, int from, int to) {
    if (bytes[from + 4] == ' ') {
      int year = number(bytes, from, from + 4);
      return year > 0 && dated(bytes, from + 5, to, year);
    }
    int point = digitsEnd(bytes, from, Math.min(to, from + EPOCH_DIGITS));
    // A shorter number is a time before 1973, or none.
    if (point - from < EPOCH_DIGITS - 1 || point == to || bytes[point] != '.') {
      return false;
    }
    int last = point + 1;
    while (last < to && isDigit(bytes[last])) {
      last++;
    }
    if (last < to && bytes[last] != ' ') {
      return false;
    }
    micros = TimeParser.epochSeconds(bytes, from, last);
    end = last;
    return micros >= 0;
  }

  private boolean iso(byte[] bytes, int from, int to) {
    int last = from + ISO_LENGTH;
    if (last > to) {
      return false;
    }
    if (last + 1 < to && (bytes[last] == '.' || bytes[last] == ',') && isDigit(bytes[last + 1])) {
      do {
        last++;
      } while (last < to && isDigit(bytes[last]));
    }
    int zone = offsetEnd(bytes, last, to);
    micros = times.iso(bytes, from, zone);
    if (micros < 0) {
      return false;
    }
    end = zone;
    if (zone == last && zone + 1 < to && bytes[zone] == ' ') {
      spacedOffset(bytes, zone + 1, to);
    }
    return true;
  }

  /* 2026-11-24 02:05:32 +0100: the time was taken as local, so it is read again. */
  private void spacedOffset(byte[] bytes, int from, int to) {
    int last = offsetEnd(bytes, from, to);
    if (last > from + 1) {
      int offset = offset(bytes, from, last);
      int date = end;
      while (bytes[date - 1] != '-') {
        date--;
      }
      int start = date - "2026-11-".length();
      long whole =
          times.of(
              number(bytes, start, start + 4),
              number(bytes, start + 5, start + 7),
              number(bytes, date, date + 2),
              number(bytes, date + 3, date + 5),
              number(bytes, date + 6, date + 8),
              number(bytes, date + 9, date + 11),
              offset);
      if (whole >= 0) {
        micros = whole + micros % 1_000_000;
        end = last;
      }
    }
  }

  /* From the weekday or month on. */
  private boolean dated(byte[] bytes, int from, int to, int leadingYear) {
    int at = from;
    int month = month(bytes, at, to);
    boolean weekday = month < 0 && isWeekday(bytes, at, to);
    if (weekday) {
      at = skipBlanks(bytes, at + 3, to);
      if (at == from + 3) {
        return false;
      }
      month = month(bytes, at, to);
    }
    if (month < 0 || at + 4 >= to || bytes[at + 3] != ' ') {
      return false;
    }
    at = skipBlanks(bytes, at + 4, to);
    int dayEnd = digitsEnd(bytes, at, to);
    int day = number(bytes, at, dayEnd);
    if (dayEnd - at > 2 || day < 1 || dayEnd == to || !isBlankOrComma(bytes[dayEnd])) {
      return false;
    }
    at = skipBlanks(bytes, dayEnd + 1, to);
    int year = leadingYear;
    int yearEnd = digitsEnd(bytes, at, to);
    if (yearEnd - at == 4 && yearEnd < to && isBlankOrComma(bytes[yearEnd])) {
      year = number(bytes, at, yearEnd);
      at = skipBlanks(bytes, yearEnd + 1, to);
    }
    if (!clock(bytes, at, to)) {
      return false;
    }
    if (weekday && year == 0) {
      int trailing = skipBlanks(bytes, end, to);
      int trailingEnd = digitsEnd(bytes, trailing, to);
      if (trailingEnd - trailing == 4) {
        year = number(bytes, trailing, trailingEnd);
        end = trailingEnd;
      }
    }
    int offset = zone(bytes, to);
    long time =
        year > 0
            ? times.of(year, month + 1, day, hour, minute, second, offset)
            : nearest(month + 1, day, offset);
    if (time < 0) {
      return false;
    }
    micros = time + fraction;
    return true;
  }

  private boolean clock(byte[] bytes, int from, int to) {
    int hourEnd = digitsEnd(bytes, from, to);
    int last = hourEnd + ":05:32".length();
    if (hourEnd == from
        || hourEnd - from > 2
        || last > to
        || bytes[hourEnd] != ':'
        || bytes[hourEnd + 3] != ':') {
      return false;
    }
    hour = number(bytes, from, hourEnd);
    minute = number(bytes, hourEnd + 1, hourEnd + 3);
    second = number(bytes, hourEnd + 4, last);
    fraction = 0;
    if (last + 1 < to && bytes[last] == '.' && isDigit(bytes[last + 1])) {
      int digit = last + 1;
      for (int unit = 100_000; digit < to && isDigit(bytes[digit]); unit /= 10) {
        fraction += (bytes[digit++] - '0') * (long) unit;
      }
      last = digit;
    }
    end = last;
    return last == to || !isDigit(bytes[last]);
  }

  /* What stands behind a clock: an offset or a name; moves the end. */
  private int zone(byte[] bytes, int to) {
    int at = end;
    if (at < to && bytes[at] == ' ') {
      at++;
    }
    int last = offsetEnd(bytes, at, to);
    if (last > at) {
      end = last;
      return offset(bytes, at, last);
    }
    int nameEnd = at;
    while (nameEnd < to && isLetter(bytes[nameEnd])) {
      nameEnd++;
    }
    int length = nameEnd - at;
    int shift = nameEnd < to ? bytes[nameEnd] : ' ';
    if (length == 3 && (shift == '+' || shift == '-') && namedOffset(bytes, at, nameEnd) == 0) {
      return shifted(bytes, nameEnd + 1, to, shift == '-' ? -1 : 1);
    }
    if (length == 0
        || length > 5
        || (nameEnd < to && bytes[nameEnd] != ':' && bytes[nameEnd] != ' ')) {
      return TimeParser.LOCAL;
    }
    int named = namedOffset(bytes, at, nameEnd);
    if (named != TimeParser.LOCAL) {
      end = nameEnd;
      return named;
    }
    // What looks like another zone's name, AEST or JST, is no host, but says nothing for sure.
    if (nameEnd < to
        && bytes[nameEnd] == ':'
        && bytes[nameEnd - 1] == 'T'
        && length <= 4
        && isUpperCase(bytes, at, nameEnd)) {
      end = nameEnd;
    }
    return TimeParser.LOCAL;
  }

  /* UTC+1 or UTC+07:30, from the hours on. */
  private int shifted(byte[] bytes, int from, int to, int sign) {
    int hoursEnd = digitsEnd(bytes, from, to);
    int hours = hoursEnd - from > 2 ? -1 : number(bytes, from, hoursEnd);
    if (hours < 0) {
      return TimeParser.LOCAL;
    }
    int minutes = 0;
    end = hoursEnd;
    if (hoursEnd + 3 <= to
        && bytes[hoursEnd] == ':'
        && digitsEnd(bytes, hoursEnd + 1, to) == hoursEnd + 3) {
      minutes = number(bytes, hoursEnd + 1, hoursEnd + 3);
      end = hoursEnd + 3;
    }
    return sign * (hours * HOUR + minutes * 60);
  }

  /**
   * The offset of a zone by its name: UTC, GMT, Z, and those of Central Europe and the United
   * States, in any case. Other names are used in several places, so they say nothing for sure.
   *
   * @param bytes holds the name
   * @param from its first byte
   * @param to its end, exclusive
   * @return seconds east of UTC, or {@link TimeParser#LOCAL} for another name
   */
  public static int namedOffset(byte[] bytes, int from, int to) {
    for (int i = 0; i < ZONE_NAMES.length; i++) {
      int length = ZONE_NAMES[i].length();
      if (length == to - from && matches(ZONE_NAMES[i], 0, length, bytes, from)) {
        return ZONE_HOURS[i] * HOUR;
      }
    }
    return TimeParser.LOCAL;
  }

  /* The year that puts a day nearest to the previous stamp. */
  private long nearest(int month, int day, int offset) {
    if (previous < 0) {
      return TimeParser.INVALID;
    }
    int year = yearOf(previous);
    long best = times.of(year, month, day, hour, minute, second, offset);
    long distance = best < 0 ? Long.MAX_VALUE : Math.abs(best - previous);
    if (distance < 180 * DAY) {
      return best;
    }
    for (int step = 1; step <= MAX_YEARS; step++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        long time = times.of(year + sign * step, month, day, hour, minute, second, offset);
        if (time >= 0 && Math.abs(time - previous) < distance) {
          best = time;
          distance = Math.abs(time - previous);
        }
      }
    }
    return best;
  }

  /* Kept, since most stamps are of the year before. */
  private int yearOf(long time) {
    long start = times.of(previousYear, 1, 1, 0, 0, 0, 0);
    if (time < start || time >= start + 365 * DAY) {
      previousYear = LocalDate.ofEpochDay(time / DAY).getYear();
    }
    return previousYear;
  }

  /* Where an offset or a Z ends, or from where there is none. */
  private static int offsetEnd(byte[] bytes, int from, int to) {
    if (from == to) {
      return from;
    }
    if (bytes[from] == 'Z' && (from + 1 == to || !isLetter(bytes[from + 1]))) {
      return from + 1;
    }
    if (bytes[from] != '+' && bytes[from] != '-') {
      return from;
    }
    int hours = digitsEnd(bytes, from + 1, to);
    if (hours - from == 5) {
      return hours;
    }
    if (hours - from != 3) {
      return from;
    }
    if (hours + 3 <= to && bytes[hours] == ':' && digitsEnd(bytes, hours + 1, to) == hours + 3) {
      return hours + 3;
    }
    return hours;
  }

  private static int offset(byte[] bytes, int from, int to) {
    if (bytes[from] == 'Z') {
      return 0;
    }
    int minutes = to - from > 3 ? number(bytes, to - 2, to) : 0;
    int seconds = number(bytes, from + 1, from + 3) * HOUR + minutes * 60;
    return bytes[from] == '-' ? -seconds : seconds;
  }

  /* The month from 0 whose three letters stand here, in any case; -1 for none. */
  private static int month(byte[] bytes, int from, int to) {
    return switch (threeLetters(bytes, from, to)) {
      case JAN -> 0;
      case FEB -> 1;
      case MAR -> 2;
      case APR -> 3;
      case MAY -> 4;
      case JUN -> 5;
      case JUL -> 6;
      case AUG -> 7;
      case SEP -> 8;
      case OCT -> 9;
      case NOV -> 10;
      case DEC -> 11;
      default -> -1;
    };
  }

  private static boolean isWeekday(byte[] bytes, int from, int to) {
    return switch (threeLetters(bytes, from, to)) {
      case MON, TUE, WED, THU, FRI, SAT, SUN -> true;
      default -> false;
    };
  }

  /* In lower case; what is no letter gives something else than letters do. */
  private static int threeLetters(byte[] bytes, int from, int to) {
    return to - from < 3
        ? -1
        : (bytes[from] | 0x20) << 16 | (bytes[from + 1] | 0x20) << 8 | (bytes[from + 2] | 0x20);
  }

  private static boolean matches(String list, int offset, int length, byte[] bytes, int from) {
    for (int i = 0; i < length; i++) {
      if ((bytes[from + i] | 0x20) != list.charAt(offset + i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int to) {
    return to - from > 4 ? -1 : (int) NumberParser.unsigned(bytes, from, to);
  }

  private static int digitsEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isDigit(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    return i;
  }

  private static boolean isUpperCase(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > 'Z') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlankOrComma(int character) {
    return character == ' ' || character == ',';
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isLetter(int character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }
}
