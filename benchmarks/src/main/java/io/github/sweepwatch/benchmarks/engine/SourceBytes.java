package io.github.sweepwatch.benchmarks.engine;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Carries the heap a source takes from the benchmark, which measures it while it sets up, to the
 * results.
 */
public final class SourceBytes implements InternalProfiler {
  /** The name of the result. */
  static final String LABEL = "sourceBytes";

  private static volatile double measured = Double.NaN;

  /** Called by JMH. */
  public SourceBytes() {}

  /** Takes what was measured in this virtual machine. */
  static void measured(double bytes) {
    measured = bytes;
  }

  @Override
  public String getDescription() {
    return "bytes of heap a source";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return Double.isNaN(measured)
        ? List.of()
        : List.of(new ScalarResult(LABEL, measured, "B", AggregationPolicy.AVG));
  }
}
