package io.github.sweepwatch.detect.internal;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** Races around the promotion and the dropping of a source's items. */
final class DistinctItemsStress {
  private static final int STAMP = 100;
  private static final int NOW = STAMP + 1;
  private static final int FULL = ContactBlock.MAX_ENTRIES;

  /** Items that have a cell each, so that the loss of any shows. */
  private static final long[] ITEMS =
      LongStream.range(1, 1_000)
          .boxed()
          .collect(Collectors.toMap(CouponMatrix::coupon, item -> item, Math::min, TreeMap::new))
          .values()
          .stream()
          .mapToLong(item -> item)
          .limit(FULL + 2)
          .toArray();

  private static final int[] COUPONS =
      Arrays.stream(ITEMS).mapToInt(CouponMatrix::coupon).toArray();

  private DistinctItemsStress() {}

  private static int touch(DistinctItems items, int i, int stamp, ByteBudget budget) {
    int age = items.touch(ITEMS[i], COUPONS[i], stamp, NOW, budget);
    return age == ContactBlock.NEW ? -1 : age;
  }

  private static void fill(DistinctItems items, int count, ByteBudget budget) {
    for (int i = 0; i < count; i++) {
      touch(items, i, STAMP, budget);
    }
  }

  /** How many of the first items have left no trace. */
  private static int lost(DistinctItems items, int count, ByteBudget budget) {
    int lost = 0;
    for (int i = 0; i < count; i++) {
      lost += touch(items, i, STAMP, budget) < 0 ? 1 : 0;
    }
    return lost;
  }

  /** Two items that do not fit the block: nothing is lost, and one matrix is paid for. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "-1, -1, 0, 8224", desc = "all are there")
  @State
  public static class PromotionRacingInsert {
    private final ByteBudget budget = new ByteBudget(100_000);
    private final DistinctItems items = new DistinctItems(false);

    public PromotionRacingInsert() {
      fill(items, FULL, budget);
    }

    @Actor
    public void first(IIII_Result r) {
      r.r1 = touch(items, FULL, NOW, budget);
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = touch(items, FULL + 1, NOW, budget);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = lost(items, FULL + 2, budget);
      r.r4 = (int) budget.used();
    }
  }

  /** An item that is touched again during a promotion keeps its later stamp. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "-1, 1, 0, 0", desc = "touched before or after")
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "-1, -1, 0, 0",
      desc = "touched meanwhile, and taken for new")
  @State
  public static class PromotionRacingRaise {
    private final ByteBudget budget = new ByteBudget(100_000);
    private final DistinctItems items = new DistinctItems(false);

    public PromotionRacingRaise() {
      fill(items, FULL, budget);
    }

    @Actor
    public void promote(IIII_Result r) {
      r.r1 = touch(items, FULL, NOW, budget);
    }

    @Actor
    public void raise(IIII_Result r) {
      r.r2 = touch(items, 0, NOW, budget);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = touch(items, 0, NOW, budget);
      r.r4 = lost(items, FULL + 1, budget);
    }
  }

  /** What is dropped while it grows is given back to the byte. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0", desc = "all given back")
  @State
  public static class DropRacingGrowth {
    private final ByteBudget budget = new ByteBudget(100_000);
    private final DistinctItems items = new DistinctItems(false);

    public DropRacingGrowth() {
      fill(items, 8, budget);
    }

    @Actor
    public void touch() {
      DistinctItemsStress.touch(items, 8, NOW, budget);
    }

    @Actor
    public void drop() {
      items.drop(budget);
    }

    @Arbiter
    public void after(J_Result r) {
      r.r1 = budget.used();
    }
  }

  /** What is dropped while it is promoted is given back to the byte. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0", desc = "all given back")
  @State
  public static class DropRacingPromotion {
    private final ByteBudget budget = new ByteBudget(100_000);
    private final DistinctItems items = new DistinctItems(false);

    public DropRacingPromotion() {
      fill(items, FULL, budget);
    }

    @Actor
    public void touch() {
      DistinctItemsStress.touch(items, FULL, NOW, budget);
    }

    @Actor
    public void drop() {
      items.drop(budget);
    }

    @Arbiter
    public void after(J_Result r) {
      r.r1 = budget.used();
    }
  }
}
