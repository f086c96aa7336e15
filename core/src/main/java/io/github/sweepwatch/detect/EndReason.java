package io.github.sweepwatch.detect;

/** Why an incident ended. */
public enum EndReason {
  /** Nothing more came for the policy's idle time. */
  IDLE,
  /** It had lasted for the policy's longest time; what follows is a new incident. */
  MAX_DURATION,
  /** The memory budget was needed for others. */
  EVICTED,
  /** The detector was finished. */
  END_OF_INPUT
}
