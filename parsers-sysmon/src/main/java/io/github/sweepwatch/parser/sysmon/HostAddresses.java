package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.event.IpAddress;

/**
 * Which addresses are a host's own, learnt from what it sent. A fixed number are kept; a new one
 * may take the place of another. Not thread-safe.
 */
final class HostAddresses {
  private static final int SLOTS = 1 << 13;

  // Host and address in one hash each: a chance of 2^-50 to mistake one for another does no harm.
  private final long[] known = new long[SLOTS];

  /** Notes that an address is this host's. */
  void learn(long host, long high, long low) {
    if (IpAddress.isLoopbackOrUnspecified(high, low) || IpAddress.isGroup(high, low)) {
      return;
    }
    long key = key(host, high, low);
    int slot = slot(key);
    if (known[slot] != key && known[slot ^ 1] != key) {
      // The newer of two stays where it is found first, and the older goes.
      known[slot ^ 1] = known[slot];
      known[slot] = key;
    }
  }

  boolean isOwn(long host, long high, long low) {
    long key = key(host, high, low);
    int slot = slot(key);
    return known[slot] == key || known[slot ^ 1] == key;
  }

  /** A host's name as a number; what domain it is in does not count, as not every event says it. */
  static long host(byte[] bytes, int from, int to) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = from; i < to && bytes[i] != '.'; i++) {
      hash = (hash ^ Bytes.lower(bytes[i])) * 0x100_0000_01b3L;
    }
    return hash;
  }

  private static long key(long host, long high, long low) {
    long key = mix(mix(host ^ high) + low);
    return key == 0 ? 1 : key;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0xd6e8_feb8_6659_fd93L;
    return (mixed ^ mixed >>> 32) * 0xd6e8_feb8_6659_fd93L;
  }

  private static int slot(long key) {
    return (int) (key >>> 32) & (SLOTS - 1);
  }
}
