package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** A block against a hash map of whole ticks. */
class ContactBlockProperties {
  private static final int[] WINDOWS = {1, 30, 150, 1_800, 20_000, Tick.HORIZON};

  @Property(tries = 1500)
  void countsAndAgesAreThoseOfAMap(
      @ForAll @IntRange(max = 140_000) int start, @ForAll("steps") List<Step> steps) {
    Model model = new Model(start + 60_000);
    for (Step step : steps) {
      model.advance(step.gap);
      model.touch(1 + (step.key * 0x1357_9bdfL & 0xffff_ffff_ffffL), step.late);
    }
    model.check();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(60, Arbitraries.just(0)),
            Tuple.of(30, Arbitraries.integers().between(1, 40)),
            Tuple.of(4, Arbitraries.integers().between(1_000, 9_000)),
            Tuple.of(1, Arbitraries.integers().between(40_000, 140_000)));
    Arbitrary<Integer> lates =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(0)),
            Tuple.of(3, Arbitraries.integers().between(0, 1_800)),
            Tuple.of(1, Arbitraries.integers().between(-500, 0)));
    return Arbitraries.of(6, 20, 60, 120, 135, 300)
        .flatMap(
            keys ->
                Combinators.combine(gaps, Arbitraries.integers().between(0, keys), lates)
                    .as(Step::new)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4 * keys));
  }

  record Step(int gap, int key, int late) {}

  private static final class Model {
    private final ByteBudget budget = new ByteBudget(1_048);
    private final ContactBlock block = new ContactBlock();
    private final Map<Long, Integer> latest = new HashMap<>();
    private int tick;

    Model(int tick) {
      this.tick = tick;
    }

    void advance(int gap) {
      int to = tick + gap;
      while (tick < to) {
        int next = Math.min(to, (tick / 8_192 + 1) * 8_192);
        if (next % 8_192 == 0) {
          block.sweep(Tick.stamp(next));
        }
        tick = next;
      }
      latest.values().removeIf(seen -> tick - seen >= Tick.HORIZON);
    }

    void touch(long key, int late) {
      int stamp = Tick.stamp(tick - late);
      int now = Tick.stamp(tick);
      Integer seen = latest.get(key);
      int expected = seen == null ? ContactBlock.NEW : Math.max(0, tick - seen);
      boolean full = seen == null && latest.size() == ContactBlock.MAX_ENTRIES;
      assertEquals(full ? ContactBlock.FULL : expected, block.touch(key, stamp, now, budget));
      if (!full) {
        latest.merge(key, tick - late, Math::max);
      } else if (Collections.min(latest.values()) >= tick - late) {
        assertEquals(ContactBlock.FULL, block.replaceOldest(key, stamp, now));
      } else {
        assertEquals(ContactBlock.NEW, block.replaceOldest(key, stamp, now));
        forgetTheOldest();
        latest.put(key, tick - late);
      }
    }

    /** There may be several: asks the block which one it was. */
    private void forgetTheOldest() {
      Map<Long, Integer> left = entries();
      int oldest = Collections.min(latest.values());
      List<Long> gone = latest.keySet().stream().filter(key -> !left.containsKey(key)).toList();
      assertEquals(1, gone.size());
      assertEquals(oldest, latest.remove(gone.get(0)));
    }

    void check() {
      assertEquals(latest, entries());
      for (int window : WINDOWS) {
        long expected = latest.values().stream().filter(seen -> tick - seen < window).count();
        assertEquals(expected, block.count(Tick.stamp(tick), window), () -> "window " + window);
      }
      assertEquals(budget.used(), block.bytes());
      assertTrue(block.bytes() <= 16 + 8 * (Math.max(8, 2 * 128) + 1));
      assertTrue(block.seal());
      assertFalse(block.seal());
      assertEquals(latest, entries());
      assertEquals(ContactBlock.SEALED, block.touch(1, Tick.stamp(tick), Tick.stamp(tick), budget));
      assertEquals(ContactBlock.SEALED, block.replaceOldest(1, Tick.stamp(tick), Tick.stamp(tick)));
    }

    private Map<Long, Integer> entries() {
      long[] words = new long[ContactBlock.MAX_ENTRIES + 1];
      int end = block.copyTo(words, 1, Tick.stamp(tick));
      Map<Long, Integer> entries = new HashMap<>();
      for (int i = 1; i < end; i++) {
        int lag = Tick.lag(Tick.stamp(tick), (int) words[i] & 0xffff);
        entries.put(words[i] >>> 16, tick - lag);
      }
      assertEquals(end - 1, entries.size());
      return entries;
    }
  }
}
