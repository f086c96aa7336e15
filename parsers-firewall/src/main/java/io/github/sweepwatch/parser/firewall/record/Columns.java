package io.github.sweepwatch.parser.firewall.record;

/**
 * Cuts a line into columns. A column in double quotes may hold the separator, and quotes twice; the
 * outer quotes are no part of it. Used again for every line. Not thread-safe.
 */
public final class Columns {
  private final int[] from;
  private final int[] to;
  private int count;

  /**
   * For lines of some width.
   *
   * @param most how many columns are looked at; what follows is not
   */
  public Columns(int most) {
    from = new int[most];
    to = new int[most];
  }

  /**
   * Cuts at each separator.
   *
   * @param bytes holds the line
   * @param start its first byte
   * @param end its end, exclusive
   * @param separator what stands between two columns, in ASCII
   */
  public void split(byte[] bytes, int start, int end, char separator) {
    int columns = 0;
    int i = start;
    while (columns < from.length) {
      if (i < end && bytes[i] == '"') {
        int close = closingQuote(bytes, i + 1, end);
        from[columns] = i + 1;
        to[columns++] = close;
        i = Text.find(bytes, Math.min(end, close + 1), end, separator);
      } else {
        from[columns] = i;
        i = Text.find(bytes, i, end, separator);
        to[columns++] = i;
      }
      if (i >= end) {
        break;
      }
      i++;
    }
    count = columns;
  }

  /**
   * Cuts at runs of blanks; nothing is quoted.
   *
   * @param bytes holds the line
   * @param start its first byte
   * @param end its end, exclusive
   */
  public void splitAtBlanks(byte[] bytes, int start, int end) {
    int columns = 0;
    int i = start;
    while (columns < from.length) {
      while (i < end && isBlank(bytes[i])) {
        i++;
      }
      if (i == end) {
        break;
      }
      from[columns] = i;
      while (i < end && !isBlank(bytes[i])) {
        i++;
      }
      to[columns++] = i;
    }
    count = columns;
  }

  /**
   * How many columns there are.
   *
   * @return the number, at most as many as are looked at
   */
  public int count() {
    return count;
  }

  /**
   * Where a column begins.
   *
   * @param column its number from 0, below {@link #count}
   * @return an index
   */
  public int from(int column) {
    return from[column];
  }

  /**
   * Where a column ends.
   *
   * @param column its number from 0, below {@link #count}
   * @return an index, exclusive
   */
  public int to(int column) {
    return to[column];
  }

  private static boolean isBlank(int character) {
    return (character & 0xff) <= ' ';
  }

  private static int closingQuote(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] != '"' || (i + 1 < end && bytes[i + 1] == '"'))) {
      i += bytes[i] == '"' ? 2 : 1;
    }
    return Math.min(i, end);
  }
}
