package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final long SECOND = 1_000_000L;
  private static final long TICK = Tick.SECONDS * SECOND;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;

  private final Watermark watermark = new Watermark(DAY);

  @Test
  void threeSourcesMakeATimeCredible() {
    watermark.hear(1, 100 * SECOND);
    watermark.hear(2, 90 * SECOND);
    watermark.hear(2, 95 * SECOND);
    assertEquals(Watermark.NONE, watermark.micros());
    watermark.hear(3, 80 * SECOND);
    assertEquals(80 * SECOND, watermark.micros());
    watermark.hear(4, 98 * SECOND);
    assertEquals(95 * SECOND, watermark.micros());
    watermark.hear(5, 60 * SECOND);
    assertEquals(95 * SECOND, watermark.micros());
  }

  @Test
  void movesFromTickToTick() {
    watermark.hear(1, 7 * TICK);
    watermark.hear(2, 7 * TICK + 1);
    watermark.hear(3, 7 * TICK + 2);
    assertEquals(7 * TICK, watermark.micros());
    for (int source = 1; source <= 9; source++) {
      watermark.hear(source, 8 * TICK - 1);
    }
    assertEquals(7 * TICK, watermark.micros());
    for (int source = 1; source <= 3; source++) {
      watermark.hear(source, 8 * TICK);
    }
    assertEquals(8 * TICK, watermark.micros());
  }

  @Test
  void oneSourceCannotCreep() {
    watermark.hear(1, 1);
    watermark.hear(2, 2);
    watermark.hear(3, 3);
    for (int i = 0; i < 100; i++) {
      watermark.hear(1, i * HOUR);
    }
    assertEquals(0, Tick.of(watermark.micros()));
    assertFalse(watermark.isBeyond(DAY));
    assertTrue(watermark.isBeyond(DAY + 3));
  }

  @Test
  void strayTimesDoNotAddUp() {
    for (int second = 0; second < 20; second++) {
      for (int source = 1; source <= 3; source++) {
        watermark.hear(source, second * HOUR);
      }
      watermark.hear(100 + second, 400 * DAY + second);
    }
    assertTrue(watermark.micros() <= 19 * HOUR, () -> "at " + watermark.micros());
    assertTrue(watermark.micros() >= 18 * HOUR, () -> "at " + watermark.micros());
  }

  @Test
  void strayTimesAtTheStartAreForgottenToo() {
    watermark.hear(101, 400 * DAY);
    for (int hour = 0; hour < 20; hour++) {
      for (int source = 1; source <= 3; source++) {
        watermark.hear(source, hour * HOUR);
      }
    }
    watermark.hear(102, 400 * DAY);
    watermark.hear(103, 400 * DAY);
    assertTrue(watermark.micros() <= 19 * HOUR, () -> "at " + watermark.micros());
  }

  @Test
  void severalConfirmAJump() {
    for (int source = 1; source <= 3; source++) {
      watermark.hear(source, HOUR);
    }
    for (int source = 1; source <= 3; source++) {
      assertTrue(watermark.isBeyond(40 * DAY));
      watermark.hear(source, 40 * DAY);
    }
    assertFalse(watermark.isBeyond(40 * DAY));
    assertEquals(40 * DAY, watermark.micros());
  }

  @Test
  void theEmbedderIsTakenAtItsWord() {
    watermark.advanceTo(5);
    watermark.advanceTo(3);
    assertEquals(5, watermark.micros());
  }

  @Test
  void theWidestDistanceIsBeyond() {
    watermark.advanceTo(-DAY);
    assertTrue(watermark.isBeyond(Long.MAX_VALUE));
    assertFalse(watermark.isBeyond(Long.MIN_VALUE));
  }

  /** Whatever the interleaving, what counts in the end is how far each source got. */
  @RepeatedTest(20)
  void threadsAgreeOnTheThirdGreatest() throws Exception {
    int threads = 4;
    long[] reached = new long[8];
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<?>> running = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * 2;
        SplittableRandom random = new SplittableRandom(thread);
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  long before = Watermark.NONE;
                  for (int i = 0; i < 20_000; i++) {
                    int source = first + random.nextInt(2);
                    long time = i * SECOND + random.nextInt(60) * SECOND;
                    reached[source] = Math.max(reached[source], time);
                    watermark.hear(source, time);
                    long mark = watermark.micros();
                    assertTrue(mark >= before, "went back");
                    before = mark;
                  }
                  return null;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    long[] sorted = reached.clone();
    Arrays.sort(sorted);
    assertEquals(Tick.of(sorted[sorted.length - 3]), Tick.of(watermark.micros()));
  }
}
