package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Races for the entries of one block. */
final class ContactBlockStress {
  private static final int STAMP = 100;
  private static final int NOW = STAMP + 1;
  private static final int SMALLEST = 8;

  private ContactBlockStress() {}

  private static void fill(ContactBlock block, ByteBudget budget) {
    for (int key = 1; key <= SMALLEST; key++) {
      block.touch(key, STAMP, NOW, budget);
    }
  }

  /** 1 for new, the age or what went wrong else. */
  private static int newness(int age) {
    return age == ContactBlock.NEW ? 1 : age;
  }

  private static boolean paidFor(ContactBlock block, ByteBudget budget) {
    return block.bytes() == budget.used();
  }

  /** Two new keys, and the block's first array. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "1, 1, 2, 88",
      desc = "both are there, and one array is paid for")
  @State
  public static class TwoKeys {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    @Actor
    public void first(IIII_Result r) {
      r.r1 = newness(block.touch(1, NOW, NOW, budget));
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = newness(block.touch(2, NOW, NOW, budget));
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = block.count(NOW, 1);
      r.r4 = (int) budget.used();
    }
  }

  /** One key twice: one touch is the first, the later stamp stays. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, false, 1", desc = "the earlier stamp came first")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, true, 1", desc = "the later stamp came first")
  @State
  public static class OneKeyTwice {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    @Actor
    public void earlier(ZZI_Result r) {
      r.r1 = block.touch(1, STAMP, NOW, budget) == ContactBlock.NEW;
    }

    @Actor
    public void later(ZZI_Result r) {
      r.r2 = block.touch(1, NOW, NOW, budget) == ContactBlock.NEW;
    }

    @Arbiter
    public void after(ZZI_Result r) {
      r.r3 = block.count(NOW, 1);
    }
  }

  /** Two keys that make a full block grow. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "1, 1, 10, 152",
      desc = "all are there, and one growth is paid for")
  @State
  public static class GrowthRacingInsert {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    public GrowthRacingInsert() {
      fill(block, budget);
    }

    @Actor
    public void first(IIII_Result r) {
      r.r1 = newness(block.touch(9, NOW, NOW, budget));
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = newness(block.touch(10, NOW, NOW, budget));
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = block.count(NOW, 2);
      r.r4 = (int) budget.used();
    }
  }

  /** A key whose stamp is raised while the block grows keeps the later stamp. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "1, 1, 2, 9",
      desc = "both have the later stamp, the others are there")
  @State
  public static class GrowthRacingRaise {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    public GrowthRacingRaise() {
      fill(block, budget);
    }

    @Actor
    public void grow(IIII_Result r) {
      r.r1 = newness(block.touch(9, NOW, NOW, budget));
    }

    @Actor
    public void raise(IIII_Result r) {
      r.r2 = block.touch(1, NOW, NOW, budget);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = block.count(NOW, 1);
      r.r4 = block.count(NOW, 2);
    }
  }

  /** Whoever seals sees every touch that did not hear of it. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 2, true", desc = "touched before")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 1, true", desc = "touched after")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 2, true", desc = "seen, and told all the same")
  @State
  public static class SealRacingInsert {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    public SealRacingInsert() {
      block.touch(1, NOW, NOW, budget);
    }

    @Actor
    public void touch(IIZ_Result r) {
      r.r1 = newness(block.touch(2, NOW, NOW, budget));
    }

    @Actor
    public void seal(IIZ_Result r) {
      block.seal();
      r.r2 = block.copyTo(new long[ContactBlock.MAX_ENTRIES], 0, NOW);
    }

    @Arbiter
    public void after(IIZ_Result r) {
      r.r3 = paidFor(block, budget);
    }
  }

  /** The same where the block has no array yet. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 1, true", desc = "touched before")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 0, true", desc = "touched after")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 1, true", desc = "seen, and told all the same")
  @State
  public static class SealRacingTheFirst {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    @Actor
    public void touch(IIZ_Result r) {
      r.r1 = newness(block.touch(2, NOW, NOW, budget));
    }

    @Actor
    public void seal(IIZ_Result r) {
      block.seal();
      r.r2 = block.copyTo(new long[ContactBlock.MAX_ENTRIES], 0, NOW);
    }

    @Arbiter
    public void after(IIZ_Result r) {
      r.r3 = paidFor(block, budget);
    }
  }

  /** The same where the touch makes the block grow. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 9, true", desc = "touched before")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 8, true", desc = "touched after")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-2, 9, true", desc = "seen, and told all the same")
  @State
  public static class SealRacingGrowth {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final ContactBlock block = new ContactBlock();

    public SealRacingGrowth() {
      fill(block, budget);
    }

    @Actor
    public void touch(IIZ_Result r) {
      r.r1 = newness(block.touch(9, NOW, NOW, budget));
    }

    @Actor
    public void seal(IIZ_Result r) {
      block.seal();
      r.r2 = block.copyTo(new long[ContactBlock.MAX_ENTRIES], 0, NOW);
    }

    @Arbiter
    public void after(IIZ_Result r) {
      r.r3 = paidFor(block, budget);
    }
  }
}
