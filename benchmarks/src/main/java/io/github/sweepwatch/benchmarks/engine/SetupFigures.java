package io.github.sweepwatch.benchmarks.engine;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Carries figures that a benchmark finds while it sets up, such as the heap in use, to JMH's
 * results: a profiler runs in the benchmark's own virtual machine.
 */
public final class SetupFigures implements InternalProfiler {
  /** Bytes of heap a source. */
  static final String SOURCE_BYTES = "sourceBytes";

  /** How many sources there are. */
  static final String SOURCES = "sources";

  /** The share of the events that come from dense scanners, in percent. */
  static final String DENSE_PERCENT = "denseEvents";

  /** The share of the events that come from sparse scanners, in percent. */
  static final String SPARSE_SCAN_PERCENT = "sparseScanEvents";

  private static final Map<String, Double> FIGURES = new ConcurrentSkipListMap<>();

  /** Called by JMH. */
  public SetupFigures() {}

  /** Takes a figure of this virtual machine. */
  static void put(String label, double value) {
    FIGURES.put(label, value);
  }

  @Override
  public String getDescription() {
    return "what the benchmark found while it set up";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return FIGURES.entrySet().stream()
        .map(each -> new ScalarResult(each.getKey(), each.getValue(), "", AggregationPolicy.AVG))
        .toList();
  }
}
