package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonKey;
import io.github.sweepwatch.text.JsonToken;
import java.util.function.Predicate;

/**
 * Finds the record that a shipper carries within a JSON object of its own: as a text under one of
 * the usual names, or as an object under any name, at most {@value #MAX_LEVEL} objects deep. Not
 * thread-safe.
 */
final class Envelope {
  private static final int MAX_LEVEL = 3;
  private static final int MAX_OBJECTS = 16;

  private static final JsonKey[] TEXTS = {
    new JsonKey("original"),
    new JsonKey("_raw"),
    new JsonKey("message"),
    new JsonKey("MESSAGE"),
    new JsonKey("@message"),
    new JsonKey("full_log"),
    new JsonKey("log"),
    new JsonKey("short_message"),
    new JsonKey("SyslogMessage"),
    new JsonKey("event.original")
  };

  private final JsonCursor[] cursors = new JsonCursor[MAX_LEVEL];
  private final RecordSlice payload = new RecordSlice();
  private byte[] copy = new byte[0];
  private int objects;

  Envelope() {
    for (int i = 0; i < MAX_LEVEL; i++) {
      cursors[i] = new JsonCursor();
    }
  }

  /**
   * Offers what an object carries, one after the other, until something is taken.
   *
   * @param record the object
   * @param text takes a text, which is valid until the next call
   * @param object takes an object
   * @return whether something was taken
   */
  boolean open(RecordSlice record, Predicate<RecordSlice> text, Predicate<RecordSlice> object) {
    objects = 0;
    return look(record.bytes(), record.from(), record.to(), record.line(), 0, text, object);
  }

  private boolean look(
      byte[] bytes,
      int from,
      int to,
      long line,
      int level,
      Predicate<RecordSlice> text,
      Predicate<RecordSlice> object) {
    JsonCursor cursor = cursors[level];
    cursor.reset(bytes, from, to);
    if (cursor.next() != JsonToken.BEGIN_OBJECT) {
      return false;
    }
    JsonToken token;
    while ((token = cursor.next()) != JsonToken.END_OBJECT && token != JsonToken.INVALID) {
      if (token == JsonToken.STRING) {
        if (isText(cursor) && text.test(text(cursor, line))) {
          return true;
        }
      } else if (token == JsonToken.BEGIN_OBJECT && objects < MAX_OBJECTS) {
        objects++;
        int start = cursor.position() - 1;
        cursor.skip(token);
        int end = cursor.position();
        if (object.test(payload.at(bytes, start, end, line))
            || (level + 1 < MAX_LEVEL && look(bytes, start, end, line, level + 1, text, object))) {
          return true;
        }
      } else {
        cursor.skip(token);
      }
    }
    return false;
  }

  private static boolean isText(JsonCursor cursor) {
    for (JsonKey name : TEXTS) {
      if (cursor.keyIs(name)) {
        return true;
      }
    }
    return false;
  }

  private RecordSlice text(JsonCursor cursor, long line) {
    int length = cursor.to() - cursor.from();
    if (copy.length < length) {
      copy = new byte[length];
    }
    return payload.at(copy, 0, cursor.copyText(copy, 0), line);
  }
}
