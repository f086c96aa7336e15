package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.text.NumberParser;

/**
 * The lines nfdump prints: {@code 2026-11-24 02:05:00.123 0.004 TCP 10.0.0.1:4321 -> 10.0.0.2:22
 * ....S. 0 1 60 1}, the flags and what stands behind them only in some. With {@code <->} a line has
 * both directions. Before the protocol there may be more times, or words for what a firewall did.
 * Not thread-safe.
 */
final class FlowText {
  private static final int MAX_COLUMNS = 24;
  private static final int DATE = 0;
  private static final int CLOCK = 1;
  private static final int AFTER_CLOCK = 2;
  private static final int SOURCE = 4;
  // Date, time, protocol and source stand before it at the least.
  private static final int FIRST_ARROW = 4;

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
        && columns.count() <= SOURCE + 2
        && columns.to(DATE) - columns.from(DATE) == 10
        && bytes[columns.from(DATE) + 4] == '-'
        && bytes[columns.from(DATE) + 7] == '-'
        && columns.to(CLOCK) - columns.from(CLOCK) >= 8
        && bytes[columns.from(CLOCK) + 2] == ':'
        && NumberParser.decimal(bytes, columns.from(AFTER_CLOCK), columns.to(AFTER_CLOCK), 3) >= 0
        && lastOf(bytes, columns.from(SOURCE), columns.to(SOURCE), ':') >= 0;
  }

  void read(byte[] bytes, int from, int to, Fields fields) {
    fields.start(bytes, from, to);
    columns.splitAtBlanks(bytes, from, to);
    int arrow = arrow(bytes, FIRST_ARROW);
    if (arrow < 0 || arrow + 1 >= columns.count()) {
      return;
    }
    fields.put(Field.DATE, columns.from(DATE), columns.to(DATE));
    fields.put(Field.CLOCK, columns.from(CLOCK), columns.to(CLOCK));
    int protocol = arrow - 2;
    boolean event = protocol > AFTER_CLOCK && isWord(bytes, AFTER_CLOCK);
    if (event) {
      event(bytes, fields);
    } else if (protocol > AFTER_CLOCK) {
      put(fields, Field.DURATION, protocol - 1);
    }
    put(fields, Field.PROTOCOL, protocol);
    endpoint(bytes, arrow - 1, Field.SOURCE, Field.SOURCE_PORT, fields);
    endpoint(bytes, arrow + 1, Field.DESTINATION, Field.DESTINATION_PORT, fields);
    int counts = arrow + 2;
    if (arrow(bytes, counts) == counts + 1) {
      // The endpoints as they were translated.
      counts += 3;
    }
    boolean both = bytes[columns.from(arrow)] == '<';
    counts(bytes, counts, event ? EVENT : both ? BOTH : ONE, fields);
  }

  /* The first column that is an arrow, or -1. */
  private int arrow(byte[] bytes, int first) {
    for (int column = first; column < columns.count(); column++) {
      int from = columns.from(column);
      int to = columns.to(column);
      if (to - from >= 2 && to - from <= 3 && bytes[to - 1] == '>' && bytes[to - 2] == '-') {
        return column;
      }
    }
    return -1;
  }

  private boolean isWord(byte[] bytes, int column) {
    int letter = bytes[columns.from(column)] | 0x20;
    return letter >= 'a' && letter <= 'z';
  }

  /* What a firewall or a translator says happened, as the number it is exported by. */
  private void event(byte[] bytes, Fields fields) {
    int from = columns.from(AFTER_CLOCK);
    int to = columns.to(AFTER_CLOCK);
    if (Text.startsWith(bytes, from, to, "create") || Text.startsWith(bytes, from, to, "add")) {
      fields.putText(Field.RESULT, "1");
    } else if (Text.startsWith(bytes, from, to, "den")) {
      fields.putText(Field.RESULT, "3");
    } else if (Text.startsWith(bytes, from, to, "del")) {
      fields.putText(Field.RESULT, "2");
    } else if (Text.startsWith(bytes, from, to, "update")) {
      fields.putText(Field.RESULT, "5");
    }
  }

  private void counts(byte[] bytes, int first, Field[] order, Fields fields) {
    int column = first;
    if (column < columns.count() && isFlags(bytes, column)) {
      put(fields, Field.FLAGS, column);
      // Behind the flags stands the type of service.
      column += 2;
    }
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

  private static final Field[] EVENT = {Field.SOURCE_BYTES, Field.DESTINATION_BYTES};
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
