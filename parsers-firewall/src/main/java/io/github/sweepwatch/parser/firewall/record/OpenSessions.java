package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.spi.EventSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds connections whose beginning was read back for a while, so that the record of their end,
 * which knows how they ended, makes one event with it. A connection whose end does not come in time
 * is handed on as it is, and its end, should it come later, is known to be of a connection that was
 * told already. Bounded; the oldest gives way. Not thread-safe.
 */
public final class OpenSessions {
  /** What is known of a connection whose end was read. */
  public enum Start {
    /** Its beginning is held here: {@link #started}. */
    HELD,
    /** It was handed on already, so that its end is no news. */
    TOLD,
    /** Its beginning was not read, or too long ago. */
    UNKNOWN
  }

  private static final int CAPACITY = 1 << 14;
  private static final int NONE = -1;

  private final long holdMicros;

  // A ring in order of arrival, chained by key.
  private long[] keys = {};
  private long[] lines = {};
  private @Nullable ConnectionEvent[] held = {};
  private boolean[] present = {};
  private int[] next = {};
  private int[] first = {};
  private int newest;
  // The oldest that may still be held, counted as they came.
  private long oldestHeld;
  private long count;
  private long latest;
  private @Nullable ConnectionEvent started;

  /**
   * Nothing held yet.
   *
   * @param holdMicros for how long, in event time, a beginning waits for its end
   */
  public OpenSessions(long holdMicros) {
    this.holdMicros = holdMicros;
  }

  /**
   * A key for a connection.
   *
   * @param parts numbers that are the same in the records of its beginning and end, and together
   *     tell it from others
   * @return a hash of them
   */
  public static long key(long... parts) {
    long hash = 0x9e37_79b9_7f4a_7c15L;
    for (long part : parts) {
      hash = mix(hash, part);
    }
    return hash;
  }

  /**
   * Goes on with a key.
   *
   * @param hash what came before
   * @param part one more number
   * @return a hash of both
   */
  public static long mix(long hash, long part) {
    long mixed = (hash ^ part) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 29) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 32;
  }

  /**
   * Takes a beginning, unless the same one is here already.
   *
   * @param key of the connection
   * @param event what is known of it
   * @param line the line of its record
   * @param sink takes what is not held any longer
   */
  public void begin(long key, ConnectionEvent event, long line, EventSink sink) {
    allocate();
    advance(event.timeMicros(), sink);
    if (find(key) != NONE) {
      return;
    }
    newest = (newest + 1) & (CAPACITY - 1);
    if (present[newest]) {
      tell(newest, sink);
      remove(newest);
    }
    keys[newest] = key;
    lines[newest] = line;
    held[newest] = event;
    present[newest] = true;
    int bucket = bucket(key);
    next[newest] = first[bucket];
    first[bucket] = newest;
    count++;
  }

  /**
   * Takes an end. What was held or known of the connection is forgotten.
   *
   * @param key of the connection
   * @param timeMicros when it ended
   * @param sink takes what is not held any longer
   * @return what is known of its beginning
   */
  public Start end(long key, long timeMicros, EventSink sink) {
    started = null;
    int slot = keys.length == 0 ? NONE : find(key);
    Start start = Start.UNKNOWN;
    if (slot != NONE) {
      started = held[slot];
      start = started == null ? Start.TOLD : Start.HELD;
      held[slot] = null;
      remove(slot);
    }
    if (keys.length > 0) {
      advance(timeMicros, sink);
    }
    return start;
  }

  /**
   * The beginning that {@link #end} found.
   *
   * @return the event, or null where it was not held
   */
  public @Nullable ConnectionEvent started() {
    return started;
  }

  /**
   * Hands on all that is held.
   *
   * @param sink takes it
   */
  public void finish(EventSink sink) {
    for (; oldestHeld < count; oldestHeld++) {
      tell(slotOf(oldestHeld), sink);
    }
  }

  private void allocate() {
    if (keys.length == 0) {
      keys = new long[CAPACITY];
      lines = new long[CAPACITY];
      held = new @Nullable ConnectionEvent[CAPACITY];
      present = new boolean[CAPACITY];
      next = new int[CAPACITY];
      first = new int[CAPACITY];
      Arrays.fill(first, NONE);
      newest = CAPACITY - 1;
    }
  }

  private void advance(long now, EventSink sink) {
    latest = Math.max(latest, now);
    while (oldestHeld < count) {
      int slot = slotOf(oldestHeld);
      ConnectionEvent event = held[slot];
      if (count - oldestHeld < CAPACITY
          && event != null
          && latest - event.timeMicros() < holdMicros) {
        return;
      }
      tell(slot, sink);
      oldestHeld++;
    }
  }

  private static int slotOf(long index) {
    return (int) index & (CAPACITY - 1);
  }

  private void tell(int slot, EventSink sink) {
    ConnectionEvent event = held[slot];
    if (event != null) {
      held[slot] = null;
      sink.connection(event, lines[slot]);
    }
  }

  private static int bucket(long key) {
    return (int) (key >>> 40) & (CAPACITY - 1);
  }

  private int find(long key) {
    int slot = first[bucket(key)];
    while (slot != NONE && keys[slot] != key) {
      slot = next[slot];
    }
    return slot;
  }

  private void remove(int slot) {
    int bucket = bucket(keys[slot]);
    int before = NONE;
    int at = first[bucket];
    while (at != slot) {
      before = at;
      at = next[at];
    }
    if (before == NONE) {
      first[bucket] = next[slot];
    } else {
      next[before] = next[slot];
    }
    present[slot] = false;
  }
}
