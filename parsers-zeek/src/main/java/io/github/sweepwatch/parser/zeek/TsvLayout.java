package io.github.sweepwatch.parser.zeek;

import java.util.Arrays;

/**
 * Where the fields of a tab-separated log stand, from its header. Used by one thread, since it
 * keeps the ends of the last row's fields.
 */
final class TsvLayout {
  private final FieldSplitter splitter;
  private final byte[] unset;
  private final byte[] empty;
  private final int[] ends;
  // Pairs of a field and its column, for what the log has.
  private final int[] fields;
  private final int[] columns;
  private final boolean history;

  /**
   * A layout.
   *
   * @param columnOf the column of each field by ordinal, or -1
   */
  TsvLayout(FieldSplitter splitter, byte[] unset, byte[] empty, int columnCount, int[] columnOf) {
    this.splitter = splitter;
    this.unset = unset;
    this.empty = empty;
    ends = new int[columnCount];
    int present = 0;
    int[] field = new int[columnOf.length];
    int[] column = new int[columnOf.length];
    for (int i = 0; i < columnOf.length; i++) {
      if (columnOf[i] >= 0) {
        field[present] = i;
        column[present++] = columnOf[i];
      }
    }
    fields = Arrays.copyOf(field, present);
    columns = Arrays.copyOf(column, present);
    history = columnOf[ZeekField.HISTORY.index()] >= 0;
  }

  int columnCount() {
    return ends.length;
  }

  /** Whether there is a history column, so that an unset history is an empty one. */
  boolean hasHistory() {
    return history;
  }

  /** Finds a row's fields; returns how many columns the row has. */
  int read(byte[] bytes, int from, int to, ZeekRecord record) {
    int count = splitter.split(bytes, from, to, ends);
    if (count != ends.length) {
      return count;
    }
    record.start(bytes, from, to);
    int separatorLength = splitter.separatorLength();
    for (int i = 0; i < fields.length; i++) {
      int column = columns[i];
      int start = column == 0 ? from : ends[column - 1] + separatorLength;
      int end = ends[column];
      if (!isUnset(bytes, start, end)) {
        record.put(fields[i], start, end);
      }
    }
    return count;
  }

  private boolean isUnset(byte[] bytes, int from, int to) {
    return is(unset, bytes, from, to) || is(empty, bytes, from, to);
  }

  /* The first byte mostly settles it. */
  private static boolean is(byte[] marker, byte[] bytes, int from, int to) {
    int length = to - from;
    return length == marker.length
        && (length == 0
            || (bytes[from] == marker[0]
                && (length == 1 || Arrays.equals(bytes, from, to, marker, 0, length))));
  }
}
