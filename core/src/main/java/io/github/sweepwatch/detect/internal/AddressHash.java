package io.github.sweepwatch.detect.internal;

import java.nio.ByteBuffer;

/**
 * A keyed 64-bit hash of addresses: two rounds of 64 × 64 → 128-bit multiplication folded by
 * exclusive or, after wyhash (Wang Yi, 2019), with all four constants secret. Whoever does not know
 * the key cannot choose addresses that meet. Immutable and thread-safe; wait-free.
 */
final class AddressHash {
  /** How many bits of a destination's hash are kept: its host code. */
  static final int HOST_BITS = 28;

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /**
   * A hash with a key.
   *
   * @param keyHigh upper half of the key
   * @param keyLow lower half of the key
   */
  AddressHash(long keyHigh, long keyLow) {
    // Odd, so that its product with an IPv4 address is a permutation.
    first = spread(keyHigh ^ spread(keyLow)) | 1;
    second = spread(first + keyLow);
    third = spread(second ^ keyHigh);
    fourth = spread(third + spread(keyLow ^ keyHigh));
  }

  /** The hash of an address; never 0, 1 or 2, which mean something to the table. */
  long of(long high, long low) {
    long a = high ^ first;
    long b = low ^ second;
    long hash = fold(a * b ^ third, Math.multiplyHigh(a, b) ^ fourth);
    return hash >>> 2 == 0 ? first : hash;
  }

  /** The code under which a destination is kept: {@value #HOST_BITS} bits of its hash. */
  int hostCode(long high, long low) {
    return (int) (of(high, low) >>> (Long.SIZE - HOST_BITS));
  }

  /** What a snapshot is sealed with: what the key is spread to. */
  byte[] sealKey() {
    return ByteBuffer.allocate(4 * Long.BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** The key of what a source does under one of the policy's entries, apart from all else. */
  long apart(long key, int entry) {
    long hash = spread(key ^ (entry + 1) * second);
    return hash >>> 2 == 0 ? first : hash;
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.multiplyHigh(a, b);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long spread(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
