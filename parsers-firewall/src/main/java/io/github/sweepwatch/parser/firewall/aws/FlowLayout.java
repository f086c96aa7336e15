package io.github.sweepwatch.parser.firewall.aws;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.NumberParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which column holds which field. A header says so; without one the contents do: two addresses one
 * after the other, then their ports, and so on. Not thread-safe.
 */
final class FlowLayout {
  static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SENSOR, "interface-id", "interface_id", "interfaceid", "tgw-attachment-id")
          .put(Field.SENSOR, "tgw_attachment_id")
          .put(Field.SOURCE, "srcaddr", "src_addr", "sourceaddress", "src_endpoint.ip")
          .put(Field.DESTINATION, "dstaddr", "dst_addr", "destinationaddress", "dst_endpoint.ip")
          .put(Field.SOURCE_PORT, "srcport", "src_port", "sourceport", "src_endpoint.port")
          .put(Field.DESTINATION_PORT, "dstport", "dst_port", "destinationport")
          .put(Field.DESTINATION_PORT, "dst_endpoint.port")
          .put(Field.PROTOCOL, "protocol", "connection_info.protocol_num")
          .put(Field.SOURCE_PACKETS, "packets", "numpackets", "traffic.packets")
          .put(Field.SOURCE_BYTES, "bytes", "numbytes", "traffic.bytes")
          .put(Field.START, "start", "starttime", "start_time", "start_time_dt")
          .put(Field.END, "end", "endtime", "end_time")
          .put(Field.TIME, "time", "timestamp", "@timestamp")
          .put(Field.ACTION, "action", "disposition")
          .put(Field.RESULT, "log-status", "log_status", "logstatus", "status_code")
          .put(Field.FLAGS, "tcp-flags", "tcp_flags", "tcpflags", "connection_info.tcp_flags")
          .put(Field.MESSAGE, "message", "@message", "event.original", "_raw", "log", "full_log")
          .build();

  private static final int MAX_COLUMNS = 96;
  private static final int UNREAD = -1;
  private static final int FEWEST_COLUMNS = 8;
  private static final int MAX_PORT = 0xffff;
  private static final long FIRST_START = 100_000_000;
  private static final long LONGEST_INTERVAL = 86_400;

  private final int[] codes = new int[MAX_COLUMNS];
  private final Columns columns = new Columns(MAX_COLUMNS);
  private final AddressParser address = new AddressParser();
  private char separator = ' ';
  private boolean named;
  private int width;
  private int wanted;
  private int source;
  private int protocol;

  FlowLayout() {
    Arrays.fill(codes, UNREAD);
  }

  /** Takes a line as a header, if it names both addresses and a time. */
  boolean takeHeader(byte[] bytes, int from, int to) {
    // Names begin with a letter, rows with a number; in exports both may be quoted.
    int first = to - from > 1 && bytes[from] == '"' ? from + 1 : from;
    if (first >= to || (bytes[first] | 0x20) < 'a' || Text.find(bytes, from, to, '{') < to) {
      return false;
    }
    char between = Text.find(bytes, from, to, ',') < to ? ',' : ' ';
    split(bytes, from, to, between);
    boolean hasSource = false;
    boolean hasDestination = false;
    boolean hasTime = false;
    for (int i = 0; i < columns.count(); i++) {
      int code = NAMES.find(bytes, columns.from(i), columns.to(i));
      @Nullable Field field = code == UNREAD ? null : FieldNames.field(code);
      hasSource |= field == Field.SOURCE;
      hasDestination |= field == Field.DESTINATION;
      hasTime |= field == Field.START || field == Field.TIME;
    }
    if (!hasSource || !hasDestination || !hasTime) {
      return false;
    }
    Arrays.fill(codes, UNREAD);
    for (int i = 0; i < columns.count(); i++) {
      codes[i] = NAMES.find(bytes, columns.from(i), columns.to(i));
    }
    separator = between;
    named = true;
    width = columns.count();
    return true;
  }

  /** Reads a row; how many columns it has. */
  int read(byte[] bytes, int from, int to, Fields fields) {
    fields.start(bytes, from, to);
    split(bytes, from, to, separator);
    int shift = isStamp(bytes) ? 1 : 0;
    if (!named && (columns.count() != wanted || !isRow(bytes))) {
      wanted = 0;
      if (!inferColumns(bytes, shift)) {
        return 0;
      }
      shift = 0;
      wanted = columns.count();
    } else if (!named) {
      shift = 0;
    }
    int count = columns.count();
    for (int i = shift; i < count; i++) {
      int code = codes[i - shift];
      if (code != UNREAD) {
        fields.putColumn(code, columns.from(i), columns.to(i));
      }
    }
    return columns.count() - shift;
  }

  /** How many columns a row has, by the header; 0 without one. */
  int width() {
    return named ? width : 0;
  }

  /** Whether a line's contents tell its columns. */
  boolean infer(byte[] bytes, int from, int to) {
    split(bytes, from, to, ' ');
    return inferColumns(bytes, isStamp(bytes) ? 1 : 0);
  }

  private void split(byte[] bytes, int from, int to, char between) {
    if (between == ' ') {
      columns.splitAtBlanks(bytes, from, to);
    } else {
      columns.split(bytes, from, to, between);
    }
  }

  /* Exports put the time of delivery in front. */
  private boolean isStamp(byte[] bytes) {
    int from = columns.from(0);
    return columns.count() > FEWEST_COLUMNS
        && columns.to(0) - from > 18
        && bytes[from + 4] == '-'
        && bytes[from + 10] == 'T';
  }

  /* Whether the columns that were found seem to hold for this row too. */
  private boolean isRow(byte[] bytes) {
    int from = columns.from(source);
    return columns.to(source) - from > 1
        && columns.to(protocol) - columns.from(protocol) <= 3
        && (isInAddress(bytes[from + 1])
            || isInAddress(bytes[from + 2])
            || isInAddress(bytes[from + 3])
            || isInAddress(bytes[from + 4]));
  }

  private static boolean isInAddress(int character) {
    return character == '.' || character == ':';
  }

  private boolean inferColumns(byte[] bytes, int first) {
    Arrays.fill(codes, UNREAD);
    int count = columns.count();
    source = first;
    while (source + 4 < count && !isEndpoints(bytes, source)) {
      source++;
    }
    if (source + 4 >= count) {
      return false;
    }
    put(source, Field.SOURCE);
    put(source + 1, Field.DESTINATION);
    put(source + 2, Field.SOURCE_PORT);
    put(source + 3, Field.DESTINATION_PORT);
    protocol = source + 4;
    while (protocol < count && isAddress(bytes, protocol)) {
      // The addresses of the packets, where a gateway stands between.
      protocol++;
    }
    if (protocol == count || number(bytes, protocol) < 0 || number(bytes, protocol) > 0xff) {
      return false;
    }
    put(protocol, Field.PROTOCOL);
    return inferRest(bytes, protocol + 1) && inferSensor(bytes);
  }

  /* What follows the protocol: two counts, two times, and somewhere the action and the flags. */
  private boolean inferRest(byte[] bytes, int first) {
    int count = columns.count();
    // Mostly they stand right behind the counts.
    int start = first + 2;
    if (!isInterval(bytes, start, Long.MAX_VALUE)) {
      start = first;
      while (start + 1 < count && !isInterval(bytes, start, LONGEST_INTERVAL)) {
        start++;
      }
    }
    if (start + 1 >= count) {
      return false;
    }
    put(start, Field.START);
    put(start + 1, Field.END);
    if (start == first + 2) {
      // The larger of the two are the bytes.
      boolean packetsFirst = number(bytes, first) <= number(bytes, first + 1);
      put(first, packetsFirst ? Field.SOURCE_PACKETS : Field.SOURCE_BYTES);
      put(first + 1, packetsFirst ? Field.SOURCE_BYTES : Field.SOURCE_PACKETS);
    }
    for (int i = start + 2; i < count; i++) {
      if (is(bytes, i, "accept") || is(bytes, i, "reject")) {
        put(i, Field.ACTION);
        flags(bytes, i + 1);
      } else if (is(bytes, i, "ok") || is(bytes, i, "nodata") || is(bytes, i, "skipdata")) {
        put(i, Field.RESULT);
      } else if (is(bytes, i, "ipv4") || is(bytes, i, "ipv6")) {
        flags(bytes, i - 1);
      }
    }
    return true;
  }

  private boolean isInterval(byte[] bytes, int column, long longest) {
    if (column + 1 >= columns.count()) {
      return false;
    }
    long start = number(bytes, column);
    long end = number(bytes, column + 1);
    return start >= FIRST_START && end >= start && end - start <= longest;
  }

  private void flags(byte[] bytes, int column) {
    if (column < columns.count() && number(bytes, column) >= 0 && number(bytes, column) <= 0x3f) {
      put(column, Field.FLAGS);
    }
  }

  private boolean inferSensor(byte[] bytes) {
    for (int i = 0; i < source; i++) {
      if (Text.startsWith(bytes, columns.from(i), columns.to(i), "eni-")) {
        put(i, Field.SENSOR);
        break;
      }
    }
    return true;
  }

  private void put(int column, Field field) {
    codes[column] = Fields.code(field);
  }

  private boolean isEndpoints(byte[] bytes, int column) {
    return isAddress(bytes, column)
        && isAddress(bytes, column + 1)
        && isPort(bytes, column + 2)
        && isPort(bytes, column + 3);
  }

  private boolean isPort(byte[] bytes, int column) {
    long port = number(bytes, column);
    return (port >= 0 && port <= MAX_PORT) || is(bytes, column, "-");
  }

  private boolean isAddress(byte[] bytes, int column) {
    return address.parse(bytes, columns.from(column), columns.to(column));
  }

  private long number(byte[] bytes, int column) {
    return NumberParser.unsigned(bytes, columns.from(column), columns.to(column));
  }

  private boolean is(byte[] bytes, int column, String text) {
    return columns.to(column) - columns.from(column) == text.length()
        && Text.startsWith(bytes, columns.from(column), columns.to(column), text);
  }
}
