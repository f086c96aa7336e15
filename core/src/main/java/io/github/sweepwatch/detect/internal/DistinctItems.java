package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distinct items of one dimension (hosts, services, or pairs of both) that one source touched:
 * exact in a {@link ContactBlock} until that is full, then a {@link CouponMatrix}. Thread-safe;
 * lock-free; reads are relaxed: no snapshot.
 *
 * <p>Promotion: the block is sealed, its items go into a matrix, and that is published; a thread
 * that meets the sealed block does the same itself. If the budget has no room for a matrix, the
 * block stays, and a new item takes the place of the one that was touched longest ago: counts then
 * say too little.
 */
final class DistinctItems {
  /** What the object and its block take while empty; whoever makes one pays for that. */
  static final long BYTES = 24 + 16;

  /** How many codes there are for hosts. */
  /** Of a matrix with less than this free, nothing can be said of what is not in it. */
  private static final double LEAST_FREE = 1.0 / 16;

  private static final double HOST_CODES = 1 << 28;

  private static final int ITEM_SHIFT = 2;
  private static final int STAMP_BITS = 16;
  private static final long STAMP_MASK = 0xffff;

  private static final VarHandle STORE;

  static {
    try {
      STORE = MethodHandles.lookup().findVarHandle(DistinctItems.class, "store", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final boolean ofHosts;

  /** A block, then a matrix; replaced by CAS. */
  private volatile Object store;

  /**
   * No items.
   *
   * @param ofHosts whether items contain a host's code of 28 bits. Estimates are then corrected for
   *     hosts that share one; for pairs that is right if all are of one service, as in a horizontal
   *     scan, and up to 1.9 % too much at ten million if each host has a service of its own
   */
  DistinctItems(boolean ofHosts) {
    this(ofHosts, new ContactBlock());
  }

  private DistinctItems(boolean ofHosts, Object store) {
    this.ofHosts = ofHosts;
    this.store = store;
  }

  /**
   * How many distinct hosts have so many distinct codes: of N hosts, N/C of them to a code, a code
   * is used with probability 1 − e<sup>−N/C</sup>.
   */
  static double uncollided(double codes) {
    return -HOST_CODES * Math.log1p(-codes / HOST_CODES);
  }

  /**
   * Touches an item.
   *
   * @param item less than 2^46
   * @param coupon its {@link CouponMatrix#coupon}
   * @param stamp when it was touched
   * @param now the time that ages are relative to
   * @param budget pays for growth and promotion
   * @return the age before (in a matrix: of its cell), or {@link ContactBlock#NEW}; that also if
   *     the touch met a promotion or was dropped for lack of room, so that no one misses a new item
   */
  int touch(long item, int coupon, int stamp, int now, ByteBudget budget) {
    boolean promoted = false;
    while (true) {
      Object seen = store;
      if (seen instanceof CouponMatrix matrix) {
        int age = matrix.raise(coupon, stamp, now);
        return promoted ? ContactBlock.NEW : age;
      }
      ContactBlock block = (ContactBlock) seen;
      int age = block.touch(key(item), stamp, now, budget);
      if (age == ContactBlock.FULL && !startPromotion(block, budget)) {
        age = block.replaceOldest(key(item), stamp, now);
        if (age == ContactBlock.FULL) {
          return ContactBlock.NEW;
        }
      }
      if (age >= 0) {
        return age;
      }
      publishMatrix(block, now, budget);
      promoted = true;
    }
  }

  /** Whether counts are exact. */
  boolean exact() {
    return store instanceof ContactBlock;
  }

  /**
   * How many distinct items were touched in a window: a whole number while {@link #exact}, else the
   * estimate.
   *
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   */
  double count(int now, int window) {
    Object seen = store;
    if (seen instanceof ContactBlock block) {
      return block.count(now, window);
    }
    double estimate = ((CouponMatrix) seen).estimate(now, window);
    return ofHosts ? uncollided(estimate) : estimate;
  }

  /**
   * How many distinct items were touched in a window and are not among others within the horizon.
   * Exact while both are. Where only these are, an item that shares its cell in the others' matrix
   * is taken for one of theirs, and those that do not stand for those that do: of n the relative
   * standard error is √(c / (1 − c) / n), where c is the share of cells that are taken. Of two
   * matrices it is the union without the others, with the standard error of the union.
   *
   * @param others items of the same dimension
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   */
  double countWithout(DistinctItems others, int now, int window) {
    if (store instanceof CouponMatrix matrix) {
      return countWithout(matrix, others.store, now, window);
    }
    ContactBlock block = (ContactBlock) store;
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    int number = copyItems(block, words, now, window);
    int without = 0;
    for (int i = 0; i < number; i++) {
      without += others.has(words[i], now) ? 0 : 1;
    }
    if (without == 0 || !(others.store instanceof CouponMatrix matrix)) {
      return without;
    }
    return Math.min(number, without / Math.max(LEAST_FREE, 1 - matrix.covered(now)));
  }

  private double countWithout(CouponMatrix matrix, Object others, int now, int window) {
    double without;
    if (others instanceof CouponMatrix known) {
      without = known.estimateWith(matrix, now, window) - known.estimate(now, Tick.HORIZON);
    } else {
      long[] words = new long[ContactBlock.MAX_ENTRIES];
      int number = copyItems((ContactBlock) others, words, now, Tick.HORIZON);
      without = matrix.estimate(now, window);
      for (int i = 0; i < number; i++) {
        without -= matrix.has(CouponMatrix.coupon(words[i]), now) ? 1 : 0;
      }
    }
    return Math.max(0, without);
  }

  /** Whether an item was touched within the horizon; not {@link #exact}, perhaps one like it. */
  boolean has(long item, int now) {
    Object seen = store;
    return seen instanceof ContactBlock block
        ? block.has(key(item), now)
        : ((CouponMatrix) seen).has(CouponMatrix.coupon(item), now);
  }

  void write(SnapshotOutput out) throws IOException {
    Object seen = store;
    out.putFlag(seen instanceof CouponMatrix);
    if (seen instanceof CouponMatrix matrix) {
      matrix.write(out);
    } else {
      ((ContactBlock) seen).write(out);
    }
  }

  /** Reads items where there are none yet. */
  void read(SnapshotInput in, ByteBudget budget) throws IOException, NoRoom {
    if (in.flag()) {
      in.pay(budget, CouponMatrix.BYTES);
      store = CouponMatrix.read(in);
    } else {
      ContactBlock block = new ContactBlock();
      long items = ofHosts ? 1L << (48 - ITEM_SHIFT) : Service.CODES;
      block.read(in, budget, items << ITEM_SHIFT);
      store = block;
    }
  }

  /** Marks what has left the horizon; to be called at least every 8,192 ticks. */
  void sweep(int now) {
    Object seen;
    do {
      seen = store;
      if (seen instanceof CouponMatrix matrix) {
        matrix.sweep(now);
      } else {
        ((ContactBlock) seen).sweep(now);
      }
    } while (seen != store);
  }

  /** How much of the budget they hold. */
  long bytes() {
    return store instanceof ContactBlock block ? block.bytes() : CouponMatrix.BYTES;
  }

  /**
   * Gives what they hold back to the budget, for good: touches that come too late take nothing
   * more. To be called once, by the thread that took them out of reach.
   */
  void drop(ByteBudget budget) {
    Object seen = store;
    if (seen instanceof ContactBlock block && block.seal()) {
      // No matrix has been paid for. Whoever touches the block now may publish one, never counted,
      // and give back the block's bytes, if it comes first.
      ContactBlock nothing = new ContactBlock();
      nothing.seal();
      if (STORE.compareAndSet(this, block, nothing)) {
        budget.release(block.bytes());
      }
      return;
    }
    if (seen instanceof ContactBlock block) {
      publishMatrix(block, Tick.NEVER, budget);
    }
    budget.release(CouponMatrix.BYTES);
  }

  /**
   * The registers of the window's items, see {@link CouponMatrix#registers}.
   *
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @param target gets {@link CouponMatrix#ROWS} registers
   */
  void registers(int now, int window, byte[] target) {
    Object seen = store;
    CouponMatrix matrix =
        seen instanceof ContactBlock block ? matrixOf(block, now) : (CouponMatrix) seen;
    matrix.registers(now, window, target);
  }

  /**
   * The items of a window. If the budget has no room for them, what does not fit is left out: the
   * copy of a matrix is then empty.
   *
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @param budget pays for the copy
   */
  DistinctItems copy(int now, int window, ByteBudget budget) {
    Object seen = store;
    if (seen instanceof CouponMatrix matrix) {
      return budget.reserve(CouponMatrix.BYTES)
          ? new DistinctItems(ofHosts, matrix.copy(now, window))
          : new DistinctItems(ofHosts);
    }
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    int end = ((ContactBlock) seen).copyTo(words, 0, now);
    ContactBlock copy = new ContactBlock();
    for (int i = 0; i < end; i++) {
      int stamp = stamp(words[i]);
      if (Tick.age(now, stamp) < window) {
        copy.touch(words[i] >>> STAMP_BITS, stamp, now, budget);
      }
    }
    return new DistinctItems(ofHosts, copy);
  }

  /**
   * Adds the items of a window of others, each with its stamp. What the budget has no room for is
   * left out; of a matrix that is everything, if this is not one yet.
   *
   * @param other items of the same dimension
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @param budget pays for growth and promotion
   */
  void addAll(DistinctItems other, int now, int window, ByteBudget budget) {
    Object added = other.store;
    if (added instanceof CouponMatrix matrix) {
      CouponMatrix own = promoted(now, budget);
      if (own != null) {
        own.addAll(matrix, now, window);
      }
      return;
    }
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    int end = ((ContactBlock) added).copyTo(words, 0, now);
    for (int i = 0; i < end; i++) {
      if (Tick.age(now, stamp(words[i])) < window) {
        long item = item(words[i]);
        touch(item, CouponMatrix.coupon(item), stamp(words[i]), now, budget);
      }
    }
  }

  /**
   * Copies the items of a window, in ascending order.
   *
   * @param target has room for {@link ContactBlock#MAX_ENTRIES}
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @return how many there are, or -1 where they are not {@link #exact}
   */
  int copyItems(long[] target, int now, int window) {
    return store instanceof ContactBlock block ? copyItems(block, target, now, window) : -1;
  }

  private static int copyItems(ContactBlock block, long[] target, int now, int window) {
    int end = block.copyTo(target, 0, now);
    int inWindow = 0;
    for (int i = 0; i < end; i++) {
      if (Tick.age(now, stamp(target[i])) < window) {
        target[inWindow++] = item(target[i]);
      }
    }
    Arrays.sort(target, 0, inWindow);
    int distinct = 0;
    for (int i = 0; i < inWindow; i++) {
      // A race may have left an item twice.
      if (distinct == 0 || target[distinct - 1] != target[i]) {
        target[distinct++] = target[i];
      }
    }
    return distinct;
  }

  /** The matrix, after promotion if there is none yet; null if there is no money for that. */
  private @Nullable CouponMatrix promoted(int now, ByteBudget budget) {
    while (true) {
      Object seen = store;
      if (seen instanceof CouponMatrix matrix) {
        return matrix;
      }
      ContactBlock block = (ContactBlock) seen;
      if (!startPromotion(block, budget)) {
        return null;
      }
      publishMatrix(block, now, budget);
    }
  }

  /** Pays for a matrix and seals the block; false if there is no money. */
  private static boolean startPromotion(ContactBlock block, ByteBudget budget) {
    if (!budget.reserve(CouponMatrix.BYTES)) {
      return false;
    }
    if (!block.seal()) {
      budget.release(CouponMatrix.BYTES);
    }
    return true;
  }

  /** Publishes the matrix of a sealed block, unless the block has been succeeded. */
  private void publishMatrix(ContactBlock block, int now, ByteBudget budget) {
    if (STORE.compareAndSet(this, block, matrixOf(block, now))) {
      budget.release(block.bytes());
    }
  }

  private static CouponMatrix matrixOf(ContactBlock block, int now) {
    long[] words = new long[ContactBlock.MAX_ENTRIES];
    int end = block.copyTo(words, 0, now);
    CouponMatrix matrix = new CouponMatrix();
    for (int i = 0; i < end; i++) {
      long item = item(words[i]);
      matrix.raise(CouponMatrix.coupon(item), stamp(words[i]), now);
    }
    return matrix;
  }

  private static long key(long item) {
    return (item << ITEM_SHIFT) | 1;
  }

  private static long item(long word) {
    return word >>> (STAMP_BITS + ITEM_SHIFT);
  }

  private static int stamp(long word) {
    return (int) (word & STAMP_MASK);
  }
}
