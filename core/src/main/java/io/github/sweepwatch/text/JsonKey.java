package io.github.sweepwatch.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A member's name that a parser looks for or expects next. Immutable and thread-safe.
 *
 * @see JsonCursor#next(JsonKey)
 */
public final class JsonKey {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** No key at all. */
  static final JsonKey NONE = new JsonKey();

  /** As it stands in a record after another member: behind a comma, in quotes, with a colon. */
  final byte[] member;

  private final int length;
  // The member's first eight bytes, of which the mask keeps those that it has, and its last eight.
  private final long head;
  private final long headMask;
  private final long tail;

  /**
   * A key.
   *
   * @param name the member's name
   * @throws IllegalArgumentException if the name cannot stand in JSON without escapes
   */
  public JsonKey(String name) {
    if (name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("a key that needs escapes: " + name);
    }
    member = (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
    length = member.length;
    byte[] padded = Arrays.copyOf(member, Math.max(member.length, Long.BYTES));
    head = (long) WORDS.get(padded, 0);
    headMask = -1L >>> Math.max(0, Long.SIZE - member.length * Byte.SIZE);
    tail = (long) WORDS.get(padded, padded.length - Long.BYTES);
  }

  private JsonKey() {
    member = new byte[0];
    // Longer than any record.
    length = Integer.MAX_VALUE;
    head = 0;
    headMask = 0;
    tail = 0;
  }

  /** How many bytes it takes in a record, from its opening quote to its colon. */
  int length() {
    return length - 1;
  }

  /** Whether a record goes on with a comma and this key. */
  boolean isNextAt(byte[] bytes, int at, int end) {
    if (end - at < length || at + Long.BYTES > bytes.length) {
      return false;
    }
    if ((((long) WORDS.get(bytes, at) ^ head) & headMask) != 0) {
      return false;
    }
    if (length <= Long.BYTES) {
      return true;
    }
    int last = length - Long.BYTES;
    if ((long) WORDS.get(bytes, at + last) != tail) {
      return false;
    }
    for (int i = Long.BYTES; i < last; i += Long.BYTES) {
      if ((long) WORDS.get(bytes, at + i) != (long) WORDS.get(member, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a record goes on with this key. */
  boolean isAt(byte[] bytes, int at, int end) {
    return end - at >= length - 1 && Arrays.equals(bytes, at, at + length - 1, member, 1, length);
  }

  /** The name in quotes, with a colon. */
  @Override
  public String toString() {
    int from = Math.min(1, member.length);
    return new String(member, from, member.length - from, StandardCharsets.UTF_8);
  }
}
