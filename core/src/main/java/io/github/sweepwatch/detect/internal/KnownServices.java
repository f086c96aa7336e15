package io.github.sweepwatch.detect.internal;

import java.io.IOException;

/**
 * Which services of which hosts have answered anyone, and which hosts inside are dark: asked in
 * vain, and never heard of. Learnt from events, in bounded memory: {@link SightingFilter}s that
 * forget what did not come again for one to two of their generations, and take at most 2.2 % of
 * what never came for known. Thread-safe and wait-free; allocates nothing.
 */
final class KnownServices {
  /** In the place of a service: any. */
  private static final int ANY = Service.CODES;

  private final SightingFilter answered;
  private final SightingFilter inVain;

  /**
   * Nothing is known.
   *
   * @param bytes how much memory it may take, 12 KiB or more: two thirds for what answered
   */
  KnownServices(long bytes) {
    answered = new SightingFilter(bytes / 3 * 2);
    inVain = new SightingFilter(bytes / 3);
  }

  /** Whether a service of a host has answered somebody. */
  boolean serves(int host, int service) {
    return answered.has(key(host, service));
  }

  /** Whether a host inside was asked in vain, never answered anybody, and asked nobody itself. */
  boolean isDark(int host) {
    long key = key(host, ANY);
    return inVain.has(key) && !answered.has(key);
  }

  /** Learns that a service has answered. */
  void learn(int host, int service) {
    answered.add(key(host, service));
    learn(host);
  }

  /** Learns that there is a host. */
  void learn(int host) {
    answered.add(key(host, ANY));
  }

  /** Learns that a host inside did not answer. */
  void learnInVain(int host) {
    inVain.add(key(host, ANY));
  }

  /** Writes what answered. */
  void writeAnswered(SnapshotOutput out) throws IOException {
    answered.write(out);
  }

  /** Reads that, written of one of the same size; nothing may be known yet. */
  void readAnswered(SnapshotInput in) throws IOException {
    answered.read(in);
  }

  /** Writes who was asked in vain. */
  void writeInVain(SnapshotOutput out) throws IOException {
    inVain.write(out);
  }

  /** Reads that, written of one of the same size; nothing may be known yet. */
  void readInVain(SnapshotInput in) throws IOException {
    inVain.read(in);
  }

  /** Host codes come of a keyed hash: nobody can choose which share a block. */
  private static long key(int host, int service) {
    long word = ((long) host << 20 | service) * 0x9e37_79b9_7f4a_7c15L;
    return word ^ word >>> 29;
  }
}
