package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupTableTest {
  private static final int NOW = 50_000;
  private static final int[] KEPT = {0};

  private final ByteBudget budget = new ByteBudget(1L << 30);
  private final GroupTable table = new GroupTable(1, true, budget);

  @Test
  void allFindTheirGroupUntilItIsFull() {
    for (int id = 0; id < GroupTable.PLACES; id++) {
      assertNull(table.find(id));
      DenseGroup group = claim(id);
      assertNotNull(group);
      assertEquals(id, group.id);
      assertSame(group, claim(id));
      assertSame(group, table.find(id));
    }
    int[] ids = table.ids();
    Arrays.sort(ids);
    assertArrayEquals(IntStream.range(0, GroupTable.PLACES).toArray(), ids);
    assertEquals(GroupTable.PLACES * DenseGroup.bytes(1, 1), budget.used());
    assertNull(table.find(GroupTable.PLACES));
  }

  @Test
  void aStrangerThatPersistsTakesThePlaceOfOneThatIsQuiet() {
    fill();
    for (int id = 0; id < GroupTable.PLACES; id++) {
      for (int i = 0; i < 40; i++) {
        strengthen(id);
      }
    }
    int stranger = 1_000_000;
    int refused = 0;
    while (claim(stranger) == null) {
      refused++;
    }
    assertEquals(32, refused, "31 for the weight, and one to be known");
    assertEquals(GroupTable.PLACES, table.ids().length);
    assertEquals(GroupTable.PLACES * DenseGroup.bytes(1, 1), budget.used());
    assertSame(claim(stranger), table.find(stranger));
  }

  @Test
  void strangersThatComeTwiceDoNotDriveOutWhatComesBack() {
    fill();
    DenseGroup[] groups = new DenseGroup[8];
    for (int id = 0; id < groups.length; id++) {
      groups[id] = strengthen(id);
    }
    for (int stranger = 0; stranger < 50_000; stranger++) {
      comeTwice(1_000 + stranger);
      if (stranger % 100 == 0) {
        for (int id = 0; id < groups.length; id++) {
          assertSame(groups[id], strengthen(id));
        }
      }
    }
    long known = IntStream.of(table.ids()).filter(id -> id < GroupTable.PLACES).count();
    assertEquals(groups.length, known, "the others are gone");
  }

  @Test
  void whoHasLostItsPlaceStrengthensNobody() {
    fill();
    DenseGroup old = claim(0);
    assertNotNull(old);
    int stranger = 1_000;
    while (table.find(0) != null) {
      comeTwice(stranger++);
    }
    DenseGroup successor = table.at(old.place);
    assertNotNull(successor);
    for (int i = 0; i < 10; i++) {
      table.strengthen(old);
    }
    assertTrue(old.touch(KEPT, 1, 0, NOW, NOW, 1, budget), "told as new");
    assertEquals(GroupTable.PLACES * DenseGroup.bytes(1, 1), budget.used());
    int hits = 0;
    while (table.at(old.place) == successor) {
      comeTwice(stranger++);
      hits++;
    }
    assertTrue(hits < 600, hits + " strangers for the newcomer's weight of 3");
  }

  @Test
  void racingStrangersHaveOnePlaceEach() {
    int rounds = 20_000;
    fill();
    Threads.Meeting meeting = new Threads.Meeting(2);
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            if (round % 10 == 0) {
              meeting.await();
            }
            DenseGroup group = comeTwice(1_000 + round);
            if (group != null) {
              group.touch(KEPT, thread, CouponMatrix.coupon(thread), NOW, NOW, 1, budget);
              table.strengthen(group);
            }
            if (round % 1_000 == 0) {
              int[] ids = table.ids();
              assertEquals(ids.length, IntStream.of(ids).distinct().count());
            }
          }
        });
    int[] ids = table.ids();
    assertEquals(ids.length, IntStream.of(ids).distinct().count());
    table.drop();
    assertEquals(0, budget.used());
    assertNull(claim(5));
    assertEquals(0, budget.used());
  }

  @Test
  void strangersThatComeOnceDriveOutNobody() {
    fill();
    for (int stranger = 0; stranger < 50_000; stranger++) {
      assertNull(claim(1_000 + stranger));
    }
    assertEquals(
        GroupTable.PLACES, IntStream.of(table.ids()).filter(id -> id < GroupTable.PLACES).count());
  }

  /** The first time a stranger is only noted. */
  private @Nullable DenseGroup comeTwice(int stranger) {
    claim(stranger);
    return claim(stranger);
  }

  private void fill() {
    for (int id = 0; id < GroupTable.PLACES; id++) {
      claim(id);
    }
  }

  private DenseGroup strengthen(int id) {
    DenseGroup group = claim(id);
    assertNotNull(group);
    table.strengthen(group);
    return group;
  }

  private @Nullable DenseGroup claim(int id) {
    return table.claim(id, KEPT);
  }
}
