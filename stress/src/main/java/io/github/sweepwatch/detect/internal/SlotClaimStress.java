package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Races of sources that are let in. */
final class SlotClaimStress {
  private static final long ONE = 1 << 2;
  private static final long OTHER = 2 << 2;

  private SlotClaimStress() {}

  private static int slotsOf(ContactTable table, long key) {
    int slots = 0;
    for (int slot = 0; slot < table.slots(); slot++) {
      slots += table.key(slot) == key ? 1 : 0;
    }
    return slots;
  }

  /** Two claims of one source meet at one slot. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 0, 1", desc = "one slot")
  @State
  public static class OneSource {
    private final ContactTable table = new ContactTable(1);

    @Actor
    public void first(III_Result r) {
      r.r1 = table.claim(ONE);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = table.claim(ONE);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = slotsOf(table, ONE);
    }
  }

  /** Two sources of one home get two slots, and are found there. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 1, true", desc = "the first was first")
  @Outcome(expect = Expect.ACCEPTABLE, id = "1, 0, true", desc = "the second was first")
  @State
  public static class TwoSources {
    private final ContactTable table = new ContactTable(1);

    @Actor
    public void first(IIZ_Result r) {
      r.r1 = table.claim(ONE);
    }

    @Actor
    public void second(IIZ_Result r) {
      r.r2 = table.claim(OTHER);
    }

    @Arbiter
    public void after(IIZ_Result r) {
      r.r3 = table.find(ONE) == r.r1 && table.find(OTHER) == r.r2;
    }
  }

  /** Who finds a source while another thread lets it in finds it at its slot or not at all. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, -1", desc = "too early")
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 0", desc = "found")
  @State
  public static class FindRacingClaim {
    private final ContactTable table = new ContactTable(1);

    @Actor
    public void claim(II_Result r) {
      r.r1 = table.claim(ONE);
    }

    @Actor
    public void find(II_Result r) {
      r.r2 = table.find(ONE);
    }
  }
}
