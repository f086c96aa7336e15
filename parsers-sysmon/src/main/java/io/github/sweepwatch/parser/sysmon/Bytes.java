package io.github.sweepwatch.parser.sysmon;

import java.util.Arrays;

/** Finds and compares short texts in bytes. Thread-safe. */
final class Bytes {
  private Bytes() {}

  /** Where a text stands first, or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    int first = wanted[0];
    for (int i = from, last = to - wanted.length; i <= last; i++) {
      if (bytes[i] == first && isAt(bytes, i, to, wanted)) {
        return i;
      }
    }
    return -1;
  }

  static boolean isAt(byte[] bytes, int index, int to, byte[] wanted) {
    int end = index + wanted.length;
    return end <= to && Arrays.equals(bytes, index, end, wanted, 0, wanted.length);
  }

  /** Whether a text is the wanted one, which is in lower case, in whatever case. */
  static boolean equalsIgnoreCase(byte[] bytes, int from, int to, byte[] wanted) {
    return to - from == wanted.length && startsIgnoreCase(bytes, from, to, wanted);
  }

  /** Whether a text begins with the wanted one, which is in lower case, in whatever case. */
  static boolean startsIgnoreCase(byte[] bytes, int from, int to, byte[] wanted) {
    if (to - from < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (lower(bytes[from + i]) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text has the wanted one, which is in lower case, somewhere, in whatever case. */
  static boolean containsIgnoreCase(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (lower(bytes[i]) == wanted[0] && startsIgnoreCase(bytes, i, to, wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A hash of a text, eight bytes at a time, whose upper bits are the good ones. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = 1;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      hash = (hash ^ LittleEndian.i64(bytes, i)) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 32;
    }
    for (; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100_0000_01b3L;
    }
    return (hash ^ hash >>> 29) * 0x9e37_79b9_7f4a_7c15L;
  }

  /** A letter of ASCII in lower case; what is none stays. */
  static int lower(int character) {
    return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
  }
}
