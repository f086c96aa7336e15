package io.github.sweepwatch.parser.suricata;

import java.util.Arrays;

/**
 * Puts a JSON object together that is printed over several lines. Bounded. Not thread-safe.
 *
 * @see #begins
 */
final class SpreadObject {
  /** How long it may be. */
  static final int MAX_BYTES = 1 << 20;

  private byte[] bytes = new byte[0];
  private int length;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean pending;
  private long line;

  /** Whether an object was begun and has not ended. */
  boolean isPending() {
    return pending;
  }

  /** The line on which it began. */
  long line() {
    return line;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Whether what starts with a brace stops where a line of such an object may stop. */
  static boolean begins(byte[] bytes, int from, int to) {
    int last = bytes[to - 1];
    return to > from && (last == '{' || last == '[' || last == ',');
  }

  /** Starts with a first line. */
  boolean start(byte[] in, int from, int to, long number) {
    drop();
    line = number;
    pending = true;
    return add(in, from, to);
  }

  /** Adds a line; returns whether the object ends with it. A comma after it is left out. */
  boolean add(byte[] in, int from, int to) {
    if (length + to - from + 1 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + to - from + 1));
    }
    for (int i = from; i < to; i++) {
      byte character = in[i];
      bytes[length++] = character;
      if (inString) {
        inString = character != '"' || escaped;
        escaped = character == '\\' && !escaped;
      } else if (character == '"') {
        inString = true;
      } else if (character == '{' || character == '[') {
        depth++;
      } else if ((character == '}' || character == ']') && --depth == 0) {
        pending = false;
        boolean comma = i + 2 == to && in[i + 1] == ',';
        System.arraycopy(in, i + 1, bytes, length, to - i - 1);
        length += comma ? 0 : to - i - 1;
        return true;
      }
    }
    // The line break is a blank.
    bytes[length++] = ' ';
    return false;
  }

  /** Whether it is longer than it may be. */
  boolean isTooLong() {
    return length > MAX_BYTES;
  }

  void drop() {
    pending = false;
    length = 0;
    depth = 0;
    inString = false;
    escaped = false;
    if (bytes.length > 2 * MAX_BYTES) {
      bytes = new byte[0];
    }
  }
}
