package io.github.sweepwatch.parser.zeek;

import java.util.Arrays;

/** Zeek's escapes in tab-separated logs: {@code \xNN} for a byte and {@code \\} for a backslash. */
final class ZeekEscapes {
  private ZeekEscapes() {}

  /** Writes a text with its escapes resolved; returns the end of what was written. */
  static int resolve(byte[] bytes, int from, int to, byte[] target, int offset) {
    int out = offset;
    int i = from;
    while (i < to) {
      if (bytes[i] == '\\' && i + 3 < to && bytes[i + 1] == 'x') {
        int high = Character.digit(bytes[i + 2], 16);
        int low = Character.digit(bytes[i + 3], 16);
        if (high >= 0 && low >= 0) {
          target[out++] = (byte) (high << 4 | low);
          i += 4;
          continue;
        }
      } else if (bytes[i] == '\\' && i + 1 < to && bytes[i + 1] == '\\') {
        i++;
      }
      target[out++] = bytes[i++];
    }
    return out;
  }

  static byte[] resolve(byte[] bytes, int from, int to) {
    byte[] resolved = new byte[to - from];
    int length = resolve(bytes, from, to, resolved, 0);
    return Arrays.copyOf(resolved, length);
  }
}
