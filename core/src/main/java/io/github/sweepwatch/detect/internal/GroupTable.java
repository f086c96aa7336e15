package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * At most {@value #PLACES} groups of one source, by service or by host. Thread-safe; lock-free.
 *
 * <pre>
 *   places   | id + 1, weight 8 | ...     0 is free; never free again
 *   groups   | ref | ...                  made by whoever finds a place that is its own
 * </pre>
 *
 * <p>The place decides whose it is: who finds another's group there puts its own instead, and drops
 * the other. Free places are taken from the first on, and a stranger to a full table contends for
 * one place only, which its id tells; so an id never has two places.
 *
 * <h2>The vote</h2>
 *
 * A stranger to a full table that did not come among the last few hundred strangers is only noted:
 * the hosts of a sweep cost no more than that. When it comes again it takes one from the weight of
 * the resident, and takes its place once that is 0: the majority vote of Boyer and Moore. But a
 * novel touch does not add one to the weight, it doubles it: strangers that come twice each, as in
 * a sweep that asks again, are spread over all places, and would outvote a host that is one contact
 * in a hundred. Doubling makes it stay from its second or third contact.
 *
 * <p>A newcomer's weight of {@value #NEWCOMER} gives it about 256 strangers' time to come again,
 * and makes one group of four strangers. The greatest, {@value #MAX_WEIGHT}, lets a resident sit
 * out bursts of 2,000 strangers, and a stranger that persists come in for one that is quiet before
 * it has used up the contacts of an ordinary vertical scan.
 */
final class GroupTable {
  /** How many groups there are at most. */
  static final int PLACES = 64;

  private static final int RECENT_BITS = 8;
  private static final int NEWCOMER = 3;
  private static final int MAX_WEIGHT = 31;

  /** What the table takes of a budget, without groups. */
  static final long BYTES =
      40 + (16 + PLACES * 8) + (16 + PLACES * 4) + (16 + (1 << RECENT_BITS) * 4);

  private static final int NONE = -1;
  private static final long FREE = 0;
  private static final int WEIGHT_BITS = 8;
  private static final int WEIGHT_MASK = 0xff;

  /** 2^32 divided by the golden ratio: spreads ids by their product's high bits (Knuth 6.4). */
  private static final int GOLDEN = 0x9e37_79b9;

  /** In each place of a dropped table. */
  private static final DenseGroup GONE = new DenseGroup(NONE, NONE, 0, new int[0], false);

  private static final VarHandle RECENT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle GROUP = MethodHandles.arrayElementVarHandle(DenseGroup[].class);

  private final long[] places = new long[PLACES];
  private final int[] recent = new int[1 << RECENT_BITS];
  private final @Nullable DenseGroup[] groups = new @Nullable DenseGroup[PLACES];
  private final int views;
  private final boolean ofHosts;
  private final ByteBudget budget;

  /**
   * An empty table.
   *
   * @param views how many views there are
   * @param ofHosts whether their items are hosts
   * @param budget pays for groups
   */
  GroupTable(int views, boolean ofHosts, ByteBudget budget) {
    this.views = views;
    this.ofHosts = ofHosts;
    this.budget = budget;
  }

  /** The group of an id, or null. */
  @Nullable DenseGroup find(int id) {
    for (int place = 0; place < PLACES; place++) {
      long word = word(place);
      if (isOf(word, id)) {
        DenseGroup group = at(place);
        return group != null && group.id == id ? group : null;
      }
      if (word == FREE) {
        return null;
      }
    }
    return null;
  }

  /**
   * Finds or makes the group of an id.
   *
   * @param id the service or the host's code
   * @param kept the views that it has
   * @return the group, or null if there is no place or no money for it
   */
  @Nullable DenseGroup claim(int id, int[] kept) {
    int place = claimPlace(id);
    return place == NONE ? null : groupOf(place, id, kept);
  }

  private int claimPlace(int id) {
    for (int place = 0; place < PLACES; place++) {
      long word = word(place);
      if (word == FREE) {
        word = (long) PLACE.compareAndExchange(places, place, FREE, newcomer(id));
        if (word == FREE) {
          return place;
        }
      }
      if (isOf(word, id)) {
        return place;
      }
    }
    return cameLately(id) ? contend(id) : NONE;
  }

  /** Whether a stranger is among those that came lately; it is from now on. */
  private boolean cameLately(int id) {
    int place = (id * GOLDEN) >>> (Integer.SIZE - RECENT_BITS);
    int word = id + 1;
    if ((int) RECENT.getOpaque(recent, place) == word) {
      return true;
    }
    RECENT.setOpaque(recent, place, word);
    return false;
  }

  private int contend(int id) {
    int place = (id * GOLDEN) >>> 26;
    while (true) {
      long word = word(place);
      if (isOf(word, id)) {
        return place;
      }
      boolean wins = weight(word) == 0;
      if (PLACE.compareAndSet(places, place, word, wins ? newcomer(id) : word - 1)) {
        return wins ? place : NONE;
      }
    }
  }

  private @Nullable DenseGroup groupOf(int place, int id, int[] kept) {
    while (true) {
      DenseGroup seen = (DenseGroup) GROUP.getVolatile(groups, place);
      if (seen == GONE) {
        return null;
      }
      if (seen != null && seen.id == id) {
        return seen;
      }
      if (!isOf(word(place), id)) {
        return null;
      }
      long price = DenseGroup.bytes(views, kept.length);
      if (!budget.reserve(price)) {
        return null;
      }
      DenseGroup made = new DenseGroup(id, place, views, kept, ofHosts);
      if (GROUP.compareAndSet(groups, place, seen, made)) {
        if (seen != null) {
          seen.drop(budget);
        }
        return made;
      }
      budget.release(price);
    }
  }

  /** Adds to the weight of a group, for a novel touch. */
  void strengthen(DenseGroup group) {
    long word = word(group.place);
    int weight = weight(word);
    if (weight < MAX_WEIGHT && isOf(word, group.id)) {
      // If this fails, another has voted: that a vote is lost now and then does no harm.
      PLACE.compareAndSet(
          places, group.place, word, word - weight + Math.min(2 * weight + 1, MAX_WEIGHT));
    }
  }

  /** The group in a place, or null. */
  @Nullable DenseGroup at(int place) {
    DenseGroup group = (DenseGroup) GROUP.getVolatile(groups, place);
    return group == GONE ? null : group;
  }

  /** The ids of which there are groups. */
  int[] ids() {
    int[] ids = new int[PLACES];
    int size = 0;
    for (int place = 0; place < PLACES; place++) {
      DenseGroup group = at(place);
      if (group != null) {
        ids[size++] = group.id;
      }
    }
    return Arrays.copyOf(ids, size);
  }

  void write(SnapshotOutput out) throws IOException {
    for (int i = 0; i < recent.length; i++) {
      out.putInt((int) RECENT.getOpaque(recent, i));
    }
    for (int place = 0; place < PLACES; place++) {
      out.putLong(word(place));
      DenseGroup group = at(place);
      out.putInt(group == null ? NONE : group.id);
      if (group != null) {
        group.write(out);
      }
    }
  }

  /**
   * Reads a table that is empty yet.
   *
   * @param ids one more than the greatest id
   * @param kept the views that the group of an id has
   */
  void read(SnapshotInput in, int ids, IntFunction<int[]> kept) throws IOException, NoRoom {
    for (int i = 0; i < recent.length; i++) {
      recent[i] = in.anyInt();
    }
    for (int place = 0; place < PLACES; place++) {
      places[place] = in.anyLong();
      int id = in.number(NONE, ids - 1);
      if (id != NONE) {
        int[] some = kept.apply(id);
        in.pay(budget, DenseGroup.bytes(views, some.length));
        DenseGroup group = new DenseGroup(id, place, views, some, ofHosts);
        groups[place] = group;
        group.read(in, budget);
      }
    }
  }

  void voidSlack() {
    for (int place = 0; place < PLACES; place++) {
      DenseGroup group = at(place);
      if (group != null) {
        group.slack.voidNow();
      }
    }
  }

  void sweep(int now) {
    for (int place = 0; place < PLACES; place++) {
      DenseGroup group = at(place);
      if (group != null) {
        group.sweep(now);
      }
    }
  }

  /** Gives all groups back, for good. */
  void drop() {
    for (int place = 0; place < PLACES; place++) {
      DenseGroup group = (DenseGroup) GROUP.getAndSet(groups, place, GONE);
      if (group != null && group != GONE) {
        group.drop(budget);
      }
    }
  }

  private long word(int place) {
    return (long) PLACE.getAcquire(places, place);
  }

  private static long newcomer(int id) {
    return (id + 1L) << WEIGHT_BITS | NEWCOMER;
  }

  private static boolean isOf(long word, int id) {
    return word >>> WEIGHT_BITS == id + 1L;
  }

  private static int weight(long word) {
    return (int) word & WEIGHT_MASK;
  }
}
