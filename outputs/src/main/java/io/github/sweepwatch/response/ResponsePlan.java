package io.github.sweepwatch.response;

import java.util.List;

/**
 * Whom to answer, and who is left out. Immutable and thread-safe.
 *
 * @param newPerMinute how many new connections a minute a source may still make, or {@link #NONE}
 * @param answers one for each source, by address
 * @param leftOut the others, by incident and address
 */
public record ResponsePlan(int newPerMinute, List<Answer> answers, List<LeftOut> leftOut) {
  /** The value of {@link #newPerMinute} where sources are blocked altogether. */
  public static final int NONE = 0;

  /**
   * Copies the lists.
   *
   * @param newPerMinute how many new connections a minute a source may still make
   * @param answers one for each source
   * @param leftOut the others
   */
  public ResponsePlan {
    answers = List.copyOf(answers);
    leftOut = List.copyOf(leftOut);
  }
}
