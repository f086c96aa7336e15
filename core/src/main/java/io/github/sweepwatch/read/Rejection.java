package io.github.sweepwatch.read;

/**
 * A record that should have given an event and could not.
 *
 * @param stream the file, or the stream's name
 * @param line the line on which the record starts, from 1
 * @param reason what is wrong with it; control characters are replaced, and a long one is cut
 */
public record Rejection(String stream, long line, String reason) {
  /** How long a reason may be, in characters. */
  public static final int MAX_REASON = 300;

  /**
   * Replaces control characters in the reason, which may quote hostile input, and cuts it.
   *
   * @param stream the file
   * @param line the line on which the record starts
   * @param reason what is wrong with it
   */
  public Rejection {
    reason = printable(reason);
  }

  private static String printable(String text) {
    int end = text.length();
    boolean cut = end > MAX_REASON;
    if (cut) {
      end =
          Character.isHighSurrogate(text.charAt(MAX_REASON - 2)) ? MAX_REASON - 2 : MAX_REASON - 1;
    }
    StringBuilder result = new StringBuilder(MAX_REASON).append(text, 0, end);
    for (int i = 0; i < result.length(); i++) {
      if (isControl(result.charAt(i))) {
        result.setCharAt(i, '?');
      }
    }
    return cut ? result.append('…').toString() : result.toString();
  }

  /** Whether a terminal or a log viewer might act on a character instead of showing it. */
  private static boolean isControl(char character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** {@code stream:line: reason}. */
  @Override
  public String toString() {
    return stream + ":" + line + ": " + reason;
  }
}
