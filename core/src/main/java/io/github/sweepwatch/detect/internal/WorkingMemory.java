package io.github.sweepwatch.detect.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a thread works with, so that neither counting nor a batch allocates: one of each for a
 * number of threads. A thread that finds its own in use, by itself or by another, makes a new one.
 * Thread-safe; wait-free.
 */
final class WorkingMemory {
  /** How many keys there is room for; one word more is for whatever is of no use. */
  static final int KEYS = 64;

  private static final int PLACES = 64;
  // Neighbouring places are not written by different threads.
  private static final int SPACING = 16;

  private final RuleBook rules;
  private final KnownServices known;
  private final AtomicReferenceArray<Recount> places = new AtomicReferenceArray<>(PLACES * SPACING);
  private final AtomicReferenceArray<long[]> keys = new AtomicReferenceArray<>(PLACES * SPACING);

  WorkingMemory(RuleBook rules, KnownServices known) {
    this.rules = rules;
    this.known = known;
  }

  Recount take() {
    Recount recount = places.getAndSet(place(), null);
    return recount == null ? new Recount(rules, known) : recount;
  }

  void giveBack(Recount recount) {
    places.setRelease(place(), recount);
  }

  long[] takeKeys() {
    long[] some = keys.getAndSet(place(), null);
    return some == null ? new long[KEYS + 1] : some;
  }

  void giveBackKeys(long[] some) {
    keys.setRelease(place(), some);
  }

  private static int place() {
    return (int) (Thread.currentThread().getId() % PLACES) * SPACING;
  }
}
