package io.github.sweepwatch.read;

/**
 * A record that should have given an event and could not.
 *
 * @param stream the file, or the stream's name
 * @param line the line on which the record starts, from 1
 * @param reason what is wrong with it; control characters are replaced, and a long one is cut
 */
public record Rejection(String stream, long line, String reason) {
  /** {@code stream:line: reason}. */
  @Override
  public String toString() {
    return stream + ":" + line + ": " + reason;
  }
}
