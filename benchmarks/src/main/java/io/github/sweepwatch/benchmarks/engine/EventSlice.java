package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Some of the events in an array, as one thread goes through them. Not thread-safe. */
final class EventSlice {
  /** How many events a slice has. */
  static final int SIZE = 4_096;

  /** How many events a batch has. */
  static final int BATCH = 64;

  private final ConnectionEvent[] events;
  private final Batch batch = new Batch();
  private int from;

  /** The array's first events; it has a multiple of {@link #SIZE}. */
  EventSlice(ConnectionEvent[] events) {
    this.events = events;
  }

  /** Moves to another part of the array. */
  void moveTo(int start) {
    from = start;
  }

  /** One of the events. */
  ConnectionEvent get(int i) {
    return events[from + i];
  }

  /** A batch that begins at one of the events; it is good until the next is asked for. */
  List<ConnectionEvent> batch(int start) {
    batch.from = from + start;
    return batch;
  }

  private final class Batch extends AbstractList<ConnectionEvent> implements RandomAccess {
    private int from;

    @Override
    public ConnectionEvent get(int i) {
      return events[from + i];
    }

    @Override
    public int size() {
      return BATCH;
    }
  }
}
