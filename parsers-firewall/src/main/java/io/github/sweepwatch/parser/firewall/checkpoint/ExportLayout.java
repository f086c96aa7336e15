package io.github.sweepwatch.parser.firewall.checkpoint;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The columns of an exported log: as its header names them, or as the console exports them, where
 * the destination's port stands before the source's. Not thread-safe.
 */
final class ExportLayout {
  private static final int MAX_COLUMNS = 64;
  private static final int UNREAD = -1;
  private static final int FEWEST_COLUMNS = 10;

  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.DATE, "date")
          .put(Field.CLOCK, "time")
          .put(Field.SENSOR, "origin", "orig")
          .put(Field.TYPE, "type")
          .put(Field.ACTION, "action")
          .put(Field.DESTINATION_PORT, "service", "destination port", "d_port", "svc", "dport")
          .put(Field.SOURCE_PORT, "source port", "s_port", "sport", "src_port")
          .put(Field.SOURCE, "source", "src", "source ip", "source address")
          .put(Field.DESTINATION, "destination", "dst", "destination ip", "destination address")
          .put(Field.PROTOCOL, "protocol", "proto", "ip protocol")
          .put(Field.USER, "user", "source user name")
          .put(Field.ICMP_TYPE, "icmp-type", "icmp type")
          .put(Field.ICMP_CODE, "icmp-code", "icmp code")
          .put(Field.APPLICATION, "product", "blade")
          .build();

  private static final String[] CONSOLE = {
    "num",
    "date",
    "time",
    "interface",
    "origin",
    "type",
    "action",
    "service",
    "source port",
    "source",
    "destination",
    "protocol"
  };

  private final int[] codes = new int[MAX_COLUMNS];
  private final Columns columns = new Columns(MAX_COLUMNS);
  private char separator = ' ';

  ExportLayout() {
    Arrays.fill(codes, UNREAD);
    for (int i = 0; i < CONSOLE.length; i++) {
      byte[] name = CONSOLE[i].getBytes(StandardCharsets.US_ASCII);
      codes[i] = NAMES.find(name, 0, name.length);
    }
  }

  /** Takes a line as a header, if it names both addresses. */
  boolean takeHeader(byte[] bytes, int from, int to) {
    if (!Text.contains(bytes, from, to, "date") || !Text.contains(bytes, from, to, "orig")) {
      return false;
    }
    char between = separator(bytes, from, to);
    columns.split(bytes, from, to, between);
    int[] found = new int[MAX_COLUMNS];
    Arrays.fill(found, UNREAD);
    int addresses = 0;
    for (int i = 0; i < columns.count(); i++) {
      int code = NAMES.find(bytes, columns.from(i), columns.to(i));
      found[i] = code;
      if (code != UNREAD) {
        Field field = FieldNames.field(code);
        addresses += field == Field.SOURCE || field == Field.DESTINATION ? 1 : 0;
      }
    }
    if (addresses < 2) {
      return false;
    }
    separator = between;
    System.arraycopy(found, 0, codes, 0, MAX_COLUMNS);
    return true;
  }

  private static char separator(byte[] bytes, int from, int to) {
    for (char candidate : new char[] {';', ',', '\t'}) {
      if (Text.find(bytes, from, to, candidate) < to) {
        return candidate;
      }
    }
    return ' ';
  }

  /** Whether a line is a row by itself: a number, a date such as 24Nov2026, a time. */
  static boolean isRow(byte[] bytes, int from, int to) {
    if (to - from < FEWEST_COLUMNS * 3 || bytes[from] != '"') {
      return false;
    }
    int number = Text.find(bytes, from + 1, to, '"');
    int date = Text.find(bytes, Math.min(to, number + 1), to, '"') + 1;
    int dateEnd = Text.find(bytes, Math.min(to, date), to, '"');
    boolean numbered = number > from + 1 && number < to;
    for (int i = from + 1; i < number; i++) {
      numbered &= bytes[i] >= '0' && bytes[i] <= '9';
    }
    return numbered
        && dateEnd - date >= 8
        && dateEnd - date <= 11
        && bytes[date] >= '0'
        && bytes[date] <= '9'
        && Text.find(bytes, dateEnd, Math.min(to, dateEnd + 8), ':') < to;
  }

  /** Reads a row; whether it has enough columns to be one. */
  boolean read(byte[] bytes, int from, int to, Fields fields) {
    fields.start(bytes, from, to);
    columns.split(bytes, from, to, separator);
    for (int i = 0; i < columns.count(); i++) {
      if (codes[i] != UNREAD) {
        fields.put(codes[i], columns.from(i), columns.to(i));
      }
    }
    return columns.count() >= FEWEST_COLUMNS;
  }
}
