package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Estimates how many distinct items were touched in any window up to the horizon: for each of
 * {@value #ROWS} rows, into which items are hashed, and each rank up to {@value #RANKS}, the stamp
 * of the latest touch. Thread-safe.
 *
 * <p>An item of rank r, which has probability 2<sup>-r</sup> (the last rank takes what is rarer),
 * raises one cell. The cells that are alive in a window are those that the window's items raise,
 * whatever came before: the bitmap of Flajolet and Martin, "Probabilistic counting algorithms for
 * data base applications" (1985), for every window at once. That a register may keep times to
 * forget by is also in Algebird's {@code HyperLogLogSeries} and in Kim and O'Hallaron's vector of
 * timestamps. The estimate is {@link RankLikelihood}'s.
 *
 * <p>Items are hashed as {@code HllSketch} of Apache DataSketches hashes them, so that the highest
 * alive rank of each row is its register. Allocates nothing; reads are relaxed: no snapshot.
 */
final class CouponMatrix {
  /** How many rows there are. */
  static final int ROWS = 256;

  /** How many ranks there are. */
  static final int RANKS = 16;

  /** What a matrix takes of a budget: the object, its array's header and the cells. */
  static final long BYTES = 16 + 16 + ROWS * RANKS * 2;

  /** The relative standard error of the estimate, 0.65 / sqrt(ROWS). */
  static final double RELATIVE_ERROR = 0.65 / 16;

  /** The cell was never touched, or not within the horizon. */
  static final int NEW = ContactBlock.NEW;

  // Four cells to a word, the lowest rank lowest; four words to a row.
  private static final int CELL_BITS = 16;
  private static final long CELL_MASK = 0xffff;
  private static final int WORDS_PER_ROW = 4;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] words = new long[ROWS * WORDS_PER_ROW];

  /**
   * Where an item belongs: {@code row << 4 | (rank - 1)}. Its row is the low 8 bits of the first
   * half of its hash, its rank one more than the leading zeros of the second half.
   */
  static int coupon(long item) {
    // MurmurHash3_x64_128 (Appleby) of the eight bytes of one long, little-endian, with the seed of
    // DataSketches: no blocks, a tail of eight bytes, the finalisation.
    long k1 = Long.rotateLeft(item * 0x87c3_7b91_1142_53d5L, 31) * 0x4cf5_ad43_2745_937fL;
    long h1 = 9001 ^ k1 ^ 8;
    long h2 = 9001 ^ 8;
    h1 += h2;
    h2 += h1;
    h1 = mix(h1);
    h2 = mix(h2);
    h1 += h2;
    h2 += h1;
    return ((int) (h1 & (ROWS - 1)) << 4) | Math.min(Long.numberOfLeadingZeros(h2), RANKS - 1);
  }

  private static long mix(long hash) {
    long h = hash;
    h ^= h >>> 33;
    h *= 0xff51_afd7_ed55_8ccdL;
    h ^= h >>> 33;
    h *= 0xc4ce_b9fe_1a85_ec53L;
    h ^= h >>> 33;
    return h;
  }

  /**
   * Touches a cell. Lock-free.
   *
   * @param coupon the cell
   * @param stamp when it was touched
   * @param now the time that ages are relative to
   * @return the age that it had before, or {@link #NEW}
   */
  int raise(int coupon, int stamp, int now) {
    int index = coupon >>> 2;
    int shift = (coupon & 3) * CELL_BITS;
    while (true) {
      long word = (long) WORD.getVolatile(words, index);
      int lag = Tick.lag(now, (int) ((word >>> shift) & CELL_MASK));
      if (lag <= Tick.lag(now, stamp)
          || WORD.compareAndSet(
              words, index, word, (word & ~(CELL_MASK << shift)) | ((long) stamp << shift))) {
        return lag < Tick.HORIZON ? Math.max(0, lag) : NEW;
      }
    }
  }

  /** Whether a cell was touched within the horizon. Wait-free. */
  boolean has(int coupon, int now) {
    long word = (long) WORD.getOpaque(words, coupon >>> 2);
    int stamp = (int) ((word >>> ((coupon & 3) * CELL_BITS)) & CELL_MASK);
    return Tick.age(now, stamp) < Tick.HORIZON;
  }

  /**
   * Estimates how many distinct items were touched within a window. Wait-free.
   *
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @return the estimate, 0 for none
   */
  double estimate(int now, int window) {
    long from = AliveCells.from(now, window);
    long beyond = AliveCells.beyond(now, window);
    long even0 = 0;
    long odd0 = 0;
    long even1 = 0;
    long odd1 = 0;
    long even2 = 0;
    long odd2 = 0;
    long even3 = 0;
    long odd3 = 0;
    for (int i = 0; i < ROWS * WORDS_PER_ROW; i += WORDS_PER_ROW) {
      long word = (long) WORD.getOpaque(words, i);
      even0 += AliveCells.flags(word, from, beyond);
      odd0 += AliveCells.flags(word >>> CELL_BITS, from, beyond);
      word = (long) WORD.getOpaque(words, i + 1);
      even1 += AliveCells.flags(word, from, beyond);
      odd1 += AliveCells.flags(word >>> CELL_BITS, from, beyond);
      word = (long) WORD.getOpaque(words, i + 2);
      even2 += AliveCells.flags(word, from, beyond);
      odd2 += AliveCells.flags(word >>> CELL_BITS, from, beyond);
      word = (long) WORD.getOpaque(words, i + 3);
      even3 += AliveCells.flags(word, from, beyond);
      odd3 += AliveCells.flags(word >>> CELL_BITS, from, beyond);
    }
    // Flags are the 17th bit of each half word: sums of even cells go down, those of odd ones fit.
    return ROWS
        * RankLikelihood.itemsPerRow(
            (even0 >>> CELL_BITS) | odd0,
            (even1 >>> CELL_BITS) | odd1,
            (even2 >>> CELL_BITS) | odd2,
            (even3 >>> CELL_BITS) | odd3);
  }

  /**
   * Estimates how many distinct items were touched here within the horizon or in another matrix
   * within a window. Wait-free.
   *
   * @param other another matrix of items of the same kind
   * @param now the end of both windows
   * @param window the other's length in ticks, 1 to {@link Tick#HORIZON}
   * @return the estimate, 0 for none
   */
  double estimateWith(CouponMatrix other, int now, int window) {
    long from = AliveCells.from(now, Tick.HORIZON);
    long beyond = AliveCells.beyond(now, Tick.HORIZON);
    long otherFrom = AliveCells.from(now, window);
    long otherBeyond = AliveCells.beyond(now, window);
    long[] counts = new long[WORDS_PER_ROW];
    for (int rank = 0; rank < WORDS_PER_ROW; rank++) {
      long even = 0;
      long odd = 0;
      for (int i = rank; i < ROWS * WORDS_PER_ROW; i += WORDS_PER_ROW) {
        long word = (long) WORD.getOpaque(words, i);
        long others = (long) WORD.getOpaque(other.words, i);
        even +=
            AliveCells.flags(word, from, beyond) | AliveCells.flags(others, otherFrom, otherBeyond);
        odd +=
            AliveCells.flags(word >>> CELL_BITS, from, beyond)
                | AliveCells.flags(others >>> CELL_BITS, otherFrom, otherBeyond);
      }
      counts[rank] = (even >>> CELL_BITS) | odd;
    }
    return ROWS * RankLikelihood.itemsPerRow(counts[0], counts[1], counts[2], counts[3]);
  }

  /** The probability that an item which was never touched finds its cell alive. Wait-free. */
  double covered(int now) {
    double covered = 0;
    for (int cell = 0; cell < ROWS * RANKS; cell++) {
      int rank = Math.min((cell & (RANKS - 1)) + 1, RANKS - 1);
      covered += has(cell, now) ? 1.0 / (1 << rank) : 0;
    }
    return covered / ROWS;
  }

  /** Empties the cells that have left the horizon, so that their ages never wrap. Lock-free. */
  void sweep(int now) {
    for (int i = 0; i < words.length; i++) {
      while (true) {
        long word = (long) WORD.getVolatile(words, i);
        long alive = word & AliveCells.mask(word, now, Tick.HORIZON);
        if (alive == word || WORD.compareAndSet(words, i, word, alive)) {
          break;
        }
      }
    }
  }

  /**
   * The registers of the window's items, as {@code HllSketch} has them but for ranks above {@value
   * #RANKS}: the highest alive rank of each row, 0 if there is none. Wait-free.
   *
   * @param now the end of the window
   * @param window its length in ticks, 1 to {@link Tick#HORIZON}
   * @param target gets {@value #ROWS} registers
   */
  void registers(int now, int window, byte[] target) {
    for (int row = 0; row < ROWS; row++) {
      int rank = 0;
      for (int i = WORDS_PER_ROW - 1; i >= 0 && rank == 0; i--) {
        long word = (long) WORD.getOpaque(words, row * WORDS_PER_ROW + i);
        int free = Long.numberOfLeadingZeros(word & AliveCells.mask(word, now, window));
        rank = free == Long.SIZE ? 0 : (i + 1) * 4 - free / CELL_BITS;
      }
      target[row] = (byte) rank;
    }
  }

  /** A matrix of what is alive in a window. Wait-free. */
  CouponMatrix copy(int now, int window) {
    CouponMatrix copy = new CouponMatrix();
    for (int i = 0; i < words.length; i++) {
      long word = (long) WORD.getOpaque(words, i);
      copy.words[i] = word & AliveCells.mask(word, now, window);
    }
    return copy;
  }

  /** Touches the cells that are alive in a window of another matrix, as they were. Lock-free. */
  void addAll(CouponMatrix other, int now, int window) {
    for (int i = 0; i < words.length; i++) {
      long word = (long) WORD.getOpaque(other.words, i);
      long alive = word & AliveCells.mask(word, now, window);
      for (int cell = i << 2; alive != 0; cell++) {
        int stamp = (int) (alive & CELL_MASK);
        if (stamp != Tick.NEVER) {
          raise(cell, stamp, now);
        }
        alive >>>= CELL_BITS;
      }
    }
  }
}
