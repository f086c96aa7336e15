package io.github.sweepwatch.cli;

/** Text from logs and file names that is fit for a terminal. */
final class Printable {
  private Printable() {}

  /** The text as one line, without control characters and without marks that reorder it. */
  static String line(String text) {
    if (text.codePoints().allMatch(Printable::plain)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(point -> plain(point) ? point : '?').forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean plain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
