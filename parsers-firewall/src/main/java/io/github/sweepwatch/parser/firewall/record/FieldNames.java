package io.github.sweepwatch.parser.firewall.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names a format has for its fields. Letters are compared without case. Where a field has
 * several names, those added earlier count for more. Immutable once built, and thread-safe.
 */
public final class FieldNames {
  /** What is returned for a name that is none of them. */
  public static final int UNKNOWN = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  // The bit that tells small letters from capital ones. It makes a few other characters equal too,
  // none of which stands in names.
  private static final long CASE = 0x2020_2020_2020_2020L;
  private static final int MAX_RANK = 0xff;
  private static final int SLOTS_A_NAME = 4;

  private final byte[] @Nullable [] names;
  private final int[] codes;
  private final long[] heads;
  private final long[] tails;
  private final int longest;

  private FieldNames(List<byte[]> all, List<Integer> allCodes) {
    int slots = Integer.highestOneBit(Math.max(1, all.size()) * SLOTS_A_NAME) * 2;
    names = new byte[slots] @Nullable [];
    codes = new int[slots];
    heads = new long[slots];
    tails = new long[slots];
    int most = 0;
    for (int i = 0; i < all.size(); i++) {
      byte[] name = all.get(i);
      most = Math.max(most, name.length);
      long head = head(name, 0, name.length);
      long tail = tail(name, 0, name.length);
      int slot = slot(head, tail, name.length);
      while (names[slot] != null) {
        slot = (slot + 1) & (slots - 1);
      }
      names[slot] = name;
      codes[slot] = allCodes.get(i);
      heads[slot] = head;
      tails[slot] = tail;
    }
    longest = most;
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
    if (to - from > longest || from >= to) {
      return UNKNOWN;
    }
    long head = head(bytes, from, to);
    long tail = tail(bytes, from, to);
    int slot = slot(head, tail, to - from);
    byte[] name;
    while ((name = names[slot]) != null) {
      // Head and tail are the whole of most names.
      if (heads[slot] == head
          && tails[slot] == tail
          && name.length == to - from
          && (name.length <= 2 * Long.BYTES || equal(name, bytes, from))) {
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

  private static boolean equal(byte[] name, byte[] bytes, int from) {
    for (int i = 0; i < name.length; i++) {
      if (name[i] != lower(bytes[from + i])) {
        return false;
      }
    }
    return true;
  }

  /* The first eight bytes, letters made small. */
  private static long head(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length >= Long.BYTES) {
      return (long) WORDS.get(bytes, from) | CASE;
    }
    if (from + Long.BYTES <= bytes.length) {
      // Reads past the name but within the buffer, then cuts off what is not the name's.
      return ((long) WORDS.get(bytes, from) & -1L >>> (Long.SIZE - length * Byte.SIZE)) | CASE;
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word | CASE;
  }

  /* The last eight bytes, which may be some of the first; 0 for names of at most eight. */
  private static long tail(byte[] bytes, int from, int to) {
    return to - from > Long.BYTES ? (long) WORDS.get(bytes, to - Long.BYTES) | CASE : 0;
  }

  private int slot(long head, long tail, int length) {
    long mixed = (head ^ tail * 31 ^ length) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 32) & (names.length - 1);
  }

  private static int lower(int letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  /** Collects names. Not thread-safe. */
  public static final class Builder {
    private final List<byte[]> names = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final int[] ranks = new int[Field.COUNT_OF_ALL];

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
        names.add(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        codes.add(field.index() << 8 | Math.min(MAX_RANK, ranks[field.index()]++));
      }
      return this;
    }

    /**
     * The names so far.
     *
     * @return an immutable copy
     */
    public FieldNames build() {
      return new FieldNames(names, codes);
    }
  }
}
