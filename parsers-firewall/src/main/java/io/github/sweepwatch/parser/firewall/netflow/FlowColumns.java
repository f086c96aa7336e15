package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import java.util.Arrays;

/**
 * Rows under a header that names their columns, with commas or vertical bars between. What follows
 * the word Summary is none. Not thread-safe.
 */
final class FlowColumns {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.START, "ts", "firstSeen", "sTime", "first", "time_start", "start_time")
          .put(Field.END, "te", "lastSeen", "eTime", "last")
          .put(Field.DURATION, "td", "duration")
          .put(Field.SOURCE, "sa", "srcAddr", "sIP", "src_addr", "srcip", "src_ip", "ip_src")
          .put(Field.DESTINATION, "da", "dstAddr", "dIP", "dst_addr", "dstip", "dst_ip", "ip_dst")
          .put(Field.SOURCE_PORT, "sp", "srcPort", "sPort", "src_port", "port_src")
          .put(Field.DESTINATION_PORT, "dp", "dstPort", "dPort", "dst_port", "port_dst")
          .put(Field.PROTOCOL, "pr", "proto", "pro", "protocol", "prot", "ip_proto")
          .put(Field.FLAGS, "flg", "flags", "initialFlags", "tcp_flags")
          .put(Field.SOURCE_PACKETS, "ipkt", "packets", "inPackets", "pkts")
          .put(Field.SOURCE_BYTES, "ibyt", "bytes", "inBytes")
          .put(Field.DESTINATION_PACKETS, "opkt", "outPackets")
          .put(Field.DESTINATION_BYTES, "obyt", "outBytes")
          .put(Field.COUNT, "fl", "flows")
          .put(Field.SENSOR, "ra", "sensor", "sen", "exporter")
          .build();
  private static final int MAX_COLUMNS = 96;
  private static final int UNREAD = -1;
  private static final String SUMMARY = "Summary";

  private final int[] codes = new int[MAX_COLUMNS];
  private final Columns columns = new Columns(MAX_COLUMNS);
  private char separator = ',';
  private boolean named;
  private int width;

  /** Takes a line as a header, if it names both addresses and a time. */
  boolean takeHeader(byte[] bytes, int from, int to) {
    char between = Text.find(bytes, from, to, ',') < to ? ',' : '|';
    if (Text.find(bytes, from, to, between) == to) {
      return false;
    }
    columns.split(bytes, from, to, between);
    int[] found = new int[MAX_COLUMNS];
    Arrays.fill(found, UNREAD);
    int kinds = 0;
    for (int i = 0; i < columns.count(); i++) {
      int start = columns.from(i);
      int end = columns.to(i);
      while (start < end && bytes[start] == ' ') {
        start++;
      }
      while (end > start && bytes[end - 1] == ' ') {
        end--;
      }
      found[i] = NAMES.find(bytes, start, end);
      kinds |= found[i] == UNREAD ? 0 : kind(FieldNames.field(found[i]));
    }
    if (kinds != 7) {
      return false;
    }
    System.arraycopy(found, 0, codes, 0, MAX_COLUMNS);
    separator = between;
    named = true;
    width = columns.count();
    return true;
  }

  private static int kind(Field field) {
    return switch (field) {
      case SOURCE -> 1;
      case DESTINATION -> 2;
      case START -> 4;
      default -> 0;
    };
  }

  /** Reads a row; false if it is none. */
  boolean read(byte[] bytes, int from, int to, Fields fields) {
    if (Text.find(bytes, from, Math.min(to, from + SUMMARY.length()), SUMMARY) == from) {
      named = false;
    }
    if (!named) {
      return false;
    }
    fields.start(bytes, from, to);
    columns.split(bytes, from, to, separator);
    for (int i = 0; i < columns.count(); i++) {
      if (codes[i] != UNREAD) {
        fields.put(codes[i], columns.from(i), columns.to(i));
      }
    }
    if (fields.has(Field.DESTINATION_PORT)) {
      typeAndCode(fields);
    }
    return columns.count() >= width - 1;
  }

  /* For ICMP a port of two numbers with a dot between holds type and code. */
  private static void typeAndCode(Fields fields) {
    int from = fields.from(Field.DESTINATION_PORT);
    int to = fields.to(Field.DESTINATION_PORT);
    int dot = Text.find(fields.bytes(), from, to, '.');
    if (dot < to) {
      fields.put(Field.ICMP_TYPE, from, dot);
      fields.put(Field.ICMP_CODE, dot + 1, to);
    }
  }
}
