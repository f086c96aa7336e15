package io.github.sweepwatch.explain;

/** How much depends on an asset, from least to most. */
public enum Criticality {
  /** Nothing stops without it. */
  LOW,
  /** Somebody's work stops without it. */
  MEDIUM,
  /** Much work stops without it. */
  HIGH,
  /** The business stops without it. */
  CRITICAL
}
