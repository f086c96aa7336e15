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
  private static final int BLOCK = Long.SIZE;
  private static final int BATCH = 8;

  // Where the columns begin if they do not each follow a separator.
  private final int[] from;
  private boolean dense;
  private int first;
  // Some more places than columns, for what a block of bytes may hold beyond the last.
  private final int[] to;
  private int count;

  /**
   * For lines of some width.
   *
   * @param most how many columns are looked at; what follows is not
   */
  public Columns(int most) {
    from = new int[most];
    to = new int[most + BLOCK + BATCH];
  }

  /**
   * Cuts at each separator that does not stand in quotes.
   *
   * @param bytes holds the line
   * @param start its first byte
   * @param end its end, exclusive
   * @param separator what stands between two columns, in ASCII
   */
  public void split(byte[] bytes, int start, int end, char separator) {
    if (hasQuote(bytes, start, end)) {
      splitQuoted(bytes, start, end, separator);
    } else {
      splitPlain(bytes, start, end, separator);
    }
  }

  private static boolean hasQuote(byte[] bytes, int start, int end) {
    int i = start;
    long quotes = 0;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i) ^ ONES * '"';
      quotes |= (word - ONES) & ~word;
    }
    while (i < end && bytes[i] != '"') {
      i++;
    }
    return (quotes & HIGHS) != 0 || i < end;
  }

  /**
   * Cuts at each separator, whatever quotes there are.
   *
   * @param bytes holds the line
   * @param start its first byte
   * @param end its end, exclusive
   * @param separator what stands between two columns, in ASCII
   */
  public void splitPlain(byte[] bytes, int start, int end, char separator) {
    long wanted = ONES * separator;
    int found = 0;
    int i = start;
    for (int last = bytes.length - BLOCK; i < end && i <= last && found < from.length; ) {
      long others = 0;
      for (int shift = 0; shift < BLOCK; shift += Long.BYTES) {
        long word = (long) WORDS.get(bytes, i + shift);
        others |= gathered(nonZeros(word ^ wanted)) << shift;
      }
      found = put(~others & inLine(end - i), i, found);
      i += BLOCK;
    }
    while (i < end && found < from.length) {
      to[found] = i;
      found += bytes[i] == separator ? 1 : 0;
      i++;
    }
    // More may have been found in the last block than there are columns.
    count = Math.min(found, from.length);
    if (count < from.length) {
      to[count++] = end;
    }
    dense = true;
    first = start;
  }

  /*
   * Writes the places of a block's bits, eight at a time whether there are as many or not: how many
   * there are, the processor cannot foresee.
   */
  private int put(long hits, int base, int found) {
    int[] places = to;
    long rest = hits;
    int after = found + Long.bitCount(hits);
    for (int at = found; at < after; at += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        places[at + i] = base + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
      }
    }
    return after;
  }

  /* A bit for each byte of a block that is in the line. */
  private static long inLine(int left) {
    return left >= BLOCK ? -1L : (1L << left) - 1;
  }

  /* The high bits of eight bytes as one byte. */
  private static long gathered(long highs) {
    return ((highs >>> 7) * 0x0102_0408_1020_4080L) >>> 56;
  }

  /* The high bit of each byte that is not zero, and of no other. */
  private static long nonZeros(long word) {
    return ((word & ~HIGHS) + ~HIGHS | word) & HIGHS;
  }

  private void splitQuoted(byte[] bytes, int start, int end, char separator) {
    dense = false;
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
    dense = false;
    int found = 0;
    int i = start;
    for (int last = bytes.length - BLOCK; i < end && i <= last && found < from.length; ) {
      long hits = 0;
      for (int shift = 0; shift < BLOCK; shift += Long.BYTES) {
        long word = (long) WORDS.get(bytes, i + shift);
        // The high bit comes out where a byte is above a blank.
        long above = (word & ~HIGHS) + ONES * (0x7f - ' ') | word;
        hits |= gathered(~above & HIGHS) << shift;
      }
      found = put(hits & inLine(end - i), i, found);
      i += BLOCK;
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
    if (!dense) {
      return from[column];
    }
    return column == 0 ? first : to[column - 1] + 1;
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
