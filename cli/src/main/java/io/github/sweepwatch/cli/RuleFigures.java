package io.github.sweepwatch.cli;

import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * How the count of one rule is spread over the sources of one side. Quantiles are those of a KLL
 * sketch (Karnin, Lang, Liberty, "Optimal quantile approximation in streams", 2016): exact for some
 * thousand sources, beyond that off by 0.1 % of the ranks.
 */
final class RuleFigures {
  /** Multiples of the present threshold whose rates are told, in percent. */
  static final int[] LADDER = {50, 100, 200, 500, 1_000};

  private static final int K = 4_096;

  private final KllDoublesSketch maxima = KllDoublesSketch.newHeapInstance(K);
  private final int threshold;
  private final long[] reached = new long[LADDER.length];

  RuleFigures(int threshold) {
    this.threshold = threshold;
  }

  int threshold() {
    return threshold;
  }

  /** A rung of the ladder, rounded up. */
  long rung(int index) {
    return ((long) threshold * LADDER[index] + 99) / 100;
  }

  /** Takes the greatest count of a source over all; what a rule counts nothing of is left out. */
  void addSource(int count) {
    if (count > 0) {
      maxima.update(count);
    }
  }

  /** Takes the greatest count of a source in a day. */
  void addDay(int count) {
    for (int i = 0; i < LADDER.length; i++) {
      if (count >= rung(i)) {
        reached[i]++;
      }
    }
  }

  long sources() {
    return maxima.getN();
  }

  /** The count that a share of the sources does not exceed; there is a source. */
  long quantile(double rank) {
    return Math.round(maxima.getQuantile(rank));
  }

  long maximum() {
    return Math.round(maxima.getMaxItem());
  }

  /** How many sources reached each rung, each day's anew. */
  long[] reached() {
    return Arrays.copyOf(reached, reached.length);
  }
}
