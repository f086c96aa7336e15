package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.Reason;

/** Says that what reported an incident does not tell how connections end. */
final class OutcomeReason {
  private OutcomeReason() {}

  static Reason of(long unknown, long connections) {
    return new Reason("outcomes-unknown", unknown, (connections + 1) / 2, 0);
  }
}
