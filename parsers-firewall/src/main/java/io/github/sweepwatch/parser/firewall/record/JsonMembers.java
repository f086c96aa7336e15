package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonKey;
import io.github.sweepwatch.text.JsonToken;

/**
 * Reads the fields of one JSON object. Members of objects within it are named by their path, {@code
 * source.ip}, whether they are nested or written so; those in arrays as if the array were not
 * there. Not thread-safe.
 */
public final class JsonMembers {
  private static final int LONGEST_PATH = 256;
  private static final String BREAKS = "{[,:";
  private static final JsonKey[] WRAPPERS = {
    new JsonKey("_source"),
    new JsonKey("json"),
    new JsonKey("Fields"),
    new JsonKey("result"),
    new JsonKey("data"),
    new JsonKey("aws"),
    new JsonKey("gcp")
  };

  private final JsonCursor cursor = new JsonCursor();
  private final FieldNames names;
  private final byte[] path = new byte[LONGEST_PATH];
  private final int[] lengths = new int[JsonCursor.MAX_DEPTH + 2];
  private boolean cut;
  private final boolean[] inArray = new boolean[JsonCursor.MAX_DEPTH + 2];

  /**
   * Reads records of a format.
   *
   * @param names the format's names, by path
   */
  public JsonMembers(FieldNames names) {
    this.names = names;
  }

  /**
   * Reads a record.
   *
   * @param bytes holds it
   * @param from its first byte
   * @param to its end, exclusive
   * @param fields takes the fields
   * @return false if it is no JSON object, and {@link #problem} says why
   */
  public boolean read(byte[] bytes, int from, int to, Fields fields) {
    fields.start(bytes, from, to);
    cursor.reset(bytes, from, to);
    cut = to > from && BREAKS.indexOf(bytes[to - 1]) >= 0;
    if (cursor.next() != JsonToken.BEGIN_OBJECT) {
      return false;
    }
    lengths[1] = 0;
    inArray[1] = false;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = cursor.next();
      if (token == JsonToken.INVALID) {
        return false;
      }
      boolean ended = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
      if (ended) {
        depth--;
        continue;
      }
      // What stands directly in an array keeps the key, and so the path, of the array.
      int parent = lengths[depth];
      int length = inArray[depth] ? parent : append(parent);
      if (token == JsonToken.BEGIN_OBJECT && parent == 0 && !inArray[depth] && isWrapper()) {
        lengths[++depth] = 0;
        inArray[depth] = false;
      } else if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
        lengths[++depth] = length;
        inArray[depth] = token == JsonToken.BEGIN_ARRAY;
      } else if (token == JsonToken.STRING || token == JsonToken.NUMBER) {
        if (length <= LONGEST_PATH) {
          fields.put(names.find(path, 0, length), cursor);
        }
      }
    }
    return cursor.next() == JsonToken.END;
  }

  /**
   * Why the last record is no JSON object.
   *
   * @return the reason
   */
  public String problem() {
    String problem = cursor.problem();
    return problem.isEmpty() ? "no JSON object" : problem;
  }

  /**
   * Whether the last record is one of which more lines are to come: it was cut where printers break
   * lines. One that was cut anywhere else is broken.
   *
   * @return true if so
   */
  public boolean isCut() {
    return cut;
  }

  /* Whether the member is one in which shippers put the record they were given, or its fields. */
  private boolean isWrapper() {
    for (JsonKey wrapper : WRAPPERS) {
      if (cursor.keyIs(wrapper)) {
        return true;
      }
    }
    return false;
  }

  private int append(int parent) {
    int length = cursor.keyTo() - cursor.keyFrom();
    int start = parent == 0 ? 0 : parent + 1;
    if (parent > LONGEST_PATH || start + length > LONGEST_PATH) {
      return LONGEST_PATH + 1;
    }
    if (parent > 0) {
      path[parent] = '.';
    }
    System.arraycopy(cursor.keyBytes(), cursor.keyFrom(), path, start, length);
    return start + length;
  }
}
