package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.Test;

class DistinctItemsTest {
  private static final int NOW = 50_000;
  private static final long FULL_BLOCK = 16 + 8 * 129;

  private final ByteBudget budget = new ByteBudget(1 << 20);

  @Test
  void exactUpToTheBlocksSizeThenEstimated() {
    DistinctItems items = new DistinctItems(true);
    for (int item = 0; item < 128; item++) {
      assertEquals(ContactBlock.NEW, touch(items, item, NOW - item));
      assertEquals(item + 1, items.count(NOW, Tick.HORIZON));
      assertEquals(budget.used(), items.bytes());
    }
    assertTrue(items.exact());
    assertEquals(30, items.count(NOW, 30));
    assertEquals(40, touch(items, 40, NOW - 10));
    assertEquals(ContactBlock.NEW, touch(items, 128, NOW));
    assertFalse(items.exact());
    assertEquals(129, items.count(NOW, Tick.HORIZON), 129 * 0.1);
    assertEquals(CouponMatrix.BYTES, items.bytes());
    assertEquals(CouponMatrix.BYTES, budget.used());
    assertRegistersOf(items, Tick.HORIZON, 0, 129);
    assertEquals(10, touch(items, 40, NOW));
  }

  @Test
  void registersAndCopiesOfABlockAreThoseOfItsWindow() {
    DistinctItems items = new DistinctItems(false);
    for (int item = 0; item < 100; item++) {
      touch(items, item, NOW - item);
    }
    assertRegistersOf(items, 50, 0, 50);
    DistinctItems copy = items.copy(NOW, 50, budget);
    assertEquals(50, copy.count(NOW, Tick.HORIZON));
    assertRegistersOf(copy, Tick.HORIZON, 0, 50);
    assertEquals(budget.used(), items.bytes() + copy.bytes());
    DistinctItems small = items.copy(NOW, 50, new ByteBudget(100));
    assertEquals(8, small.count(NOW, Tick.HORIZON));
  }

  @Test
  void copiesOfAMatrixHoldWhatIsAlive() {
    DistinctItems items = new DistinctItems(false);
    for (int item = 0; item < 2_000; item++) {
      touch(items, item, NOW - item);
    }
    DistinctItems copy = items.copy(NOW, 500, budget);
    assertRegistersOf(copy, Tick.HORIZON, 0, 500);
    assertEquals(items.count(NOW, 500), copy.count(NOW, Tick.HORIZON));
    assertEquals(2 * CouponMatrix.BYTES, budget.used());
    DistinctItems nothing = items.copy(NOW, 500, new ByteBudget(100));
    assertEquals(0, nothing.count(NOW, Tick.HORIZON));
    assertEquals(0, nothing.bytes());
  }

  @Test
  void itemsAreCopiedOnceEachAndInOrder() {
    DistinctItems items = new DistinctItems(false);
    for (int item = 99; item >= 0; item--) {
      touch(items, 7L * item, NOW - item);
    }
    long[] target = new long[ContactBlock.MAX_ENTRIES];
    assertEquals(40, items.copyItems(target, NOW, 40));
    for (int item = 0; item < 40; item++) {
      assertEquals(7L * item, target[item]);
    }
    assertEquals(0, new DistinctItems(false).copyItems(target, NOW, 40));
    for (int item = 200; item < 300; item++) {
      touch(items, item, NOW);
    }
    assertEquals(-1, items.copyItems(target, NOW, 40));
  }

  @Test
  void whatARaceLeftTwiceIsCopiedOnce() {
    int rounds = 20_000;
    Threads.Meeting meeting = new Threads.Meeting(2);
    DistinctItems[] all = new DistinctItems[rounds];
    ByteBudget shared = new ByteBudget(1L << 30);
    for (int round = 0; round < rounds; round++) {
      all[round] = new DistinctItems(false);
      for (int item = 0; item < 5; item++) {
        all[round].touch(item, 0, NOW - Tick.HORIZON + 1, NOW, shared);
      }
    }
    // To one thread the old items have expired, and it takes their places; the other passes them.
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            all[round].touch(100 + round % 50, 0, NOW, NOW + thread, shared);
          }
        });
    long[] target = new long[ContactBlock.MAX_ENTRIES];
    for (int round = 0; round < rounds; round++) {
      assertEquals(1, all[round].copyItems(target, NOW, 10));
      assertEquals(100 + round % 50, target[0]);
    }
  }

  @Test
  void addedItemsKeepTheirStamps() {
    // Of 30 or 300 each, so of blocks and matrices; the second lot begins within the first.
    for (int own : new int[] {30, 300}) {
      for (int others : new int[] {30, 300}) {
        DistinctItems items = new DistinctItems(false);
        DistinctItems other = new DistinctItems(false);
        for (int item = 0; item < own; item++) {
          touch(items, item, NOW - 50);
        }
        for (int item = 20; item < 20 + others; item++) {
          touch(other, item, NOW - item);
        }
        items.addAll(other, NOW, 40, budget);
        String which = others + " to " + own;
        assertEquals(own == 30 && others == 30, items.exact(), which);
        assertRegistersOf(items, 40, 20, 40);
        assertRegistersOf(items, Tick.HORIZON, 0, Math.max(own, 40));
        assertEquals(budget.used(), items.bytes() + other.bytes(), which);
        other.drop(budget);
        items.drop(budget);
      }
    }
  }

  @Test
  void withoutMoneyForAMatrixNothingOfOneIsAdded() {
    DistinctItems items = new DistinctItems(false);
    DistinctItems other = new DistinctItems(false);
    touch(items, 1, NOW);
    for (int item = 0; item < 300; item++) {
      touch(other, item, NOW);
    }
    long before = budget.used();
    items.addAll(other, NOW, 1, new ByteBudget(CouponMatrix.BYTES - 1));
    assertTrue(items.exact());
    assertEquals(1, items.count(NOW, 1));
    assertEquals(before, budget.used());
  }

  @Test
  void withoutMoneyForAMatrixTheOldestGo() {
    DistinctItems items = new DistinctItems(true);
    ByteBudget tight = new ByteBudget(FULL_BLOCK + CouponMatrix.BYTES - 1);
    for (int item = 0; item < 1_000; item++) {
      assertEquals(
          ContactBlock.NEW,
          items.touch(item, CouponMatrix.coupon(item), NOW + item, NOW + item, tight));
    }
    assertTrue(items.exact());
    assertEquals(128, items.count(NOW + 999, Tick.HORIZON));
    assertEquals(100, items.count(NOW + 999, 100));
    assertEquals(
        ContactBlock.NEW, items.touch(5_000, CouponMatrix.coupon(5_000), NOW, NOW + 999, tight));
    assertEquals(FULL_BLOCK, tight.used());
    DistinctItems none = new DistinctItems(true);
    assertEquals(ContactBlock.NEW, none.touch(1, 0, NOW, NOW, new ByteBudget(0)));
    assertEquals(0, none.count(NOW, 1));
  }

  @Test
  void whatIsSweptNeverComesBack() {
    for (int items = 100; items <= 1_000; items *= 10) {
      DistinctItems swept = new DistinctItems(false);
      for (int item = 0; item < items; item++) {
        touch(swept, item, NOW);
      }
      for (int tick = NOW; tick < NOW + 3 * Tick.CYCLE; tick += 8_192) {
        swept.sweep(Tick.stamp(tick - 1));
        int age = tick - NOW;
        double seen = swept.count(Tick.stamp(tick - 1), Tick.HORIZON);
        assertEquals(age < Tick.HORIZON ? items : 0, seen, items == 100 ? 0 : 200, "age " + age);
        assertTrue(age < Tick.HORIZON || seen == 0, () -> "age " + age + ": " + seen);
      }
    }
  }

  @Test
  void hostsThatShareACodeAreMadeUpFor() {
    double hosts = 10_000_000;
    double codes = (1 << 28) * -Math.expm1(-hosts / (1 << 28));
    assertEquals(hosts, DistinctItems.uncollided(codes), 1);
    assertTrue(codes < 0.983 * hosts);
    DistinctItems plain = new DistinctItems(false);
    DistinctItems ofHosts = new DistinctItems(true);
    for (int item = 0; item < 100_000; item++) {
      touch(plain, item, NOW);
      touch(ofHosts, item, NOW);
    }
    double expected = DistinctItems.uncollided(plain.count(NOW, 1));
    assertEquals(expected, ofHosts.count(NOW, 1));
    assertTrue(expected > plain.count(NOW, 1) + 10);
  }

  @Test
  void droppedTheyGiveAllBackAndTakeNoMore() {
    for (int number : new int[] {0, 5, 128, 500}) {
      DistinctItems items = new DistinctItems(true);
      for (int item = 0; item < number; item++) {
        touch(items, item, NOW);
      }
      items.drop(budget);
      assertEquals(0, budget.used(), "of " + number);
      for (int item = 0; item < 300; item++) {
        touch(items, 1_000 + item, NOW);
      }
      assertEquals(0, budget.used(), "of " + number);
    }
  }

  @Test
  void racingPromotionsLoseNothingAndPayOnce() {
    int threads = 2;
    int rounds = 1_500;
    int own = 96;
    Threads.Meeting meeting = new Threads.Meeting(threads);
    DistinctItems[] all = new DistinctItems[rounds];
    AtomicIntegerArray fresh = new AtomicIntegerArray(rounds * threads * own);
    for (int round = 0; round < rounds; round++) {
      all[round] = new DistinctItems(false);
    }
    ByteBudget shared = new ByteBudget(1L << 30);
    Threads.run(
        threads,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            for (int i = 0; i < own; i++) {
              int item = thread * own + i;
              int age = all[round].touch(item, CouponMatrix.coupon(item), NOW, NOW, shared);
              if (all[round].exact() && age == ContactBlock.NEW) {
                fresh.incrementAndGet(round * threads * own + item);
              }
            }
          }
        });
    for (int round = 0; round < rounds; round++) {
      assertFalse(all[round].exact());
      assertRegistersOf(all[round], 1, 0, threads * own);
      int told = 0;
      for (int item = 0; item < threads * own; item++) {
        told += fresh.get(round * threads * own + item);
      }
      // Each of the block's items was new to the one who brought it, but for those under way.
      assertTrue(told > ContactBlock.MAX_ENTRIES - 2 * threads, "told " + told);
    }
    assertEquals(rounds * CouponMatrix.BYTES, shared.used());
  }

  @Test
  void racingTouchesAndDropsLeaveNothingPaidFor() {
    int rounds = 3_000;
    Threads.Meeting meeting = new Threads.Meeting(2);
    DistinctItems[] all = new DistinctItems[rounds];
    for (int round = 0; round < rounds; round++) {
      all[round] = new DistinctItems(false);
    }
    ByteBudget shared = new ByteBudget(1L << 30);
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            for (int item = 0; item < 100; item++) {
              if (thread == 0 && item == round % 100) {
                all[round].drop(shared);
              }
              int mine = thread * 100 + item;
              all[round].touch(mine, CouponMatrix.coupon(mine), NOW, NOW, shared);
            }
          }
        });
    assertEquals(0, shared.used());
  }

  private int touch(DistinctItems items, long item, int stamp) {
    return items.touch(item, CouponMatrix.coupon(item), stamp, NOW, budget);
  }

  private static void assertRegistersOf(DistinctItems items, int window, int from, int to) {
    HllSketch sketch = SketchOracle.sketch();
    for (long item = from; item < to; item++) {
      sketch.update(item);
    }
    byte[] registers = new byte[CouponMatrix.ROWS];
    items.registers(NOW, window, registers);
    assertArrayEquals(SketchOracle.registers(sketch), registers);
  }
}
