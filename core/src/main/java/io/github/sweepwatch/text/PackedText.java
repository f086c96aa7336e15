package io.github.sweepwatch.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Short texts as one long, so that a few of them are told apart by comparing numbers. Thread-safe:
 * it keeps nothing.
 */
public final class PackedText {
  /** The longest text that fits, in bytes. */
  public static final int MAX_LENGTH = Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedText() {}

  /**
   * Packs bytes, the first into the lowest.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return a number of its own for each text; 0 for none, for more than {@value #MAX_LENGTH}
   *     bytes, and where the last is NUL
   */
  public static long of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MAX_LENGTH || length == 0 || bytes[to - 1] == 0) {
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

  /**
   * Packs a text to compare with.
   *
   * @param ascii at most {@value #MAX_LENGTH} ASCII characters
   * @return the number that its bytes give
   */
  public static long of(String ascii) {
    long packed = 0;
    for (int i = ascii.length() - 1; i >= 0; i--) {
      packed = packed << 8 | ascii.charAt(i);
    }
    return packed;
  }
}
