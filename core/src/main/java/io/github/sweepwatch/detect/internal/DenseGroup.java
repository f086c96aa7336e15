package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one service, or of one host, that a source has touched: views of the hosts or
 * services there, and the slack of the rules that count them. Thread-safe; lock-free.
 */
final class DenseGroup {
  private static final long OBJECT_BYTES = 32;
  private static final long ARRAY_BYTES = 16;

  /** The service or the host's code. */
  final int id;

  /** Where it is in its table. */
  final int place;

  final SharedSlack slack = new SharedSlack();
  private final @Nullable DistinctItems[] views;

  /**
   * A group without items.
   *
   * @param id the service or the host's code
   * @param place where it is to be in its table
   * @param size how many views there are
   * @param kept those that it has
   * @param ofHosts whether their items are hosts
   */
  DenseGroup(int id, int place, int size, int[] kept, boolean ofHosts) {
    this.id = id;
    this.place = place;
    views = new @Nullable DistinctItems[size];
    for (int view : kept) {
      views[view] = new DistinctItems(ofHosts);
    }
  }

  /** What a group without items takes of a budget. */
  static long bytes(int size, int kept) {
    long array = (ARRAY_BYTES + (long) Integer.BYTES * size + 7) & -8;
    return OBJECT_BYTES + SharedSlack.BYTES + array + kept * DistinctItems.BYTES;
  }

  /** Touches an item in some views; whether it is new to one, or as old as fresh. */
  boolean touch(
      int[] some, long item, int coupon, int stamp, int now, int fresh, ByteBudget budget) {
    boolean novel = false;
    for (int view : some) {
      DistinctItems items = views[view];
      if (items != null) {
        novel |= items.touch(item, coupon, stamp, now, budget) >= fresh;
      }
    }
    return novel;
  }

  /** A view, or null where it is not kept. */
  @Nullable DistinctItems view(int index) {
    return views[index];
  }

  /** Writes what is in the views that it has. */
  void write(SnapshotOutput out) throws IOException {
    slack.write(out);
    for (DistinctItems items : views) {
      if (items != null) {
        items.write(out);
      }
    }
  }

  /** Reads a group that has the same views and nothing in them yet. */
  void read(SnapshotInput in, ByteBudget budget) throws IOException, NoRoom {
    slack.read(in);
    for (DistinctItems items : views) {
      if (items != null) {
        items.read(in, budget);
      }
    }
  }

  void sweep(int now) {
    for (DistinctItems items : views) {
      if (items != null) {
        items.sweep(now);
      }
    }
  }

  /** Gives all that it holds back. To be called once, by the thread that took it out of reach. */
  void drop(ByteBudget budget) {
    int kept = 0;
    for (DistinctItems items : views) {
      if (items != null) {
        items.drop(budget);
        kept++;
      }
    }
    budget.release(bytes(views.length, kept));
  }
}
