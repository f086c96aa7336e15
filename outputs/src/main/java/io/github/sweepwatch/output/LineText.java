package io.github.sweepwatch.output;

import java.util.List;

/**
 * Text from logs for formats whose records are lines. What could break a line, reach a terminal or
 * reorder what is read (controls, format characters, line separators, half surrogate pairs) is
 * written out as <code>&#92;u</code> and four hexadecimal digits for each UTF-16 unit.
 */
final class LineText {
  /** Between the items of a list; written out where an item holds it. */
  static final char SEPARATOR = ';';

  private static final String HEX = "0123456789abcdef";

  private LineText() {}

  /** The text as one line of visible characters. */
  static String line(String text) {
    return text.codePoints().allMatch(LineText::plain) ? text : written(text, -1);
  }

  /** The text as an item of a list: one line, without the list's separator. */
  static String item(String text) {
    return text.indexOf(SEPARATOR) < 0 ? line(text) : written(text, SEPARATOR);
  }

  /**
   * The items in a row, no longer than some limit: what does not fit is left out, and its number
   * given. An item that is alone too long is cut.
   */
  static String list(List<String> items, int limit) {
    List<String> all = items.stream().map(LineText::item).toList();
    String whole = String.join(String.valueOf(SEPARATOR), all);
    if (whole.length() <= limit) {
      return whole;
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      String rest = rest(all.size() - i - 1);
      int room = limit - shown.length() - rest.length();
      if (i == 0) {
        shown.append(cut(all.get(0), room));
      } else if (all.get(i).length() < room) {
        shown.append(SEPARATOR).append(all.get(i));
      } else {
        return shown + rest(all.size() - i);
      }
    }
    return shown.toString();
  }

  private static String rest(int items) {
    return items == 0 ? "" : SEPARATOR + "+" + items + " more";
  }

  /** The text, or its beginning and three dots. */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - 3;
    // Not between the halves of a surrogate pair.
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + "...";
  }

  private static String written(String text, int separator) {
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (plain(point) && point != separator) {
                line.appendCodePoint(point);
                return;
              }
              for (char unit : Character.toChars(point)) {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                  line.append(HEX.charAt(unit >> shift & 0xf));
                }
              }
            });
    return line.toString();
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
