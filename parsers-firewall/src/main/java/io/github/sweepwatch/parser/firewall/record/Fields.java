package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.text.JsonCursor;
import java.util.Arrays;

/**
 * Where the fields of one record stand: ranges in a buffer, blanks around them cut off. Empty
 * values and a lone hyphen are no values. Used again for every record. Not thread-safe.
 */
public final class Fields {
  private static final int UNSET = -1;
  private static final int SPARE = 64;

  private final int[] from = new int[Field.COUNT_OF_ALL];
  private final int[] to = new int[Field.COUNT_OF_ALL];
  private final int[] rank = new int[Field.COUNT_OF_ALL];
  private byte[] bytes = new byte[0];
  private int recordFrom;
  private int recordTo;

  // Takes over from the record's buffer when a value has escapes: the record, then the values.
  private byte[] copy = new byte[0];
  private int copyEnd;
  private int shift;

  /** No fields. */
  public Fields() {}

  /**
   * Starts over with a record.
   *
   * @param buffer holds it
   * @param start its first byte
   * @param end its end, exclusive
   */
  public void start(byte[] buffer, int start, int end) {
    bytes = buffer;
    recordFrom = start;
    recordTo = end;
    shift = 0;
    Arrays.fill(from, UNSET);
  }

  /**
   * The buffer that the ranges are in.
   *
   * @return the record's, or a copy of it
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Whether a field has a value.
   *
   * @param field the field
   * @return true if so
   */
  public boolean has(Field field) {
    return from[field.index()] != UNSET;
  }

  /**
   * Where a value begins.
   *
   * @param field a field that {@link #has} a value
   * @return an index into {@link #bytes}
   */
  public int from(Field field) {
    return from[field.index()];
  }

  /**
   * Where a value ends.
   *
   * @param field a field that {@link #has} a value
   * @return an index into {@link #bytes}, exclusive
   */
  public int to(Field field) {
    return to[field.index()];
  }

  /**
   * Sets a field, unless it has a value under a better name, or an earlier one under the same.
   *
   * @param code what {@link FieldNames#find} returned; unknown names are passed over
   * @param start the value's first byte, in the record's own buffer
   * @param end its end, exclusive
   */
  public void put(int code, int start, int end) {
    if (code == FieldNames.UNKNOWN) {
      return;
    }
    set(code, start - shift, end - shift);
  }

  /**
   * The code of a field whose place says what it is.
   *
   * @param field the field
   * @return a code for {@link #put(int, int, int)}
   */
  public static int code(Field field) {
    return field.index() << 8;
  }

  /**
   * Sets a field to a column that has no blanks around it. Of several, the last counts.
   *
   * @param code what {@link FieldNames#find} or {@link #code} returned, and no unknown name
   * @param start the value's first byte, in the record's own buffer, of which there is no copy yet
   * @param end its end, exclusive
   */
  public void putColumn(int code, int start, int end) {
    if (end > start + 1 || (end > start && bytes[start] != '-')) {
      int field = code >>> 8;
      from[field] = start;
      to[field] = end;
      rank[field] = 0;
    }
  }

  /**
   * Sets a field of a format in which names say nothing.
   *
   * @param field the field
   * @param start the value's first byte, in the record's own buffer
   * @param end its end, exclusive
   */
  public void put(Field field, int start, int end) {
    put(code(field), start, end);
  }

  /**
   * Gives a field the value of another.
   *
   * @param field the field, without a value
   * @param other a field that {@link #has} one
   */
  public void put(Field field, Field other) {
    from[field.index()] = from[other.index()];
    to[field.index()] = to[other.index()];
    rank[field.index()] = rank[other.index()];
  }

  /**
   * Takes a value away.
   *
   * @param field the field
   */
  public void remove(Field field) {
    from[field.index()] = UNSET;
  }

  /**
   * Sets a field to the JSON string or number that a cursor is at.
   *
   * @param code what {@link FieldNames#find} returned; unknown names are passed over
   * @param cursor is at the value, in the record this was started with
   */
  public void put(int code, JsonCursor cursor) {
    if (code == FieldNames.UNKNOWN) {
      return;
    }
    if (!cursor.isEscaped()) {
      put(code, cursor.from(), cursor.to());
      return;
    }
    useCopy();
    if (copyEnd + cursor.to() - cursor.from() > copy.length) {
      // Only if members repeat without end: what more can come is not read.
      return;
    }
    int start = copyEnd;
    copyEnd = cursor.copyText(copy, copyEnd);
    set(code, start, copyEnd);
  }

  /**
   * Sets a field to a text that does not stand in the record.
   *
   * @param field the field, without a value
   * @param text the text, in ASCII; short, and not for more than a few fields of a record
   */
  public void putText(Field field, String text) {
    useCopy();
    int start = copyEnd;
    if (start + text.length() > copy.length) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      copy[copyEnd++] = (byte) text.charAt(i);
    }
    set(code(field), start, copyEnd);
  }

  private void set(int code, int start, int end) {
    int first = start;
    int last = end;
    while (first < last && isBlank(bytes[first])) {
      first++;
    }
    while (last > first && isBlank(bytes[last - 1])) {
      last--;
    }
    if (first == last || (last - first == 1 && bytes[first] == '-')) {
      return;
    }
    int field = code >>> 8;
    int place = code & 0xff;
    if (from[field] == UNSET || place < rank[field]) {
      from[field] = first;
      to[field] = last;
      rank[field] = place;
    }
  }

  /**
   * Whether a value is a text, letters compared without case.
   *
   * @param field the field
   * @param lowerCase the text, in lower case ASCII
   * @return false also where there is no value
   */
  public boolean is(Field field, String lowerCase) {
    int index = field.index();
    return from[index] != UNSET
        && to[index] - from[index] == lowerCase.length()
        && Text.startsWith(bytes, from[index], to[index], lowerCase);
  }

  /**
   * Whether a value begins with a text, letters compared without case.
   *
   * @param field the field
   * @param lowerCase the text, in lower case ASCII
   * @return false also where there is no value
   */
  public boolean startsWith(Field field, String lowerCase) {
    int index = field.index();
    return from[index] != UNSET && Text.startsWith(bytes, from[index], to[index], lowerCase);
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t';
  }

  private void useCopy() {
    if (bytes == copy) {
      return;
    }
    int length = recordTo - recordFrom;
    // A value without escapes is never longer than with them, and no two values share bytes.
    if (copy.length < 2 * length + SPARE) {
      copy = new byte[2 * length + SPARE];
    }
    System.arraycopy(bytes, recordFrom, copy, 0, length);
    for (int field = 0; field < from.length; field++) {
      if (from[field] != UNSET) {
        from[field] -= recordFrom;
        to[field] -= recordFrom;
      }
    }
    bytes = copy;
    copyEnd = length;
    shift = recordFrom;
  }
}
