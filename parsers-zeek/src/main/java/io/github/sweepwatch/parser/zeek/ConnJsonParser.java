package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * Parses the JSON form: the endpoints in members with a dot or underscore in their names, in
 * renamed ones, or in an object {@code id}. Not thread-safe.
 */
final class ConnJsonParser {
  // After all names outside: an object id beside them was added by someone else.
  private static final int NESTED_RANK = 8;

  private final JsonCursor cursor = new JsonCursor();
  private final ConnRecord fields = new ConnRecord();
  private final ConnDecoder decoder;

  // Of each field, which of its names were seen, a bit each: the lowest is the best of them.
  private final int[] seen = new int[ConnField.COUNT];
  private boolean foreign;
  private String problem = "";

  ConnJsonParser(ZoneId zone) {
    decoder = new ConnDecoder(zone);
  }

  void parse(byte[] bytes, int from, int to, EventSink sink) {
    cursor.reset(bytes, from, to);
    fields.start(bytes, from, to);
    Arrays.fill(seen, 0);
    foreign = false;
    problem = "";
    cursor.next();
    members();
    String reason = cursor.next() == JsonToken.END ? null : cursor.problem();
    if (reason == null) {
      if (!isConnection()) {
        return;
      }
      reason = problem.isEmpty() ? decoder.decode(fields, true, true, sink) : problem;
    }
    if (reason != null) {
      sink.reject(reason);
    }
  }

  /* The members of the record, and those of an object id within it. */
  private void members() {
    boolean inId = false;
    while (true) {
      JsonToken token = cursor.next();
      if (token == JsonToken.INVALID) {
        return;
      }
      if (token == JsonToken.END_OBJECT) {
        if (!inId) {
          return;
        }
        inId = false;
        continue;
      }
      FieldName name = FieldName.of(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
      if (name.role() == FieldName.Role.ID && token == JsonToken.BEGIN_OBJECT && !inId) {
        inId = true;
        continue;
      }
      ConnField field = inId ? name.nested() : name.field();
      if (field != null) {
        take(field, inId ? NESTED_RANK : name.rank(), token);
      }
      foreign |= name.role() == FieldName.Role.FOREIGN && !inId;
      cursor.skip(token);
    }
  }

  private void take(ConnField field, int rank, JsonToken token) {
    int index = field.index();
    int before = seen[index];
    seen[index] = before | 1 << rank;
    if (before != 0) {
      if ((before & 1 << rank) != 0) {
        note("duplicate key ");
      }
      if (Integer.numberOfTrailingZeros(before) < rank) {
        return;
      }
    }
    switch (token) {
      case NULL -> fields.unset(index);
      case BEGIN_OBJECT, BEGIN_ARRAY -> note("neither text nor number at key ");
      default -> {
        if (cursor.isEscaped()) {
          fields.putEscaped(index, cursor);
        } else {
          fields.put(index, cursor.from(), cursor.to());
        }
      }
    }
  }

  private void note(String what) {
    if (problem.isEmpty()) {
      problem = what + Excerpt.of(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
    }
  }

  private boolean isConnection() {
    if (fields.has(ConnField.PATH)) {
      return TsvHeader.isConnectionPath(text(ConnField.PATH));
    }
    boolean endpoint = seen[ConnField.ORIG_H.index()] != 0 || seen[ConnField.RESP_H.index()] != 0;
    return seen[ConnField.CONN_STATE.index()] != 0 || (endpoint && (!foreign || isMarked()));
  }

  private boolean isMarked() {
    for (ConnField field : ConnField.MARKS) {
      if (seen[field.index()] != 0) {
        return true;
      }
    }
    return false;
  }

  private String text(ConnField field) {
    int from = fields.from(field);
    return new String(fields.bytes(), from, fields.to(field) - from, StandardCharsets.UTF_8);
  }
}
