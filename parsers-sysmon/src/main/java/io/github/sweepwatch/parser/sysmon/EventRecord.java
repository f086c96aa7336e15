package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.util.Arrays;

/**
 * Where the fields of one event stand, whichever form it had: ranges of the record, or of a buffer
 * where they had to be unescaped. Used again for every event. Not thread-safe.
 */
final class EventRecord {
  private static final byte[] NOTHING = {};
  private static final int UNSET = Integer.MAX_VALUE;
  private static final int MIN_ROOM = 4 << 10;

  // What is not set may be left over from another event.
  private final byte[][] bytes = new byte[EventField.COUNT][0];
  private final int[] from = new int[EventField.COUNT];
  private final int[] to = new int[EventField.COUNT];
  private final int[] ranks = new int[EventField.COUNT];
  private final boolean[] escaped = new boolean[EventField.COUNT];
  private final JsonCursor unescaping = new JsonCursor();

  // Fields may go on pointing to one that was replaced by a larger.
  private byte[] room = NOTHING;
  private int roomEnd;

  void start() {
    Arrays.fill(ranks, UNSET);
    roomEnd = 0;
  }

  /** Whether a field has a value that is not empty and not the hyphen that stands for none. */
  boolean has(EventField field) {
    int index = field.index();
    int length = to[index] - from[index];
    return ranks[index] != UNSET && length > 0 && (length > 1 || bytes[index][from[index]] != '-');
  }

  /** Whether a field was there, empty or not. */
  boolean isPresent(EventField field) {
    return ranks[field.index()] != UNSET;
  }

  byte[] bytes(EventField field) {
    int index = field.index();
    if (ranks[index] == UNSET) {
      return NOTHING;
    }
    if (escaped[index]) {
      unescape(index);
    }
    return bytes[index];
  }

  /** Whether a field still has JSON's escapes in it, which {@link #bytes} resolves. */
  boolean isEscaped(EventField field) {
    int index = field.index();
    return ranks[index] != UNSET && escaped[index];
  }

  /** A field as it stands in the record, escapes and all. */
  byte[] unresolved(EventField field) {
    return bytes[field.index()];
  }

  /** Where a field begins; {@link #bytes} comes first. */
  int from(EventField field) {
    int index = field.index();
    return ranks[index] == UNSET ? 0 : from[index];
  }

  /** Where a field ends; {@link #bytes} comes first. */
  int to(EventField field) {
    int index = field.index();
    return ranks[index] == UNSET ? 0 : to[index];
  }

  /** Sets a field, unless a better name of it was there. */
  void put(EventField field, int rank, byte[] buffer, int start, int end) {
    put(field, rank, buffer, start, end, false);
  }

  /** The same of a JSON string's inside, which is unescaped when asked for. */
  void put(EventField field, int rank, byte[] buffer, int start, int end, boolean hasEscapes) {
    int index = field.index();
    if (rank > ranks[index] || (rank == ranks[index] && to[index] > from[index])) {
      return;
    }
    ranks[index] = rank;
    bytes[index] = buffer;
    from[index] = start;
    to[index] = end;
    escaped[index] = hasEscapes;
  }

  /** Makes room for a text until {@link #keep} says how long it came out. */
  int claim(int length) {
    if (room.length - roomEnd < length) {
      room = new byte[Math.max(MIN_ROOM, Math.max(2 * room.length, length))];
      roomEnd = 0;
    }
    return roomEnd;
  }

  /** The buffer that {@link #claim} made room in. */
  byte[] room() {
    return room;
  }

  void keep(int end) {
    roomEnd = end;
  }

  private void unescape(int index) {
    byte[] source = bytes[index];
    int start = claim(to[index] - from[index]);
    int end = start;
    // The quotes belong to it.
    unescaping.reset(source, from[index] - 1, to[index] + 1);
    if (unescaping.next() == JsonToken.STRING) {
      end = unescaping.copyText(room, start);
    }
    keep(end);
    bytes[index] = room;
    from[index] = start;
    to[index] = end;
    escaped[index] = false;
  }
}
