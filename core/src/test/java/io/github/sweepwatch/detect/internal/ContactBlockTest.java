package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactBlockTest {
  private static final int NOW = 100;

  @Test
  void growsByTwoWhenFullAndPaysForIt() {
    ContactBlock block = new ContactBlock();
    ByteBudget budget = new ByteBudget(10_000);
    assertEquals(0, block.bytes());
    int[] sizes = new int[129];
    for (int key = 1; key <= 128; key++) {
      assertEquals(ContactBlock.NEW, block.touch(key, NOW, NOW, budget));
      assertEquals(budget.used(), block.bytes());
      sizes[key] = (int) (block.bytes() - 24) / 8;
    }
    for (int key = 1; key <= 128; key++) {
      assertEquals(Math.max(8, Integer.highestOneBit(2 * key - 1)), sizes[key], "keys " + key);
    }
    assertEquals(ContactBlock.FULL, block.touch(129, NOW, NOW, budget));
    assertEquals(16 + 129 * 8, budget.used());
  }

  @Test
  void aSpentBudgetMakesItFull() {
    ContactBlock block = new ContactBlock();
    ByteBudget budget = new ByteBudget(87);
    assertEquals(ContactBlock.FULL, block.touch(1, NOW, NOW, budget));
    assertEquals(ContactBlock.FULL, block.replaceOldest(1, NOW, NOW));
    ByteBudget more = new ByteBudget(88 + 63);
    for (int key = 1; key <= 8; key++) {
      assertEquals(ContactBlock.NEW, block.touch(key, NOW + key, NOW, more));
    }
    assertEquals(ContactBlock.FULL, block.touch(9, NOW, NOW, more));
    assertEquals(88, more.used());
    assertEquals(ContactBlock.FULL, block.replaceOldest(9, NOW + 1, NOW));
    assertEquals(ContactBlock.NEW, block.replaceOldest(9, NOW + 2, NOW));
    assertEquals(ContactBlock.NEW, block.touch(1, NOW, NOW, new ByteBudget(64)));
    assertEquals(9, block.count(NOW, 1));
    assertEquals(16 + 17 * 8, block.bytes());
  }

  @Test
  void sealedWhileEmptyItCostsNothing() {
    ContactBlock block = new ContactBlock();
    ByteBudget budget = new ByteBudget(1_000);
    assertTrue(block.seal());
    assertEquals(ContactBlock.SEALED, block.touch(1, NOW, NOW, budget));
    assertEquals(ContactBlock.SEALED, block.replaceOldest(1, NOW, NOW));
    assertEquals(0, block.bytes());
    assertEquals(0, budget.used());
    assertEquals(0, block.copyTo(new long[1], 0, NOW));
  }

  /** Each touch is seen after the seal or was told of it; and somebody sees each key as new. */
  @Test
  void racingGrowthAndSealLoseNothing() {
    int rounds = 8_000;
    int touches = 20;
    ByteBudget budget = new ByteBudget(1 << 20);
    Threads.Meeting meeting = new Threads.Meeting(2);
    ContactBlock[] shared = {new ContactBlock()};
    int[][] ages = new int[2][touches];
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            ContactBlock block = shared[0];
            for (int i = 0; i < touches; i++) {
              if (thread == 0 && i == round % (touches + 5)) {
                block.seal();
              }
              ages[thread][i] = block.touch(key(thread, i), NOW, NOW, budget);
            }
            meeting.await();
            if (thread == 0) {
              checkAndRelease(block, ages, budget);
              shared[0] = new ContactBlock();
            }
          }
        });
    assertEquals(0, budget.used());
  }

  /** The same at its narrowest: one touch, and a seal with a copy at once. */
  @Test
  void aTouchIsInTheCopyOrToldOfTheSeal() {
    ByteBudget budget = new ByteBudget(1 << 20);
    Threads.Meeting meeting = new Threads.Meeting(2);
    ContactBlock[] shared = {filled(budget)};
    int[] ages = new int[1];
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < 30_000; round++) {
            meeting.await();
            ContactBlock block = shared[0];
            int end = 0;
            if (thread == 0) {
              ages[0] = block.touch(100, NOW, NOW, budget);
            } else {
              block.seal();
              end = block.copyTo(words, 0, NOW);
            }
            meeting.await();
            if (thread == 1) {
              assertTrue(ages[0] == ContactBlock.SEALED || end == 4, "lost in round " + round);
              budget.release(block.bytes());
              shared[0] = filled(budget);
            }
          }
        });
  }

  private static ContactBlock filled(ByteBudget budget) {
    ContactBlock block = new ContactBlock();
    for (int key = 1; key <= 3; key++) {
      block.touch(key, NOW, NOW, budget);
    }
    return block;
  }

  /** Half of the keys are those of both threads. */
  private static long key(int thread, int i) {
    return i % 2 == 0 ? 1 + i : 1_000L * (thread + 1) + i;
  }

  private static void checkAndRelease(ContactBlock block, int[][] ages, ByteBudget budget) {
    block.seal();
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    Set<Long> keys = new HashSet<>();
    for (int i = block.copyTo(words, 0, NOW) - 1; i >= 0; i--) {
      keys.add(words[i] >>> 16);
    }
    assertEquals(keys.size(), block.count(NOW, 1));
    for (int thread = 0; thread < 2; thread++) {
      for (int i = 0; i < ages[thread].length; i++) {
        int age = ages[thread][i];
        int other = ages[1 - thread][i];
        assertTrue(age == ContactBlock.SEALED || keys.contains(key(thread, i)), "lost");
        boolean one = key(thread, i) == key(1 - thread, i);
        assertTrue(
            age < 0
                || age == ContactBlock.NEW
                || (one && (other == ContactBlock.NEW || other == ContactBlock.SEALED)),
            "new to nobody");
      }
    }
    budget.release(block.bytes());
  }
}
