package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.ZIZ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Races for the cells of one matrix. */
final class CouponMatrixStress {
  private static final int STAMP = 100;

  private CouponMatrixStress() {}

  private static int newness(int age) {
    return age == CouponMatrix.NEW ? 1 : 0;
  }

  /** A touch of a cell does not undo one of its neighbour in the word. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 1, 0, 0", desc = "both are there")
  @State
  public static class TwoCellsOfOneWord {
    private final CouponMatrix matrix = new CouponMatrix();

    @Actor
    public void first(IIII_Result r) {
      r.r1 = newness(matrix.raise(0, STAMP, STAMP));
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = newness(matrix.raise(1, STAMP, STAMP));
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = matrix.raise(0, STAMP, STAMP);
      r.r4 = matrix.raise(1, STAMP, STAMP);
    }
  }

  /** Of two stamps of one cell the later stays, and one of the two touches is the first. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, false, 0", desc = "the earlier stamp came first")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, true, 0", desc = "the later stamp came first")
  @State
  public static class OneCellTwoStamps {
    private final CouponMatrix matrix = new CouponMatrix();

    @Actor
    public void earlier(ZZI_Result r) {
      r.r1 = matrix.raise(5, STAMP, STAMP + 1) == CouponMatrix.NEW;
    }

    @Actor
    public void later(ZZI_Result r) {
      r.r2 = matrix.raise(5, STAMP + 1, STAMP + 1) == CouponMatrix.NEW;
    }

    @Arbiter
    public void after(ZZI_Result r) {
      r.r3 = matrix.raise(5, STAMP + 1, STAMP + 1);
    }
  }

  /** Sweeping empties what has expired, and not what is touched meanwhile. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "true, 0, true",
      desc = "the touched cell is there, its neighbour is not")
  @State
  public static class SweepRacingTouch {
    private static final int NOW = STAMP + Tick.HORIZON;

    private final CouponMatrix matrix = new CouponMatrix();

    public SweepRacingTouch() {
      matrix.raise(0, STAMP, STAMP);
      matrix.raise(1, STAMP, STAMP);
    }

    @Actor
    public void sweep() {
      matrix.sweep(NOW);
    }

    @Actor
    public void touch(ZIZ_Result r) {
      r.r1 = matrix.raise(0, NOW, NOW) == CouponMatrix.NEW;
    }

    @Arbiter
    public void after(ZIZ_Result r) {
      r.r2 = matrix.raise(0, NOW, NOW);
      // Read at its own time, it would be there still.
      r.r3 = matrix.raise(1, STAMP, STAMP) == CouponMatrix.NEW;
    }
  }
}
