package io.github.sweepwatch.text;

/** What {@link JsonCursor#next} found. */
public enum JsonToken {
  /** An object begins. */
  BEGIN_OBJECT,
  /** The innermost object ends. */
  END_OBJECT,
  /** An array begins. */
  BEGIN_ARRAY,
  /** The innermost array ends. */
  END_ARRAY,
  /** A string. */
  STRING,
  /** A number. */
  NUMBER,
  /** The literal {@code true}. */
  TRUE,
  /** The literal {@code false}. */
  FALSE,
  /** The literal {@code null}. */
  NULL,
  /** The record is over, and it was one valid JSON text. */
  END,
  /** The record is no JSON; {@link JsonCursor#problem} says why. */
  INVALID
}
