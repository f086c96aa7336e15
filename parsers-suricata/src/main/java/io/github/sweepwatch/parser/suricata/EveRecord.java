package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import io.github.sweepwatch.text.PackedText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the fields of one record stand. Used again for every record; what it gives is valid until
 * the next {@link #start}. Not thread-safe.
 */
final class EveRecord {
  private static final int UNSET = -1;

  private final int[] from = new int[EveField.COUNT];
  private final int[] to = new int[EveField.COUNT];
  private final int[] rank = new int[EveField.COUNT];
  private final boolean[] resolved = new boolean[EveField.COUNT];
  private byte[] bytes = new byte[0];
  private int length;

  // The values that had escapes, one after the other.
  private byte[] copies = new byte[0];
  private int copiesEnd;
  private String problem = "";

  void start(byte[] buffer, int start, int end) {
    bytes = buffer;
    length = end - start;
    copiesEnd = 0;
    problem = "";
    Arrays.fill(from, UNSET);
    Arrays.fill(rank, Integer.MAX_VALUE);
  }

  /** What is wrong with the record as a whole, or an empty text. */
  String problem() {
    return problem;
  }

  boolean has(EveField field) {
    return from[field.index()] != UNSET;
  }

  /** The buffer that holds a field. */
  byte[] bytes(EveField field) {
    return resolved[field.index()] ? copies : bytes;
  }

  int from(EveField field) {
    return from[field.index()];
  }

  int to(EveField field) {
    return to[field.index()];
  }

  /** A field of at most eight bytes as a number; 0 where it is not set, or longer. */
  long packed(EveField field) {
    return has(field) ? PackedText.of(bytes(field), from(field), to(field)) : 0;
  }

  /** Whether a field is set to just these ASCII characters. */
  boolean is(EveField field, String text) {
    if (!has(field) || to(field) - from(field) != text.length()) {
      return false;
    }
    byte[] in = bytes(field);
    int start = from(field);
    for (int i = 0; i < text.length(); i++) {
      if (in[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String text(EveField field) {
    return new String(bytes(field), from(field), to(field) - from(field), StandardCharsets.UTF_8);
  }

  /** Takes the value that the cursor is at, unless a better place of the field had one. */
  void take(EveField field, int place, JsonToken token, JsonCursor value) {
    int index = field.index();
    if (place > rank[index]) {
      return;
    }
    if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
      if (!field.isShared()) {
        note("neither text nor number: " + field);
      }
      return;
    }
    if (place == rank[index] && from[index] != UNSET) {
      if (!isSame(index, value)) {
        note("two different values of " + field);
      }
      return;
    }
    rank[index] = place;
    resolved[index] = false;
    if (token == JsonToken.NULL) {
      from[index] = UNSET;
    } else if (token == JsonToken.STRING && value.isEscaped()) {
      copy(index, value);
    } else {
      from[index] = value.from();
      to[index] = value.to();
    }
  }

  private boolean isSame(int index, JsonCursor value) {
    byte[] in = resolved[index] ? copies : bytes;
    return value.isEscaped()
        || Arrays.equals(in, from[index], to[index], bytes, value.from(), value.to());
  }

  private void copy(int index, JsonCursor value) {
    // A value is never longer than with its escapes, and no two share bytes.
    if (copies.length < length) {
      copies = Arrays.copyOf(copies, length);
    }
    resolved[index] = true;
    from[index] = copiesEnd;
    copiesEnd = value.copyText(copies, copiesEnd);
    to[index] = copiesEnd;
  }

  private void note(String what) {
    if (problem.isEmpty()) {
      problem = what;
    }
  }
}
