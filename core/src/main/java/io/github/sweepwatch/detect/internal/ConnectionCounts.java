package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a source made in each tick, for rules that count them: exact to the tick for
 * windows up to {@value #LAST} ticks, and else to a {@value #LAST}th of the longest one.
 * Thread-safe; lock-free.
 *
 * <p>Counts lie in arrays of 8, 32 and {@value #LAST} places, a tick at its number modulo the
 * length. A tick that finds its place taken by another that still counts goes to the next array,
 * which is made then. Nothing is ever copied, so nothing is lost or counted twice.
 */
final class ConnectionCounts {
  /** What the object and its first array take of the budget. */
  static final long BYTES = 32 + SharedSlack.BYTES + 16 + 8 * 8;

  private static final int FIRST = 8;
  private static final int STEP = 4;
  private static final int LAST = 256;
  private static final long MOST = 0xffff_ffffL;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(ConnectionCounts.class, "next", ConnectionCounts.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Ends the chain of one that was dropped; never written. */
  private static final ConnectionCounts CLOSED = new ConnectionCounts(FIRST, 1);

  /** Bucket << 32 | connections; a bucket is a tick, or several in a row. */
  private final long[] words;

  private final int ticksPerBucket;
  private final SharedSlack slack = new SharedSlack();
  private volatile @Nullable ConnectionCounts next;

  /**
   * No connections.
   *
   * @param longestWindow the longest window that will be asked for, in ticks
   */
  ConnectionCounts(int longestWindow) {
    this(FIRST, (longestWindow + LAST - 1) / LAST);
  }

  private ConnectionCounts(int length, int ticksPerBucket) {
    words = new long[length];
    this.ticksPerBucket = ticksPerBucket;
  }

  /**
   * Adds connections.
   *
   * @param number how many
   * @param tick when
   * @param latest the source's latest tick
   * @param budget pays for further arrays; if it refuses, the connections are not counted
   */
  void add(long number, long tick, long latest, ByteBudget budget) {
    long bucket = tick / ticksPerBucket;
    long oldest = latest / ticksPerBucket - LAST;
    ConnectionCounts counts = this;
    while (counts != null && counts != CLOSED && !counts.put(number, bucket, oldest)) {
      counts = counts.successor(budget);
    }
  }

  private boolean put(long number, long bucket, long oldest) {
    int place = (int) (bucket & (words.length - 1));
    while (true) {
      long word = (long) WORD.getVolatile(words, place);
      long there = word >>> 32;
      long connections = there == bucket ? word & MOST : 0;
      if (there != bucket && there > oldest && word != 0 && words.length < LAST) {
        return false;
      }
      if (there > bucket && words.length == LAST) {
        return true;
      }
      long sum = Math.min(MOST, connections + number);
      if (WORD.compareAndSet(words, place, word, bucket << 32 | sum)) {
        return true;
      }
    }
  }

  private @Nullable ConnectionCounts successor(ByteBudget budget) {
    ConnectionCounts after = next;
    int length = Math.min(LAST, words.length * STEP);
    long price = bytes(length);
    if (after != null || !budget.reserve(price)) {
      return after;
    }
    ConnectionCounts fresh = new ConnectionCounts(length, ticksPerBucket);
    if (NEXT.compareAndSet(this, null, fresh)) {
      return fresh;
    }
    budget.release(price);
    return next;
  }

  /** How many there are after a tick. */
  long after(long tick) {
    long bucket = Math.floorDiv(tick, (long) ticksPerBucket);
    long sum = 0;
    for (ConnectionCounts counts = this; counts != null && counts != CLOSED; counts = counts.next) {
      for (int i = 0; i < counts.words.length; i++) {
        long word = (long) WORD.getVolatile(counts.words, i);
        sum += word >>> 32 > bucket ? word & MOST : 0;
      }
    }
    return sum;
  }

  /** Spends slack; says whether the rules must be asked again. */
  boolean spend(long number) {
    return slack.spend(number);
  }

  /** The slack's state, to be read before counting. */
  long slack() {
    return slack.state();
  }

  /** Sets new slack unless some was spent or voided since its state was read. */
  void renewSlack(long before, long distance) {
    slack.renew(before, (int) Math.min(distance, Integer.MAX_VALUE));
  }

  /** Makes the next connection ask the rules again. */
  void voidSlack() {
    slack.voidNow();
  }

  void write(SnapshotOutput out) throws IOException {
    slack.write(out);
    for (ConnectionCounts counts = this; counts != null && counts != CLOSED; counts = counts.next) {
      out.putInt(counts.words.length);
      for (int i = 0; i < counts.words.length; i++) {
        out.putLong((long) WORD.getVolatile(counts.words, i));
      }
    }
    out.putInt(0);
  }

  /** Reads connections where there are none yet; {@link #BYTES} have been paid. */
  void read(SnapshotInput in, ByteBudget budget) throws IOException, NoRoom {
    slack.read(in);
    ConnectionCounts counts = this;
    int length = in.number(FIRST, FIRST);
    while (length > 0) {
      if (length != counts.words.length) {
        SnapshotInput.check(
            length == Math.min(LAST, counts.words.length * STEP) && length > counts.words.length,
            "no such count of connections");
        in.pay(budget, bytes(length));
        ConnectionCounts after = new ConnectionCounts(length, ticksPerBucket);
        counts.next = after;
        counts = after;
      }
      for (int i = 0; i < length; i++) {
        counts.words[i] = in.anyLong();
      }
      length = in.number(0, LAST);
      SnapshotInput.check(length != counts.words.length, "no such count of connections");
    }
  }

  /** Gives what it takes, but for {@link #BYTES}, back to the budget, for good. */
  void drop(ByteBudget budget) {
    ConnectionCounts counts = this;
    while (!NEXT.compareAndSet(counts, null, CLOSED)) {
      ConnectionCounts after = counts.next;
      if (after == null || after == CLOSED) {
        return;
      }
      budget.release(bytes(after.words.length));
      counts = after;
    }
  }

  private static long bytes(int length) {
    return 32 + SharedSlack.BYTES + 16 + 8L * length;
  }
}
