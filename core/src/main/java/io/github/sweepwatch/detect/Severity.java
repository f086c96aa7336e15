package io.github.sweepwatch.detect;

/** How much an alert matters, from least to most. */
public enum Severity {
  /** Background noise. */
  LOW,
  /** Worth a look when there is time. */
  MEDIUM,
  /** Worth a look now. */
  HIGH,
  /** Act now. */
  CRITICAL
}
