package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses EVE records, one JSON object a line; also one that is printed over several, whose first
 * line ends with a brace, bracket or comma, the lines of an array of them, and several records on
 * one line. Not thread-safe.
 */
final class EveParser implements LogParser {
  private static final byte[] COOKIE = {'@', 'c', 'e', 'e', ':'};
  // Of the records known, the deepest members are that many objects down.
  private static final int MAX_DEPTH = 8;

  private final JsonCursor cursor = new JsonCursor();
  private final EveRecord record = new EveRecord();
  private final FlowDecoder flows;
  private final LogonDecoder logons;

  // The member that came next last time, after a member and at the beginning of an object.
  private final EveMember[] following = new EveMember[EveMember.COUNT];
  private final EveMember[] first = new EveMember[EveMember.COUNT];
  private final EveMember[] objects = new EveMember[MAX_DEPTH];
  private final SpreadObject spread = new SpreadObject();
  private byte[] text = new byte[0];
  // Whether an object has begun that is only there for its list of records.
  private boolean inList;

  EveParser(ZoneId zone) {
    RecordTime time = new RecordTime(zone);
    flows = new FlowDecoder(time);
    logons = new LogonDecoder(time);
    Arrays.fill(following, EveMember.RECORD);
    Arrays.fill(first, EveMember.RECORD);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    while (to > line.from() && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
      to--;
    }
    if (spread.isPending() && (bytes[line.from()] != '{' || to == line.from())) {
      if (spread.add(bytes, line.from(), to)) {
        parseSpread(sink);
      } else if (isListStart(spread.bytes(), 0, spread.length())) {
        spread.drop();
        inList = true;
      } else if (spread.isTooLong()) {
        endless(sink);
      }
      return;
    }
    if (spread.isPending()) {
      // A record begins where the one before did not end: that one never will.
      endless(sink);
      sink.startedAt(line.line());
    }
    int from = objectStart(bytes, line.from(), to);
    if (isListStart(bytes, line.from(), to)) {
      inList = from >= 0;
      return;
    }
    if (from >= 0 && SpreadObject.begins(bytes, from, to)) {
      if (spread.start(bytes, from, to, line.line())) {
        parseSpread(sink);
      }
    } else if (from >= 0) {
      parse(bytes, from, to, line.line(), sink);
    } else if (!isListEnd(bytes, line.from(), to)) {
      int list = RecordList.start(bytes, line.from(), to);
      if (list >= 0) {
        parseList(bytes, list, to, line.line(), sink);
      } else {
        sink.reject("no JSON object");
      }
    }
  }

  /* The records from here to the end of their list. */
  private void parseList(byte[] bytes, int from, int to, long line, EventSink sink) {
    int at = from;
    while ((at = RecordList.next(bytes, at, to)) >= 0) {
      int end = bytes[at] == '{' ? RecordList.objectEnd(bytes, at, to) : RecordList.NONE;
      if (end < 0) {
        sink.reject(bytes[at] == '{' ? "a JSON object without end" : "no JSON object in a list");
        return;
      }
      parseOne(bytes, at, end, line, sink);
      at = end;
    }
  }

  @Override
  public void finish(EventSink sink) {
    if (spread.isPending()) {
      endless(sink);
    }
    flows.finish(sink);
  }

  private void endless(EventSink sink) {
    boolean tooLong = spread.isTooLong();
    sink.startedAt(spread.line());
    spread.drop();
    sink.reject(
        tooLong
            ? "a JSON object longer than " + SpreadObject.MAX_BYTES + " bytes"
            : "a JSON object without end");
  }

  private void parseSpread(EventSink sink) {
    sink.startedAt(spread.line());
    parse(spread.bytes(), 0, spread.length(), spread.line(), sink);
    spread.drop();
  }

  /* A line that is all before the records of a list. */
  private static boolean isListStart(byte[] bytes, int from, int to) {
    int list = RecordList.start(bytes, from, to);
    return list >= 0 && RecordList.next(bytes, list, to) < 0 && bytes[to - 1] != ']';
  }

  /* A line that is all behind them: a bracket, and a brace if the list is in an object. */
  private boolean isListEnd(byte[] bytes, int from, int to) {
    int first = skipBlanks(bytes, from, to);
    if (first < to && bytes[first] == ']') {
      return to == first + 1 || bytes[to - 1] == '}';
    }
    boolean end = inList && to == first + 1 && bytes[first] == '}';
    inList &= !end;
    return end;
  }

  /* A record, or an object or several of records. */
  private void parse(byte[] bytes, int from, int to, long line, EventSink sink) {
    RecordKind kind = read(bytes, from, to);
    if (kind == null) {
      int end = RecordList.objectEnd(bytes, from, to);
      int next = end < 0 ? RecordList.NONE : RecordList.next(bytes, end, to);
      if (next >= 0 && bytes[next] == '{' && read(bytes, from, end) != null) {
        parseList(bytes, from, to, line, sink);
        return;
      }
      read(bytes, from, to);
    } else if (kind == RecordKind.OTHER && !record.has(EveField.EVENT_TYPE)) {
      int list = RecordList.start(bytes, from, to);
      if (list >= 0) {
        parseList(bytes, list, to, line, sink);
        return;
      }
    }
    parse(kind, bytes, from, to, line, sink);
  }

  private void parseOne(byte[] bytes, int from, int to, long line, EventSink sink) {
    parse(read(bytes, from, to), bytes, from, to, line, sink);
  }

  private void parse(
      @Nullable RecordKind read, byte[] bytes, int from, int to, long line, EventSink sink) {
    RecordKind kind = read;
    if (kind == null || (kind == RecordKind.OTHER && !record.has(EveField.TEXT))) {
      if (kind == null) {
        sink.reject(cursor.problem());
      }
      return;
    }
    if (record.has(EveField.TEXT)) {
      kind = readText(kind, bytes, from, to);
      if (kind == null) {
        sink.reject("in the text of the record, " + cursor.problem());
        return;
      }
    }
    String reason = decode(kind, line, sink);
    if (reason != null) {
      sink.reject(reason);
    }
  }

  private @Nullable String decode(RecordKind kind, long line, EventSink sink) {
    if (kind == RecordKind.OTHER) {
      return null;
    }
    if (!record.problem().isEmpty()) {
      return record.problem();
    }
    return kind.isLogon()
        ? logons.decode(record, kind, sink)
        : flows.decode(record, kind, line, sink);
  }

  /* Goes over to the record that stands as text in a member, unless what stands there is none. */
  private @Nullable RecordKind readText(RecordKind outer, byte[] bytes, int from, int to) {
    byte[] holder = record.bytes(EveField.TEXT);
    int start = record.from(EveField.TEXT);
    int length = record.to(EveField.TEXT) - start;
    if (text.length < length) {
      text = new byte[length];
    }
    System.arraycopy(holder, start, text, 0, length);
    int object = objectStart(text, 0, length);
    if (object < 0) {
      return outer;
    }
    RecordKind inner = read(text, object, length);
    if (inner == null) {
      if (outer == RecordKind.OTHER) {
        return RecordKind.of(record) == RecordKind.OTHER ? RecordKind.OTHER : null;
      }
    } else if (inner != RecordKind.OTHER || record.has(EveField.EVENT_TYPE)) {
      return inner;
    }
    // The text is no record, so what stands around it counts.
    return outer == RecordKind.OTHER ? outer : read(bytes, from, to);
  }

  /* The kind of what stands there, its fields in the record; null where it is no JSON. */
  private @Nullable RecordKind read(byte[] bytes, int from, int to) {
    cursor.reset(bytes, from, to);
    record.start(bytes, from, to);
    cursor.next();
    if (!members()) {
      return RecordKind.OTHER;
    }
    return cursor.next() == JsonToken.END ? RecordKind.of(record) : null;
  }

  /* Reads to the end or a fault; false for a record that tells of nothing, as soon as it shows. */
  private boolean members() {
    int depth = 0;
    EveMember object = EveMember.RECORD;
    EveMember last = object;
    boolean begun = true;
    while (true) {
      EveMember guess = (begun ? first : following)[last.index()];
      JsonToken token = guess.parent() == object ? cursor.next(guess.key()) : cursor.next();
      if (token == JsonToken.INVALID) {
        return true;
      }
      if (token == JsonToken.END_OBJECT) {
        if (depth == 0) {
          return true;
        }
        last = object;
        begun = false;
        object = objects[--depth];
        continue;
      }
      EveMember member = guess;
      if (!cursor.guessed()) {
        EveMember found = object.member(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
        if (found == null) {
          cursor.skip(token);
          continue;
        }
        member = found;
        (begun ? first : following)[last.index()] = member;
      }
      last = member;
      begun = false;
      EveField field = member.field();
      if (field != null) {
        record.take(field, member.rank(), token, cursor);
        if (field == EveField.EVENT_TYPE && RecordKind.of(record) == RecordKind.OTHER) {
          return false;
        }
      }
      if (token == JsonToken.BEGIN_OBJECT && member.isObject() && depth < MAX_DEPTH) {
        objects[depth++] = object;
        object = member;
        begun = true;
      } else {
        cursor.skip(token);
      }
    }
  }

  /** Where a line's object begins, after blanks and the cookie of CEE; negative for none. */
  static int objectStart(byte[] bytes, int from, int to) {
    int i = skipBlanks(bytes, from, to);
    int after = i + COOKIE.length;
    if (after < to && Arrays.equals(bytes, i, after, COOKIE, 0, COOKIE.length)) {
      i = skipBlanks(bytes, after, to);
    }
    return i < to && bytes[i] == '{' ? i : -1;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }
}
