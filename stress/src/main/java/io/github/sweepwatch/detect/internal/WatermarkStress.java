package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** Races of sources that report their times. */
final class WatermarkStress {
  private static final long TICK_MICROS = Tick.SECONDS * 1_000_000L;
  private static final long HORIZON_MICROS = 86_400_000_000L;

  private WatermarkStress() {}

  /** A moment, or a tick of -1 for none. */
  private static long tick(long micros) {
    return micros == Watermark.NONE ? -1 : Tick.of(micros);
  }

  /** With the third witness there is a mark, the least of the three. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "80, 80, 80", desc = "both saw it")
  @Outcome(expect = Expect.ACCEPTABLE, id = "-1, 80, 80", desc = "the second was the third witness")
  @Outcome(expect = Expect.ACCEPTABLE, id = "80, -1, 80", desc = "the first was the third witness")
  @State
  public static class ThirdWitness {
    private final Watermark watermark = new Watermark(HORIZON_MICROS);

    public ThirdWitness() {
      watermark.hear(1, 100 * TICK_MICROS);
    }

    @Actor
    public void first(JJJ_Result r) {
      watermark.hear(2, 90 * TICK_MICROS);
      r.r1 = tick(watermark.micros());
    }

    @Actor
    public void second(JJJ_Result r) {
      watermark.hear(3, 80 * TICK_MICROS);
      r.r2 = tick(watermark.micros());
    }

    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = tick(watermark.micros());
    }
  }

  /** One source that reports twice at once is one witness. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "-1, -1, -1", desc = "two sources are not enough")
  @State
  public static class OneSourceIsOneWitness {
    private final Watermark watermark = new Watermark(HORIZON_MICROS);

    public OneSourceIsOneWitness() {
      watermark.hear(1, 100 * TICK_MICROS);
    }

    @Actor
    public void first(JJJ_Result r) {
      watermark.hear(2, 80 * TICK_MICROS);
      r.r1 = tick(watermark.micros());
    }

    @Actor
    public void second(JJJ_Result r) {
      watermark.hear(2, 90 * TICK_MICROS);
      r.r2 = tick(watermark.micros());
    }

    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = tick(watermark.micros());
    }
  }

  /** The mark never goes back, and ends at the third greatest of all times. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, true, 30", desc = "only forward")
  @State
  public static class NeverBack {
    private final Watermark watermark = new Watermark(HORIZON_MICROS);

    public NeverBack() {
      watermark.hear(1, 10 * TICK_MICROS);
      watermark.hear(2, 10 * TICK_MICROS);
      watermark.hear(3, 10 * TICK_MICROS);
    }

    /** Whether the mark rises or stays, before, between and after two reports. */
    private boolean risesWhile(long one, long oneTick, long other, long otherTick) {
      long before = watermark.micros();
      watermark.hear(one, oneTick * TICK_MICROS);
      long between = watermark.micros();
      watermark.hear(other, otherTick * TICK_MICROS);
      long after = watermark.micros();
      return before <= between && between <= after;
    }

    @Actor
    public void first(ZZJ_Result r) {
      r.r1 = risesWhile(1, 20, 2, 40);
    }

    @Actor
    public void second(ZZJ_Result r) {
      r.r2 = risesWhile(3, 30, 4, 50);
    }

    @Arbiter
    public void after(ZZJ_Result r) {
      r.r3 = tick(watermark.micros());
    }
  }

  /** Of two times that are vouched for at once the later stays. */
  @JCStressTest
  @Outcome(id = "20, 30, 30", expect = Expect.ACCEPTABLE, desc = "the earlier came first")
  @Outcome(id = "30, 30, 30", expect = Expect.ACCEPTABLE, desc = "the later came first")
  @State
  public static class TwoAdvances {
    private final Watermark watermark = new Watermark(HORIZON_MICROS);

    @Actor
    public void earlier(JJJ_Result r) {
      watermark.advanceTo(20 * TICK_MICROS);
      r.r1 = tick(watermark.micros());
    }

    @Actor
    public void later(JJJ_Result r) {
      watermark.advanceTo(30 * TICK_MICROS);
      r.r2 = tick(watermark.micros());
    }

    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = tick(watermark.micros());
    }
  }
}
