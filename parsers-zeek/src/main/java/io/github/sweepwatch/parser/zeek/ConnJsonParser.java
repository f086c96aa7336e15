package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses the JSON form: the endpoints in members with a dot or underscore in their names, in
 * renamed ones, or in an object {@code id}. Not thread-safe.
 */
final class ConnJsonParser {
  // After all names outside: an object id beside them was added by someone else.
  private static final int NESTED_RANK = 8;

  private final JsonCursor cursor = new JsonCursor();
  private final ZeekRecord fields = new ZeekRecord();
  private final ConnDecoder decoder;
  private final LogonDecoder logons;

  // Of each field, which of its names were seen, a bit each: the lowest is the best of them.
  private final int[] seen = new int[ZeekField.COUNT];
  // The name that came after each name last: Zeek writes them in the same order in every record.
  private final FieldName[] following = new FieldName[FieldName.COUNT];
  private boolean foreign;
  private String problem = "";

  ConnJsonParser(ZoneId zone) {
    decoder = new ConnDecoder(zone);
    logons = new LogonDecoder(zone);
    Arrays.fill(following, FieldName.FOREIGN);
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
      boolean connection = isConnection();
      LogonLog log = connection ? null : logonLog();
      if (!connection && log == null) {
        return;
      }
      if (!problem.isEmpty() && log != LogonLog.NOTICE) {
        reason = problem;
      } else if (log == null) {
        reason = decoder.decode(fields, true, true, sink);
      } else {
        reason = logons.decode(log, fields, true, sink);
      }
    }
    if (reason != null) {
      sink.reject(reason);
    }
  }

  /* The members of the record, and those of an object id within it. */
  private void members() {
    boolean inId = false;
    FieldName name = FieldName.FOREIGN;
    while (true) {
      int last = name.index();
      FieldName guess = following[last];
      JsonToken token = cursor.next(guess.key());
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
      if (cursor.guessed()) {
        name = guess;
      } else {
        name = FieldName.of(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
        following[last] = name;
      }
      if (name.role() == FieldName.Role.ID && token == JsonToken.BEGIN_OBJECT && !inId) {
        inId = true;
        continue;
      }
      ZeekField field = inId ? name.nested() : name.field();
      if (field != null) {
        take(field, inId ? NESTED_RANK : name.rank(), token);
      }
      foreign |= name.role() == FieldName.Role.FOREIGN && !inId;
      cursor.skip(token);
    }
  }

  private void take(ZeekField field, int rank, JsonToken token) {
    int index = field.index();
    int before = seen[index];
    seen[index] = before | 1 << rank;
    if (before != 0) {
      if ((before & 1 << rank) != 0 && !isShared(field)) {
        note("duplicate key ");
      }
      if (Integer.numberOfTrailingZeros(before) < rank) {
        return;
      }
    }
    if (token == JsonToken.NULL) {
      fields.unset(index);
    } else if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
      if (isShared(field)) {
        fields.unset(index);
      } else {
        note("neither text nor number at key ");
      }
    } else if (cursor.isEscaped()) {
      fields.putEscaped(index, cursor);
    } else {
      fields.put(index, cursor.from(), cursor.to());
    }
  }

  private void note(String what) {
    if (problem.isEmpty()) {
      problem = what + Excerpt.of(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
    }
  }

  /* Whether others add members of that name to a connection. */
  private static boolean isShared(ZeekField field) {
    return field.isOfLogons() || field == ZeekField.UID;
  }

  private @Nullable LogonLog logonLog() {
    return fields.has(ZeekField.PATH)
        ? LogonLog.named(text(ZeekField.PATH))
        : LogonLog.of(field -> seen[field.index()] != 0);
  }

  private boolean isConnection() {
    if (fields.has(ZeekField.PATH)) {
      return TsvHeader.isConnectionPath(text(ZeekField.PATH), isMarked());
    }
    boolean endpoint = seen[ZeekField.ORIG_H.index()] != 0 || seen[ZeekField.RESP_H.index()] != 0;
    return seen[ZeekField.CONN_STATE.index()] != 0 || (endpoint && (!foreign || isMarked()));
  }

  private boolean isMarked() {
    for (ZeekField field : ZeekField.MARKS) {
      if (seen[field.index()] != 0) {
        return true;
      }
    }
    return false;
  }

  private String text(ZeekField field) {
    int from = fields.from(field);
    return new String(fields.bytes(), from, fields.to(field) - from, StandardCharsets.UTF_8);
  }
}
