package io.github.sweepwatch.parser.firewall.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names as strings, one for all records that have it. A small table, in which a name that finds its
 * place taken takes it over. Not thread-safe.
 */
public final class Names {
  private static final int SLOTS = 256;
  // What is longer is no name to be seen again.
  private static final int MAX_LENGTH = 256;

  private final byte[] @Nullable [] keys = new byte[SLOTS] @Nullable [];
  private final String[] names = new String[SLOTS];
  private byte[] lastKey = new byte[0];
  private String lastName = "";

  /** No names yet. */
  public Names() {}

  /**
   * A name as a string.
   *
   * @param bytes holds the name in UTF-8
   * @param from its first byte
   * @param to its end, exclusive
   * @return the string
   */
  public String of(byte[] bytes, int from, int to) {
    // Most often the name is that of the record before.
    if (Arrays.equals(bytes, from, to, lastKey, 0, lastKey.length)) {
      return lastName;
    }
    return find(bytes, from, to);
  }

  private String find(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 8) & (SLOTS - 1);
    byte[] key = keys[slot];
    if (key != null && Arrays.equals(bytes, from, to, key, 0, key.length)) {
      lastKey = key;
      lastName = names[slot];
      return lastName;
    }
    String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (to - from <= MAX_LENGTH) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = name;
    }
    return name;
  }
}
