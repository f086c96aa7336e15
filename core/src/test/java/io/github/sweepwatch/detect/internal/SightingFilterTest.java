package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SightingFilterTest {
  private static final int MANY = 400_000;

  private final SightingFilter filter = new SightingFilter(1 << 20);
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void takesTheMemoryThatItIsGiven() {
    for (long bytes : new long[] {4 << 10, 100_001, 1 << 20, 16 << 20}) {
      long taken = new SightingFilter(bytes).bytes();
      assertTrue(taken <= bytes && taken > bytes - 128, () -> taken + " of " + bytes);
    }
    assertThrows(IllegalArgumentException.class, () -> new SightingFilter((4 << 10) - 1));
    assertThrows(IllegalArgumentException.class, () -> new SightingFilter((8L << 30) + 1));
  }

  @Test
  void countsToThree() {
    // Nothing else is in the filter, so nothing is found by mistake.
    for (int source = 0; source < 100; source++) {
      long hash = random.nextLong();
      for (int expected : new int[] {0, 1, 2, 3, 3, 3}) {
        assertEquals(expected, filter.sight(hash));
      }
    }
  }

  @Test
  void falsePositivesStayBelowThreePercent() {
    flood(3 * filter.capacity());
    long[] sightings = new long[SightingFilter.MAX_SIGHTINGS + 1];
    int before = filter.generation();
    // One whole generation, from empty to full.
    while (filter.generation() <= before + 1) {
      int found = filter.sight(random.nextLong());
      if (filter.generation() > before) {
        sightings[found]++;
      }
    }
    double all = sightings[0] + sightings[1] + sightings[2] + sightings[3];
    double once = 1 - sightings[0] / all;
    double more = (sightings[2] + sightings[3]) / all;
    // If it were much less, the generations would be too short.
    assertTrue(once > 0.015 && once < 0.030, () -> "found new sources: " + once);
    assertTrue(more < 0.0015, () -> "found new sources twice: " + more);
  }

  @Test
  void aSourceSightedOnceIsSeldomTakenForTwo() {
    flood(3 * filter.capacity());
    int mistaken = 0;
    int known = 0;
    for (int i = 0; i < MANY; i++) {
      long hash = random.nextLong();
      if (filter.sight(hash) == 0) {
        known++;
        mistaken += filter.sight(hash) > 1 ? 1 : 0;
      }
    }
    double rate = (double) mistaken / known;
    assertTrue(rate < 0.035, () -> "taken for two: " + rate);
  }

  @Test
  void generationsLastForTheirCapacity() {
    long insertions = 0;
    while (filter.generation() < 10) {
      insertions += filter.sight(random.nextLong()) < SightingFilter.MAX_SIGHTINGS ? 1 : 0;
    }
    double each = insertions / 10.0 / filter.capacity();
    assertEquals(1, each, 0.05);
  }

  @Test
  void forgetsInTwoGenerations() {
    long[] old = new SplittableRandom(1).longs(10_000).toArray();
    for (int sighting = 0; sighting < 3; sighting++) {
      for (long hash : old) {
        filter.sight(hash);
      }
    }
    int before = filter.generation();
    while (filter.generation() < before + 2) {
      filter.sight(random.nextLong());
    }
    int known = 0;
    for (long hash : old) {
      known += filter.sight(hash) > 0 ? 1 : 0;
    }
    assertTrue(known < 600, "still known: " + known);
  }

  @Test
  void theSameSourcesDoNotAgeIt() {
    long[] few = new SplittableRandom(1).longs(10_000).toArray();
    for (int round = 0; round < 1_000; round++) {
      for (long hash : few) {
        filter.sight(hash);
      }
    }
    assertEquals(0, filter.generation());
  }

  /**
   * Threads share blocks, and generations end under them. A thread sights sources of its own, meets
   * the others, and sights them again: less than a generation later, however threads are scheduled.
   */
  @Test
  void threadsLoseFew() throws Exception {
    SightingFilter small = new SightingFilter(64 << 10);
    int threads = 4;
    int rounds = 200;
    int each = (int) small.capacity() / (4 * threads);
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long lost = 0;
    long invented = 0;
    try {
      List<Future<long[]>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        SplittableRandom own = new SplittableRandom(thread);
        running.add(
            pool.submit(
                () -> {
                  long[] counts = new long[2];
                  for (int round = 0; round < rounds; round++) {
                    long[] hashes = own.longs(each).toArray();
                    together.await();
                    for (long hash : hashes) {
                      counts[0] += small.sight(hash) > 0 ? 1 : 0;
                    }
                    together.await();
                    for (long hash : hashes) {
                      counts[1] += small.sight(hash) == 0 ? 1 : 0;
                    }
                  }
                  return counts;
                }));
      }
      for (Future<long[]> future : running) {
        invented += future.get()[0];
        lost += future.get()[1];
      }
    } finally {
      pool.shutdownNow();
    }
    double all = (double) threads * rounds * each;
    assertTrue(small.generation() > 20, "generations: " + small.generation());
    double lostRate = lost / all;
    double inventedRate = invented / all;
    assertTrue(lostRate < 0.005, () -> "lost: " + lostRate);
    assertTrue(inventedRate < 0.04, () -> "invented: " + inventedRate);
  }

  private void flood(long sources) {
    for (long i = 0; i < sources; i++) {
      filter.sight(random.nextLong());
    }
  }
}
