package io.github.sweepwatch.parser.zeek;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the fields of a record between separators of one byte or more. Thread-safe. */
final class FieldSplitter {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOWS = ONES * 0x7f;

  private final byte[] separator;

  FieldSplitter(byte[] separator) {
    this.separator = separator;
  }

  int separatorLength() {
    return separator.length;
  }

  /**
   * Writes where each field ends, as far as there is room.
   *
   * @return how many fields there are, whether or not there was room
   */
  int split(byte[] bytes, int from, int to, int[] ends) {
    int count =
        separator.length == 1 ? byByte(bytes, from, to, ends) : byBytes(bytes, from, to, ends);
    return put(ends, count, to);
  }

  private static int put(int[] ends, int count, int end) {
    if (count < ends.length) {
      ends[count] = end;
    }
    return count + 1;
  }

  private int byByte(byte[] bytes, int from, int to, int[] ends) {
    byte wanted = separator[0];
    long pattern = ONES * (wanted & 0xff);
    int count = 0;
    int i = from;
    for (int last = Math.min(to, bytes.length) - Long.BYTES; i <= last; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i) ^ pattern;
      // The high bit of each byte that is zero, and of no other: every hit is used, not only the
      // lowest.
      long hits = ~((word & LOWS) + LOWS | word | LOWS);
      while (hits != 0) {
        count = put(ends, count, i + (Long.numberOfTrailingZeros(hits) >>> 3));
        hits &= hits - 1;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        count = put(ends, count, i);
      }
    }
    return count;
  }

  private int byBytes(byte[] bytes, int from, int to, int[] ends) {
    int count = 0;
    int i = from;
    while (i <= to - separator.length) {
      if (bytes[i] == separator[0]
          && Arrays.equals(bytes, i, i + separator.length, separator, 0, separator.length)) {
        count = put(ends, count, i);
        i += separator.length;
      } else {
        i++;
      }
    }
    return count;
  }
}
