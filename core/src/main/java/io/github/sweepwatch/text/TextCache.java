package io.github.sweepwatch.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes strings of names that come again and again, such as those of sensors and accounts, one for
 * all records that have the name. A log has few of them, so a small table does; a name that finds
 * its place taken takes it over. Not thread-safe.
 */
public final class TextCache {
  private static final int SLOTS = 64;
  // What is longer is no name to be seen again.
  private static final int MAX_LENGTH = 256;

  private final byte[] @Nullable [] keys = new byte[SLOTS] @Nullable [];
  private final String[] texts = new String[SLOTS];

  /** An empty cache. */
  public TextCache() {}

  /**
   * The text of these bytes.
   *
   * @param bytes holds the text in UTF-8; what is none is replaced
   * @param from the first byte
   * @param to the end, exclusive
   * @return mostly the same string for the same bytes
   */
  public String of(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 6) & (SLOTS - 1);
    byte[] key = keys[slot];
    if (key != null && Arrays.equals(bytes, from, to, key, 0, key.length)) {
      return texts[slot];
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (to - from <= MAX_LENGTH) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      texts[slot] = text;
    }
    return text;
  }
}
