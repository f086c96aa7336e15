package io.github.sweepwatch.parser.zeek;

/** Short texts as one long, so that a few of them are told apart by comparing numbers. */
final class PackedText {
  private PackedText() {}

  /** The bytes from the lowest up; 0 for none and for more than eight. */
  static long of(byte[] bytes, int from, int to) {
    if (to - from > Long.BYTES) {
      return 0;
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
