package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Races for one budget. */
final class ByteBudgetStress {
  private ByteBudgetStress() {}

  /** Of two that do not both fit, one comes in. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, false, 6", desc = "the first came in")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, true, 5", desc = "the second came in")
  @State
  public static class OneOfTwoFits {
    private final ByteBudget budget = new ByteBudget(10);

    @Actor
    public void first(ZZJ_Result r) {
      r.r1 = budget.reserve(6);
    }

    @Actor
    public void second(ZZJ_Result r) {
      r.r2 = budget.reserve(5);
    }

    @Arbiter
    public void after(ZZJ_Result r) {
      r.r3 = budget.used();
    }
  }

  /** Room that is given back while another wants it is had or not, but never counted twice. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, 5", desc = "after the release")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, 0", desc = "before the release")
  @State
  public static class ReleaseRacingReserve {
    private final ByteBudget budget = new ByteBudget(10);

    public ReleaseRacingReserve() {
      budget.reserve(6);
    }

    @Actor
    public void release() {
      budget.release(6);
    }

    @Actor
    public void reserve(ZJ_Result r) {
      r.r1 = budget.reserve(5);
    }

    @Arbiter
    public void after(ZJ_Result r) {
      r.r2 = budget.used();
    }
  }

  /** Nobody sees more than the limit, and all is given back. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "true, true, 0",
      desc = "within the limit, and nothing left")
  @State
  public static class AllGivenBack {
    private final ByteBudget budget = new ByteBudget(10);

    private boolean borrow(long bytes) {
      boolean had = budget.reserve(bytes);
      long used = budget.used();
      if (had) {
        budget.release(bytes);
      }
      return used <= budget.limit();
    }

    @Actor
    public void first(ZZJ_Result r) {
      r.r1 = borrow(6);
    }

    @Actor
    public void second(ZZJ_Result r) {
      r.r2 = borrow(5);
    }

    @Arbiter
    public void after(ZZJ_Result r) {
      r.r3 = budget.used();
    }
  }
}
