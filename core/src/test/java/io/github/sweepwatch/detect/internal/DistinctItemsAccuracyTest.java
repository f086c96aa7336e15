package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far estimates lie from the truth, over a fixed number of trials with fixed seeds. */
class DistinctItemsAccuracyTest {
  private static final int[] WINDOWS = {30, 150, 1_800, Tick.HORIZON};
  private static final int SWEEP_TICKS = 8_192;
  private static final double MAX_RSE = 0.05;
  private static final double MAX_BIAS = 0.02;

  private final StringBuilder table = new StringBuilder();

  @AfterEach
  void report() {
    System.out.println(table);
  }

  /** A day and a half of steady items before the windows' own. */
  @Test
  void afterADayOfSteadyHistory() {
    trials(64, 1, 4_000, false, new int[] {64, 200, 1_000, 5_000});
    trials(64, 2, 40_000, false, new int[] {64, 64, 64, 64});
    trials(64, 3, 20_000, false, new int[] {1_000, 3_000, 10_000, 10_000});
  }

  /** The same with bursts, gaps of hours, touches up to an hour late, and items touched again. */
  @Test
  void afterADayOfBurstsGapsLateAndRepeatedItems() {
    trials(64, 4, 4_000, true, new int[] {64, 300, 2_000, 20_000});
    trials(64, 5, 60_000, true, new int[] {100, 100, 100, 100});
    trials(64, 6, 20_000, true, new int[] {10_000, 10_000, 30_000, 30_000});
  }

  /** The most items there may be; before the day began, twice as many were touched. */
  @Test
  void fromAHundredThousandToTenMillionSpreadOverTheDay() {
    for (int items : new int[] {100_000, 300_000, 1_000_000, 3_000_000, 10_000_000}) {
      simulated(items, new int[] {2 * items, items / 8, items / 8, items / 4, items / 2});
    }
  }

  @Test
  void fromAHundredThousandToTenMillionInABurst() {
    for (int items : new int[] {100_000, 1_000_000, 10_000_000}) {
      simulated(items, new int[] {2 * items, 0, 0, 0, items});
    }
  }

  /** Cells are raised with the probability with which so many items raise them. */
  private void simulated(int seed, int[] sizes) {
    int[] ago = {60_000, 40_000, 1_500, 100, 10};
    Errors[] errors = errors();
    for (int trial = 0; trial < 200; trial++) {
      Stream stream = new Stream(new SplittableRandom(seed + trial), false);
      stream.promote();
      int[] truth = new int[WINDOWS.length];
      for (int i = 0; i < ago.length; i++) {
        stream.advance(200_000 - ago[i]);
        stream.raiseAsBy(sizes[i]);
        for (int w = 0; w < WINDOWS.length; w++) {
          truth[w] += ago[i] < WINDOWS[w] ? sizes[i] : 0;
        }
      }
      stream.advance(200_000);
      for (int w = 0; w < WINDOWS.length; w++) {
        errors[w].add(stream.count(WINDOWS[w]), truth[w]);
      }
    }
    check("simulated, seed " + seed, errors);
  }

  /** Hosts that share codes of 28 bits, each touched for real. */
  @Test
  void tenMillionHosts() {
    Errors all = new Errors();
    for (int trial = 0; trial < 40; trial++) {
      SplittableRandom random = new SplittableRandom(77 + trial);
      DistinctItems hosts = new DistinctItems(true);
      ByteBudget budget = new ByteBudget(1 << 20);
      for (int i = 0; i < 10_000_000; i++) {
        long code = random.nextLong() >>> 36;
        int now = 1 + i / 1_000_000;
        hosts.touch(code, CouponMatrix.coupon(code), now, now, budget);
      }
      all.add(hosts.count(10, 30), 10_000_000);
    }
    table.append(all.line("ten million hosts"));
    assertTrue(all.rse() <= MAX_RSE && Math.abs(all.bias()) <= MAX_BIAS, table::toString);
  }

  private void trials(int trials, int seed, int history, boolean rough, int[] perWindow) {
    Errors[] errors = errors();
    for (int trial = 0; trial < trials; trial++) {
      Stream stream = new Stream(new SplittableRandom(1_000L * seed + trial), rough);
      stream.history(history);
      // What each window has beyond the shorter one, from the longest to the shortest.
      for (int w = WINDOWS.length - 1; w >= 0; w--) {
        int inner = w == 0 ? 0 : WINDOWS[w - 1];
        stream.advance(200_000 - (WINDOWS[w] + inner) / 2);
        stream.fresh(perWindow[w] - (w == 0 ? 0 : perWindow[w - 1]));
      }
      stream.advance(200_000);
      for (int w = 0; w < WINDOWS.length; w++) {
        errors[w].add(stream.count(WINDOWS[w]), stream.truth(WINDOWS[w]));
      }
    }
    check((rough ? "rough" : "steady") + ", seed " + seed + ", " + history + " before", errors);
  }

  private void check(String name, Errors[] errors) {
    for (int w = 0; w < WINDOWS.length; w++) {
      table.append(errors[w].line(name + ", window " + WINDOWS[w]));
    }
    for (Errors each : errors) {
      assertTrue(each.rse() <= MAX_RSE && Math.abs(each.bias()) <= MAX_BIAS, table::toString);
    }
  }

  private static Errors[] errors() {
    Errors[] errors = new Errors[WINDOWS.length];
    Arrays.setAll(errors, i -> new Errors());
    return errors;
  }

  private static final class Errors {
    private int number;
    private double truths;
    private double sum;
    private double squares;

    void add(double estimate, double truth) {
      double error = estimate / truth - 1;
      number++;
      truths += truth;
      sum += error;
      squares += error * error;
    }

    double bias() {
      return sum / number;
    }

    double rse() {
      return Math.sqrt(squares / number);
    }

    String line(String name) {
      return String.format(
          Locale.ROOT,
          "%n%-50s n %.0f, bias %+.2f %%, RSE %.2f %%",
          name,
          truths / number,
          100 * bias(),
          100 * rse());
    }
  }

  /** A stream of touches with the truth beside it. */
  private static final class Stream {
    private final DistinctItems items = new DistinctItems(false);
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final SplittableRandom random;
    private final boolean rough;
    private final long salt;
    private int[] latest = new int[1 << 17];
    private int number;
    private int tick = 100_000;

    Stream(SplittableRandom random, boolean rough) {
      this.random = random;
      this.rough = rough;
      salt = random.nextLong();
    }

    void advance(int to) {
      while (tick < to) {
        int next = Math.min(to, (tick / SWEEP_TICKS + 1) * SWEEP_TICKS);
        if (next % SWEEP_TICKS == 0) {
          items.sweep(Tick.stamp(next));
        }
        tick = next;
      }
    }

    /** More than a day, ending an hour and a day before the windows do. */
    void history(int touches) {
      int from = tick;
      int span = 200_000 - Tick.HORIZON + 1_000 - from;
      for (int i = 0; i < touches; i++) {
        // Bursts: twenty steps, with gaps of over an hour between.
        int at = rough ? i * 20 / touches * (span / 20) : (int) ((long) i * span / touches);
        advance(from + at);
        fresh(1);
      }
    }

    /** Touches items that were never touched, some of them late; and some others again. */
    void fresh(int touches) {
      for (int i = 0; i < touches; i++) {
        int late = rough && random.nextInt(4) == 0 ? random.nextInt(1_800) : 0;
        touch(number++, late);
        if (rough && random.nextInt(3) == 0) {
          touch(random.nextInt(number), random.nextInt(1_800));
        }
      }
    }

    private void touch(int index, int late) {
      // An odd factor: distinct items of 46 bits.
      long item = (index + salt) * 0x9e37_79b9_7f4a_7c15L & (1L << 46) - 1;
      items.touch(
          item, CouponMatrix.coupon(item), Tick.stamp(tick - late), Tick.stamp(tick), budget);
      if (index == latest.length) {
        latest = Arrays.copyOf(latest, 2 * index);
      }
      latest[index] = Math.max(latest[index], tick - late);
    }

    double truth(int window) {
      return Arrays.stream(latest, 0, number).filter(seen -> tick - seen < window).count();
    }

    double count(int window) {
      return items.count(Tick.stamp(tick), window);
    }

    /** Fills the block, so that cells can be raised. */
    void promote() {
      fresh(129);
    }

    /** Raises each cell as if by so many items, each of which falls in it by chance. */
    void raiseAsBy(int touches) {
      for (int coupon = 0; coupon < CouponMatrix.ROWS * CouponMatrix.RANKS; coupon++) {
        int rank = Math.min((coupon & 15) + 1, CouponMatrix.RANKS - 1);
        double share = Math.scalb(1.0 / CouponMatrix.ROWS, -rank);
        if (random.nextDouble() < -Math.expm1(-share * touches)) {
          items.touch(0, coupon, Tick.stamp(tick), Tick.stamp(tick), budget);
        }
      }
    }
  }
}
