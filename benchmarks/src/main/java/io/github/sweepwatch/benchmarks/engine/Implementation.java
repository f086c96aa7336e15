package io.github.sweepwatch.benchmarks.engine;

import java.util.stream.Stream;

/** What there is to compare. */
enum Implementation {
  /** This library, one event at a time. */
  SWEEPWATCH("sweepwatch"),

  /** This library, {@link EventSlice#BATCH} events at a time. */
  SWEEPWATCH_BATCH("sweepwatchBatch"),

  /** This library without verdicts, one event at a time. */
  ENGINE_ALONE("engineAlone"),

  /** DataSketches' HllSketch in a concurrent map. */
  HLL_SKETCH("hllSketch"),

  /** hash4j's UltraLogLog in a concurrent map. */
  ULTRA_LOG_LOG("ultraLogLog"),

  /** Hash sets in a hash map. */
  HASH_SET("hashSet"),

  /** DataSketches' UniqueCountMap. */
  UNIQUE_COUNT_MAP("uniqueCountMap"),

  /** Esper. */
  ESPER("esper");

  private final String label;

  Implementation(String label) {
    this.label = label;
  }

  /** Its name in tables and parameters. */
  String label() {
    return label;
  }

  /** Whether it is this library. */
  boolean isOurs() {
    return this == SWEEPWATCH || this == SWEEPWATCH_BATCH || this == ENGINE_ALONE;
  }

  /** Makes one; the memory budget is for ours, peers have none. */
  Subject create(long memoryBudget) {
    return switch (this) {
      case SWEEPWATCH -> new SweepwatchSubject(memoryBudget);
      case SWEEPWATCH_BATCH -> new SweepwatchSubject(memoryBudget).inBatches();
      case ENGINE_ALONE -> SweepwatchSubject.engineAlone(memoryBudget);
      case HLL_SKETCH -> new HllSketchPeer();
      case ULTRA_LOG_LOG -> new UltraLogLogPeer();
      case HASH_SET -> new HashSetPeer();
      case UNIQUE_COUNT_MAP -> new UniqueCountMapPeer();
      case ESPER -> new EsperPeer();
    };
  }

  /** The implementation of a name. */
  static Implementation labelled(String label) {
    return Stream.of(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such implementation: " + label));
  }
}
