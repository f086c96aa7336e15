package io.github.sweepwatch.parser.firewall.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts a line into columns. A column in double quotes may hold the separator, and quotes twice; the
 * outer quotes are no part of it. Used again for every line. Not thread-safe.
 */
public final class Columns {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;

  private final int[] from;
  // Some more places than columns, for what a word of bytes may hold beyond the last.
  private final int[] to;
  private int count;

  /**
   * For lines of some width.
   *
   * @param most how many columns are looked at; what follows is not
   */
  public Columns(int most) {
    from = new int[most];
    to = new int[most + Long.BYTES + 1];
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
    long wanted = ONES * separator;
    int found = 0;
    long quotes = 0;
    int i = start;
    int lastWord = Math.min(end, bytes.length - Long.BYTES + 1);
    while (i < lastWord && found < from.length) {
      long word = (long) WORDS.get(bytes, i);
      long inLine = inLine(end - i);
      long other = word ^ wanted;
      long quote = word ^ ONES * '"';
      quotes |= (quote - ONES) & ~quote & inLine;
      found = put(zeros(other) & inLine, i, found);
      i += Long.BYTES;
    }
    while (i < end && found < from.length) {
      quotes |= bytes[i] == '"' ? 1 : 0;
      to[found] = i;
      found += bytes[i] == separator ? 1 : 0;
      i++;
    }
    if (quotes != 0) {
      splitQuoted(bytes, start, end, separator);
      return;
    }
    // More may have been found in the last word than there are columns.
    count = Math.min(found, from.length);
    if (count < from.length) {
      to[count++] = end;
    }
    int at = start;
    for (int column = 0; column < count; column++) {
      from[column] = at;
      at = to[column] + 1;
    }
  }

  /* Writes two places whether there are any or not, as most words have no more, then the rest. */
  private int put(long hits, int base, int found) {
    int[] places = to;
    long rest = hits;
    int number = Long.bitCount(hits);
    places[found] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    rest &= rest - 1;
    places[found + 1] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    for (int i = 2; i < number; i++) {
      rest &= rest - 1;
      places[found + i] = base + (Long.numberOfTrailingZeros(rest) >>> 3);
    }
    return found + number;
  }

  /* The high bit of each byte that is in the line. */
  private static long inLine(int left) {
    return left >= Long.BYTES ? HIGHS : HIGHS & ((1L << (left * Byte.SIZE)) - 1);
  }

  /* The high bit of each byte that is zero, and of no other. */
  private static long zeros(long word) {
    return ~((word & ~HIGHS) + ~HIGHS | word) & HIGHS;
  }

  private void splitQuoted(byte[] bytes, int start, int end, char separator) {
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
    int found = 0;
    int i = start;
    int lastWord = Math.min(end, bytes.length - Long.BYTES + 1);
    while (i < lastWord && found < from.length) {
      long word = (long) WORDS.get(bytes, i);
      // The high bit comes out where a byte is above a blank.
      long above = (word & ~HIGHS) + ONES * (0x7f - ' ') | word;
      found = put(~above & HIGHS & inLine(end - i), i, found);
      i += Long.BYTES;
    }
    while (i < end && found < from.length) {
      to[found] = i;
      found += isBlank(bytes[i]) ? 1 : 0;
      i++;
    }
    if (found >= from.length) {
      // Blanks in runs have more ends than there are columns.
      splitAtRuns(bytes, start, end);
      return;
    }
    to[found++] = end;
    int columns = 0;
    int at = start;
    for (int place = 0; place < found; place++) {
      int blank = to[place];
      if (blank > at) {
        from[columns] = at;
        to[columns++] = blank;
      }
      at = blank + 1;
    }
    count = columns;
  }

  private void splitAtRuns(byte[] bytes, int start, int end) {
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
