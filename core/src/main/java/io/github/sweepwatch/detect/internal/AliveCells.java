package io.github.sweepwatch.detect.internal;

/**
 * Which of four stamps in one word lie in a window, without a branch. Thread-safe: pure functions.
 *
 * <p>Stamps of a window, and those ahead of it, are one interval of the ring of 16-bit numbers. It
 * may run over the seam, and then holds 0, which is no stamp. So a cell is alive if its distance
 * from the interval's start, modulo 2<sup>16</sup>, is below the interval's length, and it is not
 * 0. Two cells are tested at once, in lanes of 32 bits, whose 17th bit takes the carry that answers
 * each comparison.
 */
final class AliveCells {
  private static final long LANES = 0x0000_0001_0000_0001L;
  private static final long CELLS = 0x0000_ffff_0000_ffffL;
  private static final long FLAGS = 0x0001_0000_0001_0000L;
  private static final int RING = 0x1_0000;
  private static final int CELL_BITS = 16;

  private AliveCells() {}

  /** What takes the start of a window's interval to 0, in both lanes. */
  static long from(int now, int window) {
    return (RING - first(now, window)) * LANES;
  }

  /** What takes a distance that is no longer in the interval to 2^16 or more, in both lanes. */
  static long beyond(int now, int window) {
    int last = wrap(now + Tick.AHEAD);
    return (RING - 1 - ((last - first(now, window)) & (RING - 1))) * LANES;
  }

  /** The 17th bit of either lane says whether the cell in its low half is alive. */
  static long flags(long word, long from, long beyond) {
    long cells = word & CELLS;
    long outside = ((cells + from) & CELLS) + beyond;
    return (cells + CELLS) & ~outside & FLAGS;
  }

  /** All bits of those cells that are alive in a window. */
  static long mask(long word, int now, int window) {
    long from = from(now, window);
    long beyond = beyond(now, window);
    long even = flags(word, from, beyond);
    long odd = flags(word >>> CELL_BITS, from, beyond);
    return (even - (even >>> CELL_BITS)) | ((odd - (odd >>> CELL_BITS)) << CELL_BITS);
  }

  private static int first(int now, int window) {
    return wrap(now - window + 1);
  }

  /** A number near a stamp as a stamp. */
  private static int wrap(int number) {
    if (number < 1) {
      return number + Tick.CYCLE;
    }
    return number > Tick.CYCLE ? number - Tick.CYCLE : number;
  }
}
