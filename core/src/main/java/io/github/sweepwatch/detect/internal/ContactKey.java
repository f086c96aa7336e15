package io.github.sweepwatch.detect.internal;

/**
 * A contact in 48 bits: the destination's host code (28), the service (18), and how it ended (2,
 * never 0). A word is a key and a 16-bit stamp. The outcome is part of the key: a success and a
 * failure are two contacts, so that windows over failures alone are exact. Thread-safe; wait-free.
 */
final class ContactKey {
  /** How many low bits of a word are its stamp. */
  static final int STAMP_BITS = 16;

  private static final int ANSWERED = 1;
  private static final int FAILED = 2;

  private ContactKey() {}

  static long of(int host, int service, boolean failed) {
    return (long) host << 20 | (long) service << 2 | (failed ? FAILED : ANSWERED);
  }

  static int host(long key) {
    return (int) (key >>> 20);
  }

  static int service(long key) {
    return (int) (key >>> 2) & (Service.CODES - 1);
  }

  static boolean failed(long key) {
    return (key & 3) == FAILED;
  }

  /** Host and service without the outcome: what pairs are counted by. */
  static long pair(long key) {
    return key >>> 2;
  }
}
