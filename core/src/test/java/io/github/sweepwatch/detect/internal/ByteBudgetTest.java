package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  @Test
  void refusesWhatWouldExceedIt() {
    ByteBudget budget = new ByteBudget(100);
    assertTrue(budget.reserve(60));
    assertFalse(budget.reserve(41));
    assertEquals(60, budget.used());
    assertTrue(budget.reserve(40));
    assertFalse(budget.reserve(Long.MAX_VALUE));
    budget.release(99);
    assertEquals(1, budget.used());
    assertEquals(100, budget.limit());
  }

  @Test
  void threadsTogetherGetNoMoreThanThereIs() {
    ByteBudget budget = new ByteBudget(7 * 5_000);
    AtomicInteger granted = new AtomicInteger();
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            if (budget.reserve(7)) {
              granted.incrementAndGet();
            }
          }
        });
    assertEquals(5_000, granted.get());
    assertEquals(budget.limit(), budget.used());
  }
}
