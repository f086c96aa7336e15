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

  // Times a word with the lowest bit of some bytes set, this has those bits side by side on top.
  private static final long GATHER = 0x0102_0408_1020_4080L;

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

  /* Marks the separators in up to 64 bytes as bits first, so that there is one loop over them. */
  private int byByte(byte[] bytes, int from, int to, int[] ends) {
    long pattern = ONES * (separator[0] & 0xff);
    int readable = bytes.length - Long.BYTES;
    int count = 0;
    int i = from;
    while (i < to) {
      int block = i;
      long found = 0;
      for (int shift = 0; shift < Long.SIZE && i < to && i <= readable; shift += Long.BYTES) {
        long word = (long) WORDS.get(bytes, i) ^ pattern;
        // The high bit of each byte that is zero, and of no other.
        long hits = ~((word & LOWS) + LOWS | word | LOWS);
        found |= (((hits >>> 7) * GATHER) >>> 56) << shift;
        i += Long.BYTES;
      }
      if (i > to) {
        found &= (1L << (to - block)) - 1;
      } else if (i == block) {
        // The last bytes of the buffer.
        found = bytes[i] == separator[0] ? 1 : 0;
        i++;
      }
      for (; found != 0; found &= found - 1) {
        count = put(ends, count, block + Long.numberOfTrailingZeros(found));
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
