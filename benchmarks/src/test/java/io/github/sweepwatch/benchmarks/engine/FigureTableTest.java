package io.github.sweepwatch.benchmarks.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  private final FigureTable table =
      new FigureTable(
          List.of(
              figure("10k", 1, Implementation.SWEEPWATCH, 1_000_000, 0.001),
              figure("10k", 1, Implementation.SWEEPWATCH_BATCH, 1_500_000, 0),
              figure("10k", 1, Implementation.ENGINE_ALONE, 1_250_000, 0),
              figure("10k", 1, Implementation.HLL_SKETCH, 250_000, 32),
              figure("10k", 2, Implementation.SWEEPWATCH, 1_900_000, 0),
              figure("1M", 2, Implementation.HLL_SKETCH, 250_000, Double.NaN)));

  @Test
  void ratiosAreOursToThePeerOfTheSameCase() {
    assertEquals(
        """
        workload,threads,implementation,events/s,ratio ours/peer,B/op,bytes a source
        10k,1,sweepwatch,1000000,,0.0010,91.0
        10k,1,sweepwatchBatch,1500000,,0.0000,91.0
        10k,1,engineAlone,1250000,,0.0000,91.0
        10k,1,hllSketch,250000,4.00,32.0000,91.0
        10k,2,sweepwatch,1900000,,0.0000,91.0
        1M,2,hllSketch,250000,,,91.0
        """,
        table.csv());
  }

  @Test
  void theTextAlignsColumnsAndComparesOursWithOurs() {
    assertEquals(
        """
        workload  threads  implementation    events/s  ratio ours/peer    B/op  bytes a source
        10k       1        sweepwatch       1,000,000                    0.001              91
        10k       1        sweepwatchBatch  1,500,000                    0.000              91
        10k       1        engineAlone      1,250,000                    0.000              91
        10k       1        hllSketch          250,000             4.00  32.000              91
        10k       2        sweepwatch       1,900,000                    0.000              91
        1M        2        hllSketch          250,000                                       91
        batch against one by one, 10k, 1 threads, sweepwatchBatch: 1.50
        against the engine alone, 10k, 1 threads, sweepwatch: 0.80
        against one thread, 10k, 2 threads, sweepwatch: 1.90
        """,
        table.text());
  }

  private static Figure figure(
      String workload, int threads, Implementation implementation, double rate, double allocated) {
    return new Figure(workload, threads, implementation, rate, allocated, 91);
  }
}
