package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;

/** What is measured: something that takes events, from any thread. It keeps none of them. */
interface Subject extends AutoCloseable {
  /** Takes an event. */
  void observe(ConnectionEvent event);

  /** Takes a slice's events in order. */
  default void observe(EventSlice slice) {
    for (int i = 0; i < EventSlice.SIZE; i++) {
      observe(slice.get(i));
    }
  }

  /** Says if it lost something for want of memory; empty if not. */
  default String losses() {
    return "";
  }

  @Override
  default void close() {}
}
