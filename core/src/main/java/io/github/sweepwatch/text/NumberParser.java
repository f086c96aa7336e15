package io.github.sweepwatch.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parses unsigned numbers from ASCII bytes. No signs, no blanks, no grouping; leading zeros are
 * allowed. Thread-safe: it keeps nothing.
 */
public final class NumberParser {
  /** What is returned for bytes that are no such number, or one that is too large. */
  public static final long INVALID = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;
  private static final long ZEROS = ONES * '0';
  private static final long ABOVE_NINE = ONES * (0x7f - '9');
  private static final long EIGHT_DIGITS = 100_000_000;

  // Eighteen digits cannot exceed a long, so the common case needs no overflow check.
  private static final int SAFE_DIGITS = 18;
  private static final long[] POWERS = new long[SAFE_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private NumberParser() {}

  /**
   * Parses a whole number.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return the number, or {@link #INVALID}
   */
  public static long unsigned(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > 2 * Long.BYTES || to < Long.BYTES) {
      return anyLength(bytes, from, to);
    }
    if (length <= Long.BYTES) {
      return length > 0 ? upToEight(bytes, length, to) : INVALID;
    }
    long high = upToEight(bytes, length - Long.BYTES, to - Long.BYTES);
    long low = upToEight(bytes, Long.BYTES, to);
    return (high | low) < 0 ? INVALID : high * EIGHT_DIGITS + low;
  }

  /*
   * One to eight digits that end at an index, all at once: a loop over so few would cost more in
   * mispredicted exits than in steps. What stands before them is read too, and made zeros.
   */
  private static long upToEight(byte[] bytes, int length, int to) {
    if (to < Long.BYTES) {
      return anyLength(bytes, to - length, to);
    }
    long digits = -1L << (Long.SIZE - length * Byte.SIZE);
    long word = ((long) WORDS.get(bytes, to - Long.BYTES) & digits) | (ZEROS & ~digits);
    // The high bit comes out where a byte is below '0' or above '9'.
    if (((word + ABOVE_NINE | word - ZEROS) & HIGHS) != 0) {
      return INVALID;
    }
    // Pairs, fours, all eight: the tens of each step stand below the ones.
    long pairs = ((word - ZEROS) * (1 + (10 << 8))) >>> 8 & 0x00ff_00ff_00ff_00ffL;
    long fours = (pairs * (1 + (100 << 16))) >>> 16 & 0x0000_ffff_0000_ffffL;
    return (fours * (1 + (10_000L << 32))) >>> 32;
  }

  private static long anyLength(byte[] bytes, int from, int to) {
    if (from >= to) {
      return INVALID;
    }
    long value = 0;
    int safe = Math.min(to, from + SAFE_DIGITS);
    for (int i = from; i < safe; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    for (int i = safe; i < to; i++) {
      value = append(value, bytes[i] - '0');
      if (value < 0) {
        return INVALID;
      }
    }
    return value;
  }

  /**
   * Parses a decimal number, {@code digits[.digits][e[+|-]digits]}, and returns it in units of
   * 10<sup>-scale</sup>. The result is exact; digits beyond the scale are rounded half up.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @param scale how many digits to keep after the point, 0 to 18
   * @return the number times 10<sup>scale</sup>, or {@link #INVALID}
   */
  public static long decimal(byte[] bytes, int from, int to, int scale) {
    // Logs mostly print all the digits there are.
    int point = to - 1 - scale;
    if (point > from && bytes[point] == '.') {
      long whole = unsigned(bytes, from, point);
      long part = scale == 0 ? INVALID : unsigned(bytes, point + 1, to);
      if ((whole | part) >= 0 && whole < POWERS[SAFE_DIGITS - scale]) {
        return whole * POWERS[scale] + part;
      }
    }
    long value = 0;
    int i = from;
    int safe = Math.min(to, from + SAFE_DIGITS - scale);
    int digit;
    while (i < safe && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      i++;
    }
    if (i == from) {
      return scale == SAFE_DIGITS ? general(bytes, from, to, scale) : INVALID;
    }
    if (i == to) {
      return value * POWERS[scale];
    }
    int start = i + 1;
    int fraction = to - start;
    if (bytes[i] != '.' || fraction < 1 || fraction > scale) {
      return general(bytes, from, to, scale);
    }
    for (i = start; i < to; i++) {
      digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return general(bytes, from, to, scale);
      }
      value = value * 10 + digit;
    }
    return value * POWERS[scale - fraction];
  }

  /* Any number of digits, and exponents. Rounding half up looks at one digit only: the first cut. */
  private static long general(byte[] bytes, int from, int to, int scale) {
    int point = skipDigits(bytes, from, to);
    int end = point;
    if (point < to && bytes[point] == '.') {
      end = skipDigits(bytes, point + 1, to);
      if (end == point + 1) {
        return INVALID;
      }
    }
    if (point == from) {
      return INVALID;
    }
    long exponent = 0;
    if (end < to) {
      exponent = exponent(bytes, end, to);
      if (exponent == Long.MIN_VALUE) {
        return INVALID;
      }
    }
    // The number of leading digits that make up the result; more than there are means zeros after.
    long kept = point - from + exponent + scale;
    long value = 0;
    long index = 0;
    for (int i = from; i < end && index <= kept; i++) {
      if (i == point) {
        continue;
      }
      int digit = bytes[i] - '0';
      if (index == kept) {
        return digit < 5 ? value : value == Long.MAX_VALUE ? INVALID : value + 1;
      }
      value = append(value, digit);
      if (value < 0) {
        return INVALID;
      }
      index++;
    }
    for (; value > 0 && index < kept; index++) {
      value = append(value, 0);
    }
    return value;
  }

  private static int skipDigits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  /* From the letter e. Clamped far outside what any digits before it could balance. */
  private static long exponent(byte[] bytes, int from, int to) {
    int i = from + 1;
    boolean negative = i < to && bytes[i] == '-';
    if (negative || (i < to && bytes[i] == '+')) {
      i++;
    }
    if ((bytes[from] | 0x20) != 'e' || i == to || skipDigits(bytes, i, to) != to) {
      return Long.MIN_VALUE;
    }
    long limit = 1L << 40;
    long value = 0;
    for (; i < to; i++) {
      value = Math.min(limit, value * 10 + bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  /* Negative for an overflow, for no digit, and for a value that was negative before. */
  private static long append(long value, int digit) {
    boolean fits = value >= 0 && value <= (Long.MAX_VALUE - digit) / 10;
    return fits && digit >= 0 && digit <= 9 ? value * 10 + digit : INVALID;
  }
}
