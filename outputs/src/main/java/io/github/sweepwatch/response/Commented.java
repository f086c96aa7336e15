package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.ScanAlert;

/** A text under way whose comments each take one line. */
final class Commented {
  private final String mark;
  private final StringBuilder text = new StringBuilder();

  /**
   * An empty text.
   *
   * @param mark what begins a comment
   */
  Commented(String mark) {
    this.mark = mark;
  }

  Commented comment(String line) {
    text.append(mark).append(' ').append(PlainText.of(line, PlainText.MAX_LINE)).append('\n');
    return this;
  }

  /** A line that means something. */
  Commented line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** Says whom the file answers, for which incidents, and who is left out. */
  Commented plan(ResponsePlan plan) {
    comment(
        "Made by Sweepwatch for people to review: "
            + plan.answers().size()
            + " answered, "
            + plan.leftOut().size()
            + " left out.");
    for (Answer answer : plan.answers()) {
      comment(
          answer.source()
              + (answer.inside() ? ", inside, until " : ", outside, until ")
              + PlainText.time(answer.untilMicros()));
      for (ScanAlert incident : answer.incidents()) {
        comment("  " + PlainText.describe(incident));
      }
    }
    for (LeftOut not : plan.leftOut()) {
      comment("left out: " + not);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
