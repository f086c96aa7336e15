package io.github.sweepwatch.detect.internal;

import java.util.Arrays;

/**
 * The least distance to any threshold, by the kind of contact that could close it. Not thread-safe:
 * one recount's result.
 */
final class Slack {
  /**
   * Kinds: rules over sensitive services, all other rules over all outcomes, rules over failures.
   */
  static final int SENSITIVE = 0;

  /** Rules that count every outcome. */
  static final int ANY = 1;

  /** Rules that count failures only. */
  static final int FAILED = 2;

  private final int[] least = new int[3];

  void reset() {
    Arrays.fill(least, Meta.MAX_SLACK);
  }

  /** Notes how far a rule of a kind is from speaking; one that has just spoken is one away. */
  void note(int kind, long distance) {
    least[kind] = (int) Math.min(least[kind], Math.max(1, distance));
  }

  int sensitive() {
    return least[SENSITIVE];
  }

  int any() {
    return least[ANY];
  }

  int failed() {
    return least[FAILED];
  }
}
