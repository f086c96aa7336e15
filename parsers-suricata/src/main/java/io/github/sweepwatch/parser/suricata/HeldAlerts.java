package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.spi.EventSink;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connections that alerts told of and whose outcome is open, kept back for a while: the flow's own
 * record says how it ended, and for a probe it comes as soon as the probe has timed out. Bounded:
 * at most {@value #MAX_HELD}, the oldest giving way. Not thread-safe.
 */
final class HeldAlerts {
  /** How many are kept back at most. */
  static final int MAX_HELD = 4096;

  /** How long, by the records' own time: twice as long as Suricata waits for an answer. */
  static final long MAX_MICROS = 120_000_000;

  private static final int SLOT_BITS = 13;

  private final Map<Long, Held> held = new LinkedHashMap<>();
  // How many are held by some bits of their keys: most flows have no alert, and need no look-up.
  private final short[] bySlot = new short[1 << SLOT_BITS];

  private record Held(ConnectionEvent event, long line, long start, long time) {
    void release(EventSink sink) {
      sink.connection(event, line);
    }
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /**
   * Keeps a connection back.
   *
   * @param start when the flow began, or negative
   * @param time when the alert came
   */
  void put(long key, long start, ConnectionEvent event, long line, long time, EventSink sink) {
    Held before = held.put(key, new Held(event, line, start, time));
    if (before != null) {
      before.release(sink);
    } else {
      bySlot[slot(key)]++;
    }
    if (held.size() > MAX_HELD) {
      Iterator<Map.Entry<Long, Held>> oldest = held.entrySet().iterator();
      release(oldest, oldest.next(), sink);
    }
  }

  /** Forgets a connection that a flow record tells of; returns whether there was one. */
  boolean replace(long key, long start) {
    if (bySlot[slot(key)] == 0) {
      return false;
    }
    Held known = held.get(key);
    if (known == null || (known.start != start && known.start >= 0 && start >= 0)) {
      return false;
    }
    held.remove(key);
    bySlot[slot(key)]--;
    return true;
  }

  /** Hands on those that have waited long enough. */
  void release(long now, EventSink sink) {
    while (!held.isEmpty()) {
      Iterator<Map.Entry<Long, Held>> oldest = held.entrySet().iterator();
      Map.Entry<Long, Held> next = oldest.next();
      if (now - next.getValue().time < MAX_MICROS) {
        return;
      }
      release(oldest, next, sink);
    }
  }

  private void release(
      Iterator<Map.Entry<Long, Held>> at, Map.Entry<Long, Held> entry, EventSink sink) {
    bySlot[slot(entry.getKey())]--;
    at.remove();
    entry.getValue().release(sink);
  }

  private static int slot(long key) {
    return (int) (key >>> (Long.SIZE - SLOT_BITS));
  }

  /** Hands on all. */
  void releaseAll(EventSink sink) {
    release(Long.MAX_VALUE, sink);
  }
}
