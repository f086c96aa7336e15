package io.github.sweepwatch.detect.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZJZ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Races around a slot that changes hands. */
final class EvictionStress {
  private static final long OLD = 1 << 2;
  private static final long OTHER_OLD = 2 << 2;
  private static final long NEW = 3 << 2;
  private static final long FIRST_OF_MANY = 4 << 2;
  private static final long META = Meta.admitted(2, 5);
  private static final long CONTACT = 77;

  private EvictionStress() {}

  /** Writes a contact and takes it back if the slot has changed hands; says whether it stays. */
  private static boolean write(ContactTable table, int slot, long key) {
    if (table.key(slot) != key || !table.replaceContact(slot, 0, 0, CONTACT)) {
      return false;
    }
    if (table.key(slot) == key) {
      return true;
    }
    table.replaceContact(slot, 0, CONTACT, 0);
    return false;
  }

  private static int slotsOf(ContactTable table, long key) {
    int slots = 0;
    for (int slot = 0; slot < table.slots(); slot++) {
      slots += table.key(slot) == key ? 1 : 0;
    }
    return slots;
  }

  private static boolean hasContact(ContactTable table, int slot) {
    for (int i = 0; i < ContactTable.CONTACTS; i++) {
      if (table.contact(slot, i) == CONTACT) {
        return true;
      }
    }
    return false;
  }

  /** The new source inherits nothing from a writer of the old one. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, 0, true", desc = "written before the eviction")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, 0, true", desc = "taken back, or not written")
  @State
  public static class WriterOfTheOld {
    private final ContactTable table = new ContactTable(1);

    public WriterOfTheOld() {
      table.claim(OLD);
    }

    @Actor
    public void write(ZJZ_Result r) {
      r.r1 = EvictionStress.write(table, 0, OLD);
    }

    @Actor
    public void evict() {
      if (table.seize(0, OLD)) {
        table.takeProfile(0);
        table.give(0, NEW, META);
      }
    }

    @Arbiter
    public void after(ZJZ_Result r) {
      r.r2 = table.contact(0, 0);
      r.r3 = table.find(NEW) == 0 && table.find(OLD) == ContactTable.NONE && table.meta(0) == META;
    }
  }

  /** A contact that both sources have, in the same tick and at the same place. */
  @JCStressTest
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "true, true, true",
      desc = "the old source's was cleared")
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "false, true, true",
      desc = "the old source's was not written")
  @Outcome(
      expect = Expect.ACCEPTABLE_INTERESTING,
      id = "false, true, false",
      desc = "the new source's was taken back for the old one's")
  @Outcome(
      expect = Expect.ACCEPTABLE_INTERESTING,
      id = "false, false, false",
      desc = "the new source found the old one's, then taken back")
  @State
  public static class OneContactOfBoth {
    private final ContactTable table = new ContactTable(1);

    public OneContactOfBoth() {
      table.claim(OLD);
    }

    @Actor
    public void write(ZZZ_Result r) {
      r.r1 = EvictionStress.write(table, 0, OLD);
    }

    @Actor
    public void evict(ZZZ_Result r) {
      table.seize(0, OLD);
      table.give(0, NEW, META);
      r.r2 = EvictionStress.write(table, 0, NEW);
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r3 = hasContact(table, 0);
    }
  }

  /** A profile that is added during the eviction is taken out or left, never both or neither. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, true, false", desc = "taken out")
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "true, false, true",
      desc = "left, and names the old source")
  @State
  public static class ProfileOfTheOld {
    private final ContactTable table = new ContactTable(1);

    public ProfileOfTheOld() {
      table.claim(OLD);
    }

    @Actor
    public void add(ZZZ_Result r) {
      r.r1 = table.replaceProfile(0, null, new Profile(OLD));
    }

    @Actor
    public void evict(ZZZ_Result r) {
      table.seize(0, OLD);
      r.r2 = table.takeProfile(0) != null;
      table.give(0, NEW, META);
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      Profile left = table.profile(0);
      r.r3 = left != null && left.key() == OLD;
    }
  }

  /** Of two threads that evict one source, one may go on. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, false, 1", desc = "the first")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, true, 1", desc = "the second")
  @State
  public static class OneSlotSeizedTwice {
    private final ContactTable table = new ContactTable(1);

    public OneSlotSeizedTwice() {
      table.claim(OLD);
    }

    private boolean evictFor(long key) {
      boolean seized = table.seize(0, OLD);
      if (seized) {
        table.give(0, key, META);
      }
      return seized;
    }

    @Actor
    public void first(ZZI_Result r) {
      r.r1 = evictFor(NEW);
    }

    @Actor
    public void second(ZZI_Result r) {
      r.r2 = evictFor(OTHER_OLD);
    }

    @Arbiter
    public void after(ZZI_Result r) {
      r.r3 = slotsOf(table, NEW) + slotsOf(table, OTHER_OLD);
    }
  }

  /** Two slots are evicted for one source. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "0, 0, 1", desc = "the later slot was given up")
  @Outcome(
      expect = Expect.ACCEPTABLE,
      id = "0, 1, 1",
      desc = "the later slot came first; its taker will find that it has changed hands")
  @State
  public static class TwoSlotsForOneSource {
    private final ContactTable table = new ContactTable(1);

    public TwoSlotsForOneSource() {
      table.claim(OLD);
      table.claim(OTHER_OLD);
    }

    @Actor
    public void first(III_Result r) {
      table.seize(0, OLD);
      r.r1 = table.give(0, NEW, META);
    }

    @Actor
    public void second(III_Result r) {
      table.seize(1, OTHER_OLD);
      r.r2 = table.give(1, NEW, META);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = table.find(NEW) == 0 ? slotsOf(table, NEW) : 0;
    }
  }

  /** What is written to a slot that is given up for its twin is found at the twin. */
  @JCStressTest
  @Outcome(expect = Expect.ACCEPTABLE, id = "true, true, false", desc = "moved with the slot")
  @Outcome(expect = Expect.ACCEPTABLE, id = "false, true, false", desc = "written to the twin")
  @State
  public static class WriterOfATwin {
    // The search for a twin takes longest from the last slot to the one before it.
    private static final int TWIN = 14;
    private static final int SLOT = 15;

    private final ContactTable table = new ContactTable(1);

    public WriterOfATwin() {
      for (int slot = 0; slot < table.slots(); slot++) {
        table.claim(FIRST_OF_MANY + slot * 4L);
      }
      table.seize(TWIN, table.key(TWIN));
      table.give(TWIN, NEW, META);
      table.seize(SLOT, table.key(SLOT));
    }

    @Actor
    public void evict() {
      table.give(SLOT, NEW, META);
    }

    @Actor
    public void write(ZZZ_Result r) {
      // The slot is the source's for a moment only: this makes it likely to be met then.
      for (int i = 0; i < 100 && table.key(SLOT) != NEW; i++) {
        Thread.onSpinWait();
      }
      r.r1 = EvictionStress.write(table, SLOT, NEW);
      if (!r.r1) {
        EvictionStress.write(table, TWIN, NEW);
      }
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r2 = table.find(NEW) == TWIN && hasContact(table, TWIN);
      r.r3 = table.holdsSource(SLOT) || hasContact(table, SLOT);
    }
  }
}
