package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.text.NumberParser;

/**
 * The lines nfdump prints: {@code 2026-11-24 02:05:00.123 0.004 TCP 10.0.0.1:4321 -> 10.0.0.2:22
 * ....S. 0 1 60 1}, the flags and what stands behind them only in some. With {@code <->} a line has
 * both directions. Not thread-safe.
 */
final class FlowText {
  private static final int MAX_COLUMNS = 24;
  private static final int DATE = 0;
  private static final int CLOCK = 1;
  private static final int DURATION = 2;
  private static final int PROTOCOL = 3;
  private static final int SOURCE = 4;
  private static final int ARROW = 5;
  private static final int DESTINATION = 6;

  private final Columns columns = new Columns(MAX_COLUMNS);

  /** Whether a line is one of these: a date, a time, and an arrow. */
  static boolean isRow(byte[] bytes, int start, int to) {
    int from = start;
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    if (to - from < 40
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-'
        || bytes[from + 10] != ' '
        || bytes[from + 13] != ':') {
      return false;
    }
    for (int i = from + 20; i + 1 < to; i++) {
      if (bytes[i] == '-' && bytes[i + 1] == '>' && bytes[i - 1] != '-') {
        return true;
      }
    }
    return false;
  }

  /** Whether a line is one of these up to the source, and no more. */
  boolean isCut(byte[] bytes, int from, int to) {
    columns.splitAtBlanks(bytes, from, to);
    return columns.count() > SOURCE
        && columns.count() <= ARROW + 1
        && columns.to(DATE) - columns.from(DATE) == 10
        && bytes[columns.from(DATE) + 4] == '-'
        && bytes[columns.from(DATE) + 7] == '-'
        && columns.to(CLOCK) - columns.from(CLOCK) >= 8
        && bytes[columns.from(CLOCK) + 2] == ':'
        && NumberParser.decimal(bytes, columns.from(DURATION), columns.to(DURATION), 3) >= 0
        && lastOf(bytes, columns.from(SOURCE), columns.to(SOURCE), ':') >= 0;
  }

  void read(byte[] bytes, int from, int to, Fields fields) {
    fields.start(bytes, from, to);
    columns.splitAtBlanks(bytes, from, to);
    int shift = 0;
    // One form has the time of the last packet too.
    if (columns.count() > DESTINATION + 2
        && bytes[Math.min(columns.from(2) + 4, to - 1)] == '-'
        && columns.to(2) - columns.from(2) == 10) {
      shift = 1;
    }
    if (columns.count() <= DESTINATION + shift) {
      return;
    }
    fields.put(Field.DATE, columns.from(DATE), columns.to(DATE));
    fields.put(Field.CLOCK, columns.from(CLOCK), columns.to(CLOCK));
    int at = shift == 0 ? 0 : 2;
    put(fields, Field.DURATION, DURATION + at);
    if (columns.count() <= DESTINATION + at) {
      return;
    }
    put(fields, Field.PROTOCOL, PROTOCOL + at);
    endpoint(bytes, SOURCE + at, Field.SOURCE, Field.SOURCE_PORT, fields);
    endpoint(bytes, DESTINATION + at, Field.DESTINATION, Field.DESTINATION_PORT, fields);
    boolean both = bytes[columns.from(ARROW + at)] == '<';
    counts(bytes, DESTINATION + 1 + at, both, fields);
  }

  private void counts(byte[] bytes, int first, boolean both, Fields fields) {
    int column = first;
    if (column < columns.count() && isFlags(bytes, column)) {
      put(fields, Field.FLAGS, column);
      // Behind the flags stands the type of service.
      column += 2;
    }
    Field[] order = both ? BOTH : ONE;
    for (Field field : order) {
      if (column >= columns.count()) {
        return;
      }
      boolean scaled =
          column + 1 < columns.count()
              && columns.to(column + 1) - columns.from(column + 1) == 1
              && bytes[columns.from(column + 1)] > '9';
      if (!scaled) {
        put(fields, field, column);
      }
      column += scaled ? 2 : 1;
    }
  }

  private static final Field[] ONE = {Field.SOURCE_PACKETS, Field.SOURCE_BYTES};
  private static final Field[] BOTH = {
    Field.SOURCE_PACKETS, Field.DESTINATION_PACKETS, Field.SOURCE_BYTES, Field.DESTINATION_BYTES
  };

  private boolean isFlags(byte[] bytes, int column) {
    int from = columns.from(column);
    int to = columns.to(column);
    return to - from >= 6
        && NumberParser.unsigned(bytes, from, to) < 0
        && (bytes[to - 1] == '.' || bytes[to - 1] == 'F' || bytes[to - 1] == 'S');
  }

  private void put(Fields fields, Field field, int column) {
    if (column < columns.count()) {
      fields.put(field, columns.from(column), columns.to(column));
    }
  }

  /* IPv4 has a colon before the port, IPv6 a dot; ICMP has type and code with a dot between. */
  private void endpoint(byte[] bytes, int column, Field address, Field port, Fields fields) {
    int from = columns.from(column);
    int to = columns.to(column);
    int colon = lastOf(bytes, from, to, ':');
    int otherColon = colon < 0 ? -1 : lastOf(bytes, from, colon, ':');
    int end = colon;
    if (colon < 0) {
      fields.put(address, from, to);
      return;
    }
    if (otherColon >= 0) {
      end = lastOf(bytes, colon, to, '.');
      int before = end < 0 ? -1 : lastOf(bytes, colon, end, '.');
      // Type and code take two dots; a mapped address has three of its own.
      if (before >= 0 && lastOf(bytes, colon, before, '.') < 0) {
        end = before;
      }
    }
    if (end < 0) {
      fields.put(address, from, to);
      return;
    }
    fields.put(address, from, end);
    int dot = lastOf(bytes, end + 1, to, '.');
    if (dot < 0) {
      fields.put(port, end + 1, to);
    } else if (port == Field.DESTINATION_PORT) {
      fields.put(Field.ICMP_TYPE, end + 1, dot);
      fields.put(Field.ICMP_CODE, dot + 1, to);
    }
  }

  private static int lastOf(byte[] bytes, int from, int to, char character) {
    int i = to - 1;
    while (i >= from && bytes[i] != character) {
      i--;
    }
    return i < from ? -1 : i;
  }
}
