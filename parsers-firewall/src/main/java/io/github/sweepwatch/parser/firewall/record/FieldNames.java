package io.github.sweepwatch.parser.firewall.record;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The names a format has for its fields. Letters are compared without case. Where a field has
 * several names, those added earlier count for more. Immutable once built, and thread-safe.
 */
public final class FieldNames {
  /** What is returned for a name that is none of them. */
  public static final int UNKNOWN = -1;

  private static final int MAX_RANK = 0xff;

  private final byte[] @Nullable [] names;
  private final int[] codes;
  private final int longest;

  private FieldNames(byte[] @Nullable [] names, int[] codes, int longest) {
    this.names = names;
    this.codes = codes;
    this.longest = longest;
  }

  /**
   * A builder without any name.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The field of a name.
   *
   * @param bytes holds the name
   * @param from its first byte
   * @param to its end, exclusive
   * @return a code for {@link Fields#put}, or {@link #UNKNOWN}
   */
  public int find(byte[] bytes, int from, int to) {
    if (to - from > longest) {
      return UNKNOWN;
    }
    int slot = hash(bytes, from, to) & (names.length - 1);
    byte[] name;
    while ((name = names[slot]) != null) {
      if (equal(name, bytes, from, to)) {
        return codes[slot];
      }
      slot = (slot + 1) & (names.length - 1);
    }
    return UNKNOWN;
  }

  /**
   * The field that a code is of.
   *
   * @param code what {@link #find} returned, not {@link #UNKNOWN}
   * @return the field
   */
  public static Field field(int code) {
    return FIELDS[code >>> 8];
  }

  private static final Field[] FIELDS = Field.values();

  private static boolean equal(byte[] name, byte[] bytes, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (name[i] != lower(bytes[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + lower(bytes[i]);
    }
    return hash ^ hash >>> 7;
  }

  private static int lower(int letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  /** Collects names. Not thread-safe. */
  public static final class Builder {
    private byte[] @Nullable [] names = new byte[64] @Nullable [];
    private int[] codes = new int[64];
    private final int[] ranks = new int[Field.COUNT_OF_ALL];
    private int size;
    private int longest;

    private Builder() {}

    /**
     * Adds names of a field, the best first.
     *
     * @param field the field
     * @param more its names
     * @return this
     */
    public Builder put(Field field, String... more) {
      for (String name : more) {
        if (2 * ++size > names.length) {
          grow();
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) lower(bytes[i]);
        }
        longest = Math.max(longest, bytes.length);
        int rank = Math.min(MAX_RANK, ranks[field.index()]++);
        insert(bytes, field.index() << 8 | rank);
      }
      return this;
    }

    /**
     * The names so far.
     *
     * @return an immutable copy
     */
    public FieldNames build() {
      return new FieldNames(names.clone(), codes.clone(), longest);
    }

    private void insert(byte[] name, int code) {
      int slot = hash(name, 0, name.length) & (names.length - 1);
      while (names[slot] != null) {
        slot = (slot + 1) & (names.length - 1);
      }
      names[slot] = name;
      codes[slot] = code;
    }

    private void grow() {
      byte[] @Nullable [] old = names;
      int[] oldCodes = codes;
      names = new byte[2 * old.length] @Nullable [];
      codes = new int[2 * old.length];
      for (int i = 0; i < old.length; i++) {
        byte[] name = old[i];
        if (name != null) {
          insert(name, oldCodes[i]);
        }
      }
    }
  }
}
