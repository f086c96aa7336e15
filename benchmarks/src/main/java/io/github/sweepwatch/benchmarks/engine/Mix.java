package io.github.sweepwatch.benchmarks.engine;

/** Turns numbers into random-looking ones, always the same. */
final class Mix {
  private Mix() {}

  /** A bijection on 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  static long of(long value) {
    long z = value + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
    return z ^ z >>> 31;
  }

  /** The two numbers' own random-looking number. */
  static long of(long first, long second) {
    return of(of(first) + second);
  }

  /** A number from 0 to n - 1, out of the upper bits of a mixed one. */
  static int below(int n, long mixed) {
    return (int) (((mixed >>> 32) * n) >>> 32);
  }
}
