package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Reservations of one budget. */
final class ByteBudgetStress {
  private ByteBudgetStress() {}

  /**
   * Two that do not both fit: the budget is never above its limit, and nobody is refused for
   * nothing.
   */
  @JCStressTest
  @Outcome(id = "true, false, 6", expect = Expect.ACCEPTABLE, desc = "the first came in")
  @Outcome(id = "false, true, 5", expect = Expect.ACCEPTABLE, desc = "the second came in")
  @State
  public static class OneFits {
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
}
