package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.JsonCursor;
import java.util.Arrays;

/**
 * Where the fields of one record stand: ranges in a buffer, which is the record's own unless a
 * value had escapes. Used again for every record. Not thread-safe.
 */
final class ZeekRecord {
  private static final int UNSET = -1;

  private final int[] from = new int[ZeekField.COUNT];
  private final int[] to = new int[ZeekField.COUNT];
  private byte[] bytes = new byte[0];
  private int recordFrom;
  private int recordTo;

  // Takes over from the record's buffer when a value has escapes: the record, then the values.
  private byte[] copy = new byte[0];
  private int copyEnd;
  private int shift;

  void start(byte[] buffer, int start, int end) {
    bytes = buffer;
    recordFrom = start;
    recordTo = end;
    shift = 0;
    Arrays.fill(from, UNSET);
  }

  byte[] bytes() {
    return bytes;
  }

  boolean has(ZeekField field) {
    return from[field.index()] != UNSET;
  }

  int from(ZeekField field) {
    return from[field.index()];
  }

  int to(ZeekField field) {
    return to[field.index()];
  }

  /** Sets a field to a range of the record. */
  void put(int field, int start, int end) {
    from[field] = start - shift;
    to[field] = end - shift;
  }

  void unset(int field) {
    from[field] = UNSET;
  }

  /** Sets a field to a JSON string that has escapes in it. */
  void putEscaped(int field, JsonCursor string) {
    useCopy();
    from[field] = copyEnd;
    copyEnd = string.copyText(copy, copyEnd);
    to[field] = copyEnd;
  }

  /** Resolves Zeek's escapes in every field: {@code \xNN}, and {@code \\} for a backslash. */
  void resolveEscapes() {
    useCopy();
    for (int field = 0; field < from.length; field++) {
      if (from[field] != UNSET) {
        int start = copyEnd;
        copyEnd = ZeekEscapes.resolve(copy, from[field], to[field], copy, copyEnd);
        from[field] = start;
        to[field] = copyEnd;
      }
    }
  }

  private void useCopy() {
    if (bytes == copy) {
      return;
    }
    int length = recordTo - recordFrom;
    // A value without escapes is never longer than with them, and no two fields share bytes.
    if (copy.length < 2 * length) {
      copy = new byte[2 * length];
    }
    System.arraycopy(bytes, recordFrom, copy, 0, length);
    for (int field = 0; field < from.length; field++) {
      if (from[field] != UNSET) {
        put(field, from[field] - recordFrom, to[field] - recordFrom);
      }
    }
    bytes = copy;
    copyEnd = length;
    shift = recordFrom;
  }
}
