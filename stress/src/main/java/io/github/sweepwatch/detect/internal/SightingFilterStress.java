package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Races of sightings in one block of the filter. */
final class SightingFilterStress {
  private static final long BYTES = 64 << 10;

  // Hashes whose upper half is 0 share the first block.
  private static final long ONE = 1;
  private static final long OTHER = 2;
  private static final long STRANGER = 3;

  private SightingFilterStress() {}

  /** Sightings are lost at worst, never invented: neither one's own nor a stranger's. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "0, 0, [01], 0",
      desc = "what was sighted once, or lost")
  @State
  public static class TwoSources {
    private final SightingFilter filter = new SightingFilter(BYTES);

    @Actor
    public void first(IIII_Result r) {
      r.r1 = filter.sight(ONE);
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = filter.sight(OTHER);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = Math.max(filter.sight(ONE), filter.sight(OTHER));
      r.r4 = filter.sight(STRANGER);
    }
  }

  /** Two sightings of one source count two at most. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 0, 1, 0", desc = "at once: they count as one")
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 1, [12], 0", desc = "the first was first")
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 0, [12], 0", desc = "the second was first")
  @State
  public static class OneSource {
    private final SightingFilter filter = new SightingFilter(BYTES);

    @Actor
    public void first(IIII_Result r) {
      r.r1 = filter.sight(ONE);
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = filter.sight(ONE);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = filter.sight(ONE);
      r.r4 = filter.sight(STRANGER);
    }
  }

  /** As a generation ends, what it saw is remembered, and nothing else. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "1, 0, [12], 0",
      desc = "once or twice, and no stranger")
  @State
  public static class GenerationEnds {
    private static final VarHandle GENERATION;

    static {
      try {
        // Thousands of sightings end a generation: too many for each of millions of filters.
        GENERATION =
            MethodHandles.privateLookupIn(SightingFilter.class, MethodHandles.lookup())
                .findVarHandle(SightingFilter.class, "generation", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final SightingFilter filter = new SightingFilter(BYTES);

    public GenerationEnds() {
      filter.sight(ONE);
    }

    @Actor
    public void first(IIII_Result r) {
      GENERATION.getAndAdd(filter, 1);
      r.r1 = filter.sight(ONE);
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = filter.sight(OTHER);
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = filter.sight(ONE);
      r.r4 = filter.sight(STRANGER);
    }
  }
}
