package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.spi.RecordSlice;

/** Looks for ASCII in bytes. Thread-safe. */
public final class Text {
  private Text() {}

  /**
   * Whether bytes begin with a text, letters compared without case.
   *
   * @param bytes holds them
   * @param from the first
   * @param to the end, exclusive
   * @param lowerCase the text, in lower case ASCII
   * @return true if so
   */
  public static boolean startsWith(byte[] bytes, int from, int to, String lowerCase) {
    int length = lowerCase.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int letter = bytes[from + i];
      if (letter >= 'A' && letter <= 'Z') {
        letter += 'a' - 'A';
      }
      if (letter != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a record is a JSON object. A line of text that stands in one is not claimed by its own
   * parser, which would read quotes and escapes as part of it.
   *
   * @param record the record
   * @return true if it begins like one
   */
  public static boolean isObject(RecordSlice record) {
    return record.length() > 0 && record.bytes()[record.from()] == '{';
  }

  /**
   * Where a text stands first, letters compared as they are.
   *
   * @param bytes holds the bytes
   * @param from where to begin
   * @param to the end, exclusive
   * @param text the text, in ASCII, not empty
   * @return its index, or -1
   */
  public static int find(byte[] bytes, int from, int to, String text) {
    int first = text.charAt(0);
    int last = to - text.length();
    for (int i = from; i <= last; i++) {
      if (bytes[i] == first && matches(bytes, i, text)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at, String text) {
    for (int i = 1; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where a character stands first.
   *
   * @param bytes holds the bytes
   * @param from where to begin
   * @param to the end, exclusive
   * @param character the character, in ASCII
   * @return its index, or the end
   */
  public static int find(byte[] bytes, int from, int to, char character) {
    int i = from;
    while (i < to && bytes[i] != character) {
      i++;
    }
    return i;
  }

  /**
   * Whether a text stands somewhere, letters compared without case.
   *
   * @param bytes holds the bytes
   * @param from where to begin
   * @param to the end, exclusive
   * @param lowerCase the text, in lower case ASCII
   * @return true if so
   */
  public static boolean contains(byte[] bytes, int from, int to, String lowerCase) {
    int first = lowerCase.charAt(0);
    int last = to - lowerCase.length();
    for (int i = from; i <= last; i++) {
      int letter = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + ('a' - 'A') : bytes[i];
      if (letter == first && startsWith(bytes, i, to, lowerCase)) {
        return true;
      }
    }
    return false;
  }
}
