package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hosts, users and programs as strings, one for all records that name it. A name that finds its
 * place taken takes it over. Not thread-safe.
 */
final class Names {
  private static final int SLOTS = 1024;
  // What is longer is no name to be seen again.
  private static final int MAX_LENGTH = 512;

  private final byte[][] keys = new byte[SLOTS][0];
  private final String[] names = new String[SLOTS];

  Names() {
    Arrays.fill(names, "");
  }

  String of(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
    byte[] key = keys[slot];
    if (Arrays.equals(bytes, from, to, key, 0, key.length)) {
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
