package io.github.sweepwatch.parser.zeek;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Short texts as one long, so that a few of them are told apart by comparing numbers. */
final class PackedText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedText() {}

  /** The bytes from the lowest up; 0 for none, for more than eight, and where the last is NUL. */
  static long of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > Long.BYTES || length == 0 || bytes[to - 1] == 0) {
      // A NUL at the end would make the text equal to the one without it.
      return 0;
    }
    if (from + Long.BYTES <= bytes.length) {
      // Reads past the text but within the buffer, then cuts off what is not the text's.
      return (long) WORDS.get(bytes, from) & -1L >>> (Long.SIZE - length * Byte.SIZE);
    }
    long packed = 0;
    for (int i = to - 1; i >= from; i--) {
      packed = packed << 8 | (bytes[i] & 0xff);
    }
    return packed;
  }

  static long of(String ascii) {
    long packed = 0;
    for (int i = ascii.length() - 1; i >= 0; i--) {
      packed = packed << 8 | ascii.charAt(i);
    }
    return packed;
  }
}
