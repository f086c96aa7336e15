package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * Finds the columns in a line, whatever stands before them. They begin with a number or nothing,
 * the time of receipt, the serial number and the type: {@code 1,2026/11/24 02:05:00,0128,TRAFFIC,}.
 */
final class TrafficLine {
  /** Where nothing was found. */
  static final int NONE = -1;

  private static final int STAMP = "2026/11/24 02:05:00".length();
  // A serial number, or a name in its place.
  private static final int LONGEST_SERIAL = 64;

  private static final String[] TYPES = {
    "TRAFFIC",
    "THREAT",
    "SYSTEM",
    "CONFIG",
    "HIPMATCH",
    "HIP-MATCH",
    "GLOBALPROTECT",
    "USERID",
    "AUTHENTICATION",
    "DECRYPTION",
    "CORRELATION",
    "GTP",
    "SCTP",
    "TUNNEL",
    "START",
    "END",
    "IPTAG",
    "AUDIT",
    "URL"
  };

  private TrafficLine() {}

  static boolean isPaloAlto(byte[] bytes, int from, int to) {
    int receipt = receiptTime(bytes, from, to);
    return receipt != NONE && !type(bytes, receipt, to).isEmpty();
  }

  /** Where the time of receipt begins, its quote included, if this is such a line. */
  static int receiptTime(byte[] bytes, int from, int to) {
    int last = to - STAMP;
    for (int i = from; i < last; i++) {
      if (bytes[i] == ',' && isStamp(bytes, bytes[i + 1] == '"' ? i + 2 : i + 1, to)) {
        return i + 1;
      }
    }
    return NONE;
  }

  /** The type of a line, or an empty text where it is none that is known. */
  static String type(byte[] bytes, int receipt, int to) {
    int serial = Text.find(bytes, receipt, to, ',') + 1;
    int type = Text.find(bytes, Math.min(serial, to), to, ',') + 1;
    if (type >= to || type - serial > LONGEST_SERIAL) {
      return "";
    }
    int start = bytes[type] == '"' ? type + 1 : type;
    for (String name : TYPES) {
      int end = start + name.length();
      if (end < to && (bytes[end] == ',' || bytes[end] == '"') && isText(bytes, start, name)) {
        return name;
      }
    }
    return "";
  }

  private static boolean isText(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isStamp(byte[] bytes, int at, int to) {
    return at + STAMP < to
        && bytes[at + 4] == '/'
        && bytes[at + 7] == '/'
        && (bytes[at + 10] == ' ' || bytes[at + 10] == 'T')
        && bytes[at + 13] == ':'
        && bytes[at] >= '0'
        && bytes[at] <= '9';
  }
}
