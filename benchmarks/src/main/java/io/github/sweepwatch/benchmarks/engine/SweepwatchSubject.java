package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.ConnectionEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** This library's detector with its default policy or without verdicts; counts what it finds. */
final class SweepwatchSubject implements Subject {
  /**
   * A policy needs a rule. This one counts pairs, which nobody has so many of, within a day, the
   * time for which contacts are kept.
   */
  private static final CountRule SILENT =
      CountRule.of("silent", ScanType.BLOCK, CountRule.Measure.PAIRS)
          .limit(Integer.MAX_VALUE, Integer.MAX_VALUE, CountRule.MAX_WINDOW);

  private final LongAdder opened = new LongAdder();
  private final ScanDetector detector;

  SweepwatchSubject(long memoryBudget) {
    this(memoryBudget, DetectionPolicy.defaults());
  }

  private SweepwatchSubject(long memoryBudget, DetectionPolicy policy) {
    detector =
        ScanDetector.builder()
            .memoryBudget(memoryBudget)
            .policy(policy)
            .onAlert(this::count)
            .build();
  }

  /**
   * The engine alone: what it costs to keep the contacts of all sources, with which verdicts begin.
   * The table, its evictions, the sketches of hosts, services and pairs, and event time are those
   * of the default policy. Left out is all that verdicts add: the rules' counts, and the sketches
   * by service and by host that only rules read; what is kept against those who come near a limit;
   * incidents; joint rules, decoys, and IPv6 networks.
   */
  static SweepwatchSubject engineAlone(long memoryBudget) {
    return new SweepwatchSubject(
        memoryBudget,
        DetectionPolicy.defaults().toBuilder()
            .name("engine alone")
            .rules(List.of(SILENT))
            .jointRules(List.of())
            .decoyTime(Duration.ZERO)
            .ipv6Prefix(DetectionPolicy.WHOLE_ADDRESS)
            .build());
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

  DetectorStats stats() {
    return detector.stats();
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
    DetectorStats stats = stats();
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
