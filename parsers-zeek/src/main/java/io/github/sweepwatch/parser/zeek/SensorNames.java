package io.github.sweepwatch.parser.zeek;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sensors' names as strings, one for all records of a sensor. A log has few sensors, so a small
 * table does; a name that finds its place taken takes it over. Not thread-safe.
 */
final class SensorNames {
  private static final int SLOTS = 64;
  // What is longer is no name to be seen again.
  private static final int MAX_LENGTH = 256;

  private final byte[] @Nullable [] keys = new byte[SLOTS] @Nullable [];
  private final String[] names = new String[SLOTS];

  String of(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 6) & (SLOTS - 1);
    byte[] key = keys[slot];
    if (key != null && Arrays.equals(bytes, from, to, key, 0, key.length)) {
      return names[slot];
    }
    String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (to - from <= MAX_LENGTH) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = name;
    }
    return name;
  }
}
