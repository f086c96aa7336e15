package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The solver against bisection of the equation as it is written. */
class RankLikelihoodProperties {
  @Property(tries = 3000)
  void anyCounts(@ForAll @Size(16) List<@IntRange(max = 256) Integer> counts) {
    check(counts.stream().mapToInt(Integer::intValue).toArray());
  }

  @Property(tries = 2000)
  void likelyCounts(@ForAll @IntRange(max = 2_400) int hundredthsOfLog2, @ForAll long noise) {
    double items = Math.pow(2, hundredthsOfLog2 / 100.0) / 256;
    int[] counts = new int[16];
    for (int i = 0; i < 16; i++) {
      double alive = 256 * -Math.expm1(-items * Math.pow(2, -Math.min(i + 1, 15)));
      long shift = (noise >>> (4 * i) & 15) - 8;
      counts[i] = (int) Math.max(0, Math.min(256, Math.round(alive + shift * alive / 100)));
    }
    check(counts);
  }

  @Example
  void none() {
    assertEquals(0, solve(new int[16]));
  }

  @Example
  void oneCell() {
    int[] counts = new int[16];
    counts[15] = 1;
    assertEquals(1.0 / 256, solve(counts), 1e-4);
  }

  @Example
  void allCells() {
    int[] counts = new int[16];
    Arrays.fill(counts, 256);
    double saturated = solve(counts);
    counts[15] = 255;
    double nearly = solve(counts);
    assertEquals(Math.log(512) * (1 << 15), nearly, 1e-3 * nearly);
    assertTrue(nearly < saturated && nearly > saturated / 2, () -> "nearly " + nearly);
  }

  private static void check(int[] counts) {
    double idle = 0;
    int alive = 0;
    for (int i = 0; i < 16; i++) {
      idle += (256 - counts[i]) * Math.pow(2, -Math.min(i + 1, 15));
      alive += counts[i];
    }
    if (alive == 0 || idle == 0) {
      return;
    }
    double low = 0;
    double high = 1e9;
    while (high - low > 1e-9 * high) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < 16; i++) {
        double p = Math.pow(2, -Math.min(i + 1, 15));
        sum += counts[i] * p / Math.expm1(middle * p);
      }
      if (sum > idle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    assertEquals(low, solve(counts), 1e-4 * low);
  }

  private static double solve(int[] counts) {
    long[] packed = new long[4];
    for (int i = 0; i < 16; i++) {
      packed[i / 4] |= (long) counts[i] << (16 * (i % 4));
    }
    return RankLikelihood.itemsPerRow(packed[0], packed[1], packed[2], packed[3]);
  }
}
