package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContactTableTest {
  private static final int SLOT_BYTES = 68;

  private final SplittableRandom random = new SplittableRandom(7);

  private long key() {
    return random.nextLong() | 4;
  }

  @Test
  void takesNoMoreThanItsBytes() {
    assertEquals(16_000, new ContactTable(16_000L * SLOT_BYTES).slots());
    assertEquals(16, new ContactTable(1).slots(), "there is always room for some");
  }

  @Test
  void findsWhatWasClaimedAndNothingElse() {
    ContactTable table = new ContactTable(64_000L * SLOT_BYTES);
    long[] keys = random.longs(24_000).map(key -> key | 4).toArray();
    Set<Integer> slots = new HashSet<>();
    for (long key : keys) {
      assertEquals(ContactTable.NONE, table.find(key));
      slots.add(table.claim(key));
    }
    assertEquals(keys.length, slots.size());
    for (long key : keys) {
      int slot = table.find(key);
      assertEquals(slot, table.claim(key));
      assertEquals(key, table.key(slot));
    }
    assertEquals(ContactTable.NONE, table.find(key()));
  }

  @Test
  void nobodyIsTurnedAwayAtThreeQuartersOfTheLoad() {
    ContactTable table = new ContactTable(64_000L * SLOT_BYTES);
    long refused =
        IntStream.range(0, 48_000).filter(i -> table.claim(key()) == ContactTable.NONE).count();
    assertTrue(refused < 48_000 / 200, refused + " of 48,000 refused");
  }

  @Test
  void aFullTableRefusesAndKeepsWhatItHas() {
    ContactTable table = new ContactTable(1);
    long[] keys = random.longs(16).map(key -> key | 4).toArray();
    Arrays.stream(keys).forEach(table::claim);
    assertEquals(ContactTable.NONE, table.claim(key()));
    for (long key : keys) {
      assertNotEquals(ContactTable.NONE, table.find(key));
    }
  }

  @Test
  void theWeakestHasTheLeastRankThenEvidenceThenWasQuietLongest() {
    ContactTable table = new ContactTable(1);
    for (int i = 0; i < 16; i++) {
      table.claim(key());
    }
    long wanted = key();
    int line = table.homeSlot(wanted) & ~7;
    for (int slot = line; slot < line + 8; slot++) {
      long meta = Meta.withRank(Meta.admitted(3, 100), Meta.RANK_OPEN);
      assertTrue(table.replaceMeta(slot, 0, meta));
    }
    set(table, line + 5, Meta.withRank(Meta.admitted(1, 90), Meta.RANK_NEAR));
    assertEquals(line + 5, table.weakest(wanted, false, 100));
    set(table, line + 2, Meta.admitted(9, 100));
    assertEquals(line + 2, table.weakest(wanted, false, 100), "rank before evidence");
    set(table, line + 6, Meta.admitted(4, 100));
    assertEquals(line + 6, table.weakest(wanted, false, 100), "evidence before quiet");
    set(table, line + 1, Meta.admitted(4, 99));
    assertEquals(line + 1, table.weakest(wanted, false, 100), "the longest quiet");
    // 30 ticks are two half-lives: 20 is worth 5 by then, and 4 of this moment is less.
    set(table, line + 1, Meta.admitted(20, 70));
    assertEquals(line + 6, table.weakest(wanted, false, 100), "evidence fades");
    assertEquals(line + 1, table.weakest(wanted, false, 130), "to nothing in the end");
  }

  private static void set(ContactTable table, int slot, long meta) {
    assertTrue(table.replaceMeta(slot, table.meta(slot), meta));
  }

  @Test
  void aSlotThatChangesHandsStartsEmpty() {
    ContactTable table = new ContactTable(1);
    long before = key();
    int slot = table.claim(before);
    Profile profile = new Profile(before);
    assertTrue(table.replaceProfile(slot, null, profile));
    assertTrue(table.replaceContact(slot, 0, 0, 77));
    assertTrue(table.seize(slot, before));
    assertFalse(table.seize(slot, before), "one thread only");
    assertFalse(table.holdsSource(slot));
    assertEquals(profile, table.takeProfile(slot));
    long after = key();
    assertEquals(slot, table.give(slot, after, Meta.admitted(2, 5)));
    assertEquals(before == after ? slot : ContactTable.NONE, table.find(before));
    assertEquals(after, table.key(slot));
    assertEquals(0, table.contact(slot, 0));
    assertNull(table.profile(slot));
    assertEquals(Meta.admitted(2, 5), table.meta(slot));
  }

  @Test
  void ofTwinsTheLaterGivesWayWithItsContacts() {
    ContactTable table = new ContactTable(1);
    long[] keys = random.longs(16).map(key -> key | 4).toArray();
    Arrays.stream(keys).forEach(table::claim);
    long wanted = key();
    int first = table.homeSlot(wanted);
    int later = (first & ~15) | ((first + 1) & 15);
    assertTrue(table.seize(later, table.key(later)));
    assertEquals(later, table.give(later, wanted, 0));
    assertEquals(later, table.find(wanted));
    assertTrue(table.seize(first, table.key(first)));
    assertEquals(first, table.give(first, wanted, 0), "the earlier one stays");
    assertEquals(first, table.find(wanted));
    int last = (first & ~15) | ((first + 2) & 15);
    assertTrue(table.seize(last, table.key(last)));
    assertEquals(first, table.give(last, wanted, 0), "a later one does not");
    assertFalse(table.holdsSource(last));
    assertTrue(table.seize(last, table.key(last)), "it can be had again");
  }

  @Test
  void threadsThatClaimTheSameSourcesMeetAtTheSameSlots() throws Exception {
    int threads = 4;
    long[] keys = random.longs(20_000).map(key -> key | 4).toArray();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ContactTable table = new ContactTable(30_000L * SLOT_BYTES);
      CyclicBarrier start = new CyclicBarrier(threads);
      Set<Future<int[]>> runs = new HashSet<>();
      for (int thread = 0; thread < threads; thread++) {
        runs.add(
            pool.submit(
                () -> {
                  start.await();
                  return Arrays.stream(keys).mapToInt(table::claim).toArray();
                }));
      }
      Set<String> results = new HashSet<>();
      for (Future<int[]> run : runs) {
        results.add(Arrays.toString(run.get()));
      }
      assertEquals(1, results.size());
    } finally {
      pool.shutdownNow();
    }
  }
}
