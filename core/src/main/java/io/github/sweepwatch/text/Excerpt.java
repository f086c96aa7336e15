package io.github.sweepwatch.text;

import java.nio.charset.StandardCharsets;

/** Quotes a piece of a record in a message. Thread-safe. */
public final class Excerpt {
  /** How many characters are shown. */
  public static final int MAX_LENGTH = 40;

  private Excerpt() {}

  /**
   * The bytes as text in single quotes, fit for one line of a terminal or log: control characters
   * become {@code \x{1b}} and the like, bytes that are no UTF-8 U+FFFD, and a long text is cut.
   *
   * @param bytes holds the text
   * @param from the first byte
   * @param to the end, exclusive
   * @return such as {@code 'tcp'}, or {@code 'aaaa…'} where something was cut
   */
  public static String of(byte[] bytes, int from, int to) {
    // Four bytes make a character at most; what is left out is not decoded.
    int end = Math.min(to, from + 4 * MAX_LENGTH);
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    StringBuilder quoted = new StringBuilder(MAX_LENGTH + 3).append('\'');
    int shown = 0;
    int i = 0;
    while (i < text.length() && shown < MAX_LENGTH) {
      int character = text.codePointAt(i);
      if (isUnsafe(character)) {
        quoted.append("\\x{").append(Integer.toHexString(character)).append('}');
      } else {
        quoted.appendCodePoint(character);
      }
      i += Character.charCount(character);
      shown++;
    }
    return quoted.append(i < text.length() || end < to ? "…'" : "'").toString();
  }

  /* Format characters include those that reverse the direction of text. */
  private static boolean isUnsafe(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
