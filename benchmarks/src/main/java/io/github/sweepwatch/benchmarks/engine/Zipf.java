package io.github.sweepwatch.benchmarks.engine;

import java.util.SplittableRandom;

/**
 * Ranks by Zipf's law with exponent 1, by rejection-inversion (Hörmann and Derflinger 1996). Not
 * thread-safe.
 */
final class Zipf {
  private final int ranks;
  private final SplittableRandom random;
  private final double low;
  private final double high;
  private final double sure;

  /** Ranks from 1 to a greatest one. */
  Zipf(int ranks, SplittableRandom random) {
    this.ranks = ranks;
    this.random = random;
    low = Math.log(1.5) - 1;
    high = Math.log(ranks + 0.5);
    sure = 2 - Math.exp(Math.log(2.5) - 0.5);
  }

  /** The next rank, 1 or more. */
  int next() {
    while (true) {
      double area = high + random.nextDouble() * (low - high);
      double x = Math.exp(area);
      int rank = Math.max(1, Math.min(ranks, (int) (x + 0.5)));
      if (rank - x <= sure || area >= Math.log(rank + 0.5) - 1.0 / rank) {
        return rank;
      }
    }
  }
}
