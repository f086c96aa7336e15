package io.github.sweepwatch.cli;

/** The greatest counts of one source: over all, and of the day. */
final class SourceMaxima {
  final int[] overall;
  int[] today;
  boolean internal;
  long day;

  SourceMaxima(int rules, long day) {
    overall = new int[rules];
    today = new int[rules];
    this.day = day;
  }

  void raise(int rule, long count) {
    int bounded = (int) Math.min(count, Integer.MAX_VALUE);
    overall[rule] = Math.max(overall[rule], bounded);
    today[rule] = Math.max(today[rule], bounded);
  }
}
