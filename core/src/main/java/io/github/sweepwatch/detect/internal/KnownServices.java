package io.github.sweepwatch.detect.internal;

import java.io.IOException;

/**
 * Which services of which hosts have answered anyone, and which hosts have: the rest is dark.
 * Learnt from events, in bounded memory: a {@link SightingFilter} that forgets what did not answer
 * again for one to two of its generations, and takes at most 2.2 % of what never answered for known.
 * Thread-safe and wait-free; allocates nothing.
 */
final class KnownServices {
  /** In the place of a service: any. */
  private static final int ANY = Service.CODES;

  private final SightingFilter answered;

  /**
   * Nothing is known.
   *
   * @param bytes how much memory it may take: 32 KiB to 8 GiB
   */
  KnownServices(long bytes) {
    answered = new SightingFilter(bytes);
  }

  /** Whether a service of a host has answered somebody. */
  boolean serves(int host, int service) {
    return answered.has(key(host, service));
  }

  /** Whether a host has answered somebody, on whatever service. */
  boolean isAlive(int host) {
    return answered.has(key(host, ANY));
  }

  /** Learns that a service has answered. */
  void learn(int host, int service) {
    answered.add(key(host, service));
    answered.add(key(host, ANY));
  }

  void write(SnapshotOutput out) throws IOException {
    answered.write(out);
  }

  /** Reads what was written of one of the same size; nothing may be known yet. */
  void read(SnapshotInput in) throws IOException {
    answered.read(in);
  }

  /** Host codes come of a keyed hash: nobody can choose which share a block. */
  private static long key(int host, int service) {
    long word = (long) host << 20 | service;
    word *= 0x9e37_79b9_7f4a_7c15L;
    return word ^ word >>> 29;
  }
}
