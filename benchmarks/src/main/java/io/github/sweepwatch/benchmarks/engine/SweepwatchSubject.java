package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import java.util.concurrent.atomic.LongAdder;

/** This library's detector with its default policy, and a listener that counts. */
final class SweepwatchSubject implements Subject {
  private final LongAdder opened = new LongAdder();
  private final ScanDetector detector;

  SweepwatchSubject(long memoryBudget) {
    detector = ScanDetector.builder().memoryBudget(memoryBudget).onAlert(this::count).build();
  }

  private void count(ScanAlert alert) {
    if (alert.state() == ScanAlert.State.OPENED) {
      opened.increment();
    }
  }

  /** How many incidents were opened. */
  long opened() {
    return opened.sum();
  }

  @Override
  public void observe(ConnectionEvent event) {
    detector.observe(event);
  }

  /** The same detector, taking its events in batches. */
  Subject inBatches() {
    return new Subject() {
      @Override
      public void observe(ConnectionEvent event) {
        detector.observe(event);
      }

      @Override
      public void observe(EventSlice slice) {
        for (int i = 0; i < EventSlice.SIZE; i += EventSlice.BATCH) {
          detector.observe(slice.batch(i));
        }
      }

      @Override
      public String losses() {
        return SweepwatchSubject.this.losses();
      }
    };
  }

  @Override
  public String losses() {
    DetectorStats stats = detector.stats();
    return stats.degraded()
        ? stats.evictedSources()
            + " sources evicted, "
            + stats.reducedSources()
            + " times something of one dropped, "
            + stats.refusedEvents()
            + " events refused"
        : "";
  }
}
