package io.github.sweepwatch.detect.internal;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The admission filter in a flood: every sighting is of another source. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SightingFilterBenchmark {
  private final SightingFilter filter = new SightingFilter(16 << 20);

  /** A thread's own sources. */
  @State(Scope.Thread)
  public static class Sources {
    private long next = System.nanoTime();

    long hash() {
      next += 0x9e37_79b9_7f4a_7c15L;
      long mixed = (next ^ next >>> 32) * 0xd6e8_feb8_6659_fd93L;
      return mixed ^ mixed >>> 32;
    }
  }

  /** A source that was never seen. */
  @Benchmark
  public int sightNew(Sources sources) {
    return filter.sight(sources.hash());
  }

  /** Only the source's hash, to subtract. */
  @Benchmark
  public long hashOnly(Sources sources) {
    return sources.hash();
  }
}
