package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * Finds the columns in a line, whatever stands before them. They begin with a number or nothing,
 * the time of receipt, the serial number and the type: {@code 1,2026/11/24 02:05:00,0128,TRAFFIC,}.
 * The logging service writes the time as ISO 8601 does, and may leave the number out.
 */
final class TrafficLine {
  /** Where nothing was found. */
  static final int NONE = -1;

  private static final int STAMP = "2026/11/24 02:05:00".length();
  // A serial number, or a name in its place.
  private static final int LONGEST_SERIAL = 64;

  /** The type of the records that are read. */
  static final String TRAFFIC = "TRAFFIC";

  private static final String[] TYPES = {
    TRAFFIC,
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
    int comma = Text.find(bytes, from, to, ',');
    while (comma < to) {
      int stamp = stampBefore(bytes, from, comma);
      if (stamp != NONE) {
        return stamp;
      }
      comma = Text.find(bytes, comma + 1, to, ',');
    }
    return NONE;
  }

  /** Whether a traffic record's time of receipt, without fraction or quotes, is at a place. */
  static boolean isTraffic(byte[] bytes, int at, int to) {
    return at + STAMP < to
        && bytes[at + STAMP] == ','
        && isStamp(bytes, at)
        && type(bytes, at, to).equals(TRAFFIC);
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

  /* Where a stamp begins that ends before a comma, its quote included. */
  private static int stampBefore(byte[] bytes, int from, int comma) {
    int end = comma;
    boolean quoted = end > from && bytes[end - 1] == '"';
    end -= quoted ? 1 : 0;
    if (end - STAMP < from || (bytes[end - 3] != ':' && (end = beforeFraction(bytes, end)) < 0)) {
      return NONE;
    }
    int start = end - STAMP;
    if (start < from || !isStamp(bytes, start)) {
      return NONE;
    }
    if (quoted) {
      start--;
    }
    // A JSON member has a colon before it.
    int before = start > from ? bytes[start - 1] : ',';
    boolean begins = before == ',' || (before == ' ' && !quoted);
    return begins && start >= from && (!quoted || bytes[start] == '"') ? start : NONE;
  }

  /* The end of the seconds, before a fraction and a Z; negative if there are none. */
  private static int beforeFraction(byte[] bytes, int end) {
    int i = bytes[end - 1] == 'Z' ? end - 1 : end;
    int digits = i;
    while (digits > end - STAMP && bytes[digits - 1] >= '0' && bytes[digits - 1] <= '9') {
      digits--;
    }
    if (bytes[digits - 1] == '.') {
      return digits - 1;
    }
    return bytes[digits - 1] == ':' ? i : NONE;
  }

  private static boolean isStamp(byte[] bytes, int at) {
    int hyphen = bytes[at + 4];
    return (hyphen == '/' || hyphen == '-')
        && bytes[at + 7] == hyphen
        && (bytes[at + 10] == ' ' || bytes[at + 10] == 'T')
        && bytes[at + 13] == ':'
        && bytes[at + 16] == ':'
        && bytes[at] >= '0'
        && bytes[at] <= '9';
  }
}
