package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which column holds which field: as the device sends them, as the logging service does, or as the
 * header of an exported file names them. Columns are counted from the time of receipt, which stands
 * second. Not thread-safe.
 */
final class TrafficLayout {
  private static final int UNREAD = -1;

  /** How many columns of what devices send are read: up to the device's name. */
  static final int SENT_COLUMNS = 52;

  // The time of logging, which is longer than the session's number or is left empty.
  private static final int LOGGED = 20;
  private static final int LONGEST_SESSION = 10;
  private static final int DATE_SEPARATOR = "2026".length();
  private static final int USER = 11;
  // From here on there are texts again.
  private static final int TEXTS = 36;

  /** How many columns are read at most. */
  static final int MAX_COLUMNS = 160;

  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.TYPE, "Type", "log_type")
          .put(Field.SUBTYPE, "Threat/Content Type", "Subtype", "log_subtype")
          .put(Field.TIME, "Generate Time", "Generated Time", "time_generated", "Receive Time")
          .put(Field.SOURCE, "Source address", "Source IP", "src_ip", "src")
          .put(Field.DESTINATION, "Destination address", "Destination IP", "dest_ip", "dst")
          .put(Field.USER, "Source User", "src_user")
          .put(Field.SESSION, "Session ID", "session_id", "sessionid")
          .put(Field.COUNT, "Repeat Count", "repeat_count", "repeatcnt")
          .put(Field.SOURCE_PORT, "Source Port", "src_port", "sport")
          .put(Field.DESTINATION_PORT, "Destination Port", "dest_port", "dport")
          .put(Field.PROTOCOL, "IP Protocol", "Protocol", "transport", "proto")
          .put(Field.ACTION, "Action", "vendor_action")
          .put(Field.SOURCE_BYTES, "Bytes Sent", "bytes_out", "bytes_sent")
          .put(Field.DESTINATION_BYTES, "Bytes Received", "bytes_in", "bytes_received")
          .put(Field.SOURCE_PACKETS, "Packets Sent", "packets_out", "pkts_sent")
          .put(Field.DESTINATION_PACKETS, "Packets Received", "packets_in", "pkts_received")
          .put(Field.START, "Start Time", "start_time")
          .put(Field.DURATION, "Elapsed Time (sec)", "Elapsed Time", "elapsed_time")
          .put(Field.REASON, "Session End Reason", "session_end_reason")
          .put(Field.SENSOR, "Device Name", "dvc_name", "device_name")
          .build();

  private final int[] codes = new int[MAX_COLUMNS];
  private final Columns columns;
  // The columns that are read.
  private final int[] read = new int[MAX_COLUMNS];
  private int readColumns;
  private boolean named;

  private TrafficLayout(int mostColumns) {
    columns = new Columns(mostColumns);
    Arrays.fill(codes, UNREAD);
    put(2, "Type");
    put(3, "Subtype");
    put(5, "Generated Time");
    put(6, "src");
    put(7, "dst");
    put(USER, "src_user");
  }

  /** The columns of a device, which its header may name otherwise. */
  static TrafficLayout sent(int mostColumns) {
    TrafficLayout layout = new TrafficLayout(mostColumns);
    layout.putSession(21, 28);
    layout.put(43, "pkts_sent");
    layout.put(44, "pkts_received");
    layout.put(45, "session_end_reason");
    layout.put(51, "device_name");
    layout.listRead();
    return layout;
  }

  /** Those of the logging service where it leaves out columns without use, and the flags. */
  static TrafficLayout trimmed() {
    TrafficLayout layout = new TrafficLayout(SENT_COLUMNS);
    layout.putSession(20, 26);
    layout.put(38, "pkts_sent");
    layout.put(39, "pkts_received");
    layout.put(40, "session_end_reason");
    layout.put(46, "device_name");
    layout.listRead();
    return layout;
  }

  private void putSession(int session, int protocol) {
    put(session, "session_id");
    put(session + 1, "repeat_count");
    put(session + 2, "sport");
    put(session + 3, "dport");
    put(protocol, "proto");
    put(protocol + 1, "Action");
    put(protocol + 3, "bytes_sent");
    put(protocol + 4, "bytes_received");
    put(protocol + 6, "start_time");
    put(protocol + 7, "elapsed_time");
  }

  private void listRead() {
    readColumns = 0;
    for (int i = 0; i < MAX_COLUMNS; i++) {
      if (codes[i] != UNREAD) {
        read[readColumns++] = i;
      }
    }
  }

  private void put(int column, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    codes[column] = NAMES.find(bytes, 0, bytes.length);
  }

  /** Takes a line as a header, if it names both addresses. */
  boolean takeHeader(byte[] bytes, int from, int to) {
    int receipt = Text.find(bytes, from, to, ',') + 1;
    if (receipt >= to
        || !(Text.contains(bytes, from, to, "address") || hasShortNames(bytes, from, to))) {
      return false;
    }
    columns.split(bytes, from, to, ',');
    int[] found = new int[MAX_COLUMNS];
    Arrays.fill(found, UNREAD);
    boolean source = false;
    boolean destination = false;
    for (int i = 0; i < columns.count(); i++) {
      int code = NAMES.find(bytes, columns.from(i), columns.to(i));
      found[i] = code;
      source |= code >= 0 && FieldNames.field(code) == Field.SOURCE;
      destination |= code >= 0 && FieldNames.field(code) == Field.DESTINATION;
    }
    if (!source || !destination) {
      return false;
    }
    System.arraycopy(found, 0, codes, 0, MAX_COLUMNS);
    named = true;
    listRead();
    return true;
  }

  private static boolean hasShortNames(byte[] bytes, int from, int to) {
    return Text.contains(bytes, from, to, "serial") && Text.contains(bytes, from, to, "dst");
  }

  /** Whether the columns go by a header. */
  boolean isNamed() {
    return named;
  }

  /*
   * Whether quotes matter in a row just cut: where a comma in quotes has put the columns before the
   * time of logging out of place, where what is read is quoted, and anywhere behind the counts.
   */
  private boolean isQuoted(byte[] bytes) {
    int count = columns.count();
    int logged = count > LOGGED ? columns.from(LOGGED) : bytes.length;
    if (logged + DATE_SEPARATOR >= bytes.length || bytes[logged + DATE_SEPARATOR] != '/') {
      return true;
    }
    boolean quoted = isQuoted(bytes, 0) || isQuoted(bytes, USER);
    for (int column = TEXTS; column < count; column++) {
      quoted |= isQuoted(bytes, column);
    }
    return quoted;
  }

  private boolean isQuoted(byte[] bytes, int column) {
    int from = columns.from(column);
    return from < bytes.length && bytes[from] == '"';
  }

  /** Whether the row last read has no column for the time of logging, where the device has it. */
  boolean wasTrimmed() {
    if (columns.count() <= LOGGED) {
      return false;
    }
    int length = columns.to(LOGGED) - columns.from(LOGGED);
    return length > 0 && length <= LONGEST_SESSION;
  }

  /**
   * Reads a row.
   *
   * @param start the first column's first byte; without a header, that of the time of receipt
   */
  void read(byte[] bytes, int start, int to, Fields fields) {
    fields.start(bytes, start, to);
    if (named) {
      columns.split(bytes, start, to, ',');
    } else {
      columns.splitPlain(bytes, start, to, ',');
      if (isQuoted(bytes)) {
        columns.split(bytes, start, to, ',');
      }
    }
    int count = columns.count();
    int last = readColumns;
    while (last > 0 && read[last - 1] >= count) {
      last--;
    }
    if (named) {
      for (int i = 0; i < last; i++) {
        int column = read[i];
        fields.put(codes[column], columns.from(column), columns.to(column));
      }
    } else {
      // Devices leave no blanks around a column.
      for (int i = 0; i < last; i++) {
        int column = read[i];
        fields.putColumn(codes[column], columns.from(column), columns.to(column));
      }
    }
  }
}
