package io.github.sweepwatch.detect.internal;

/**
 * The likeliest number of items, given how many rows have each rank alive. Thread-safe: a pure
 * function.
 *
 * <p>With λ items a row on average, a cell of a rank of probability p is alive with probability 1 −
 * e<sup>−λp</sup>, nearly independently of the others. Of m rows let c have a rank alive; the
 * likelihood is greatest where Σ c·p/(e<sup>λp</sup> − 1) = Σ (m − c)·p over all ranks. The left
 * side falls and is convex in λ, so Newton's method, once left of the root, comes to it from there.
 */
final class RankLikelihood {
  private static final int ROWS = CouponMatrix.ROWS;
  private static final int RANKS = CouponMatrix.RANKS;

  /** The probability of the last rank, and of the last but one. */
  private static final double LEAST = 1.0 / (1 << (RANKS - 1));

  /** What λ is if all cells are alive: its root if half a cell of the last two ranks were not. */
  private static final double SATURATED = Math.log(4.0 * ROWS) / LEAST;

  private static final double PRECISION = 1e-5;

  private RankLikelihood() {}

  /**
   * Solves for λ.
   *
   * @param counts1 rows with ranks 1 to 4 alive, in four times 16 bits, lowest first
   * @param counts5 ranks 5 to 8
   * @param counts9 ranks 9 to 12
   * @param counts13 ranks 13 to 16
   */
  static double itemsPerRow(long counts1, long counts5, long counts9, long counts13) {
    double idle = 0;
    int alive = 0;
    double guess = 0;
    for (int rank = 1; rank <= RANKS; rank++) {
      int count = count(rank, counts1, counts5, counts9, counts13);
      double probability = probability(rank);
      alive += count;
      idle += (ROWS - count) * probability;
      // The first rank that is not nearly saturated tells most.
      if (guess == 0 && count > 0 && (count < ROWS * 4 / 5 || rank == RANKS)) {
        guess = -Math.log1p(-Math.min(count, ROWS - 0.5) / ROWS) / probability;
      }
    }
    if (alive == 0) {
      return 0;
    }
    if (idle == 0) {
      return SATURATED;
    }
    // Counts that no items make have no such rank; any guess above 0 leads to the root.
    double start = guess == 0 ? (double) alive / ROWS : guess;
    return solve(start, idle, counts1, counts5, counts9, counts13);
  }

  private static double solve(
      double guess, double idle, long counts1, long counts5, long counts9, long counts13) {
    double next = guess;
    double lambda;
    do {
      lambda = next;
      double probability = LEAST;
      // e^(λp) − 1, doubled in p from rank to rank: (y + 1)² − 1.
      double grown = Math.expm1(lambda * probability);
      double value = -idle;
      double slope = 0;
      for (int rank = RANKS; rank >= 1; rank--) {
        if (rank < RANKS - 1) {
          probability *= 2;
          grown *= grown + 2;
        }
        double share = 1 / grown;
        double weight = count(rank, counts1, counts5, counts9, counts13) * probability;
        value += weight * share;
        slope -= weight * probability * share * (share + 1);
      }
      next = Math.max(lambda - value / slope, lambda / 8);
    } while (Math.abs(next - lambda) > PRECISION * lambda);
    return next;
  }

  private static double probability(int rank) {
    return 1.0 / (1 << Math.min(rank, RANKS - 1));
  }

  private static int count(int rank, long counts1, long counts5, long counts9, long counts13) {
    int index = rank - 1;
    long counts = index < 8 ? (index < 4 ? counts1 : counts5) : (index < 12 ? counts9 : counts13);
    return (int) (counts >>> ((index & 3) * 16)) & 0xffff;
  }
}
