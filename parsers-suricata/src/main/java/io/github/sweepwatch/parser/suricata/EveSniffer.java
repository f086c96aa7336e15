package io.github.sweepwatch.parser.suricata;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells EVE records by their bytes. Thread-safe: it keeps nothing. */
final class EveSniffer {
  private static final int EVE = 90;
  private static final int SPREAD = 80;

  private static final byte[] LINE_FEED = {'\n'};
  private static final byte[] EVENT_TYPE = bytes("\"event_type\"");
  // As in text within a member.
  private static final byte[] ESCAPED_EVENT_TYPE = bytes("\\\"event_type\\\"");

  // A record that has an event_type and one of these is Suricata's.
  private static final byte[][] MARKS = {
    bytes("flow_id\""),
    bytes("dest_ip\""),
    bytes("flow_id\\\""),
    bytes("dest_ip\\\""),
    bytes("stats\""),
    bytes("in_iface\"")
  };

  private EveSniffer() {}

  static int score(byte[] head) {
    int from = 0;
    while (from < head.length) {
      int to = from;
      while (to < head.length && head[to] != '\n') {
        to++;
      }
      if (isEve(head, from, to)) {
        return EVE;
      }
      from = to + 1;
    }
    return isSpread(head) ? SPREAD : 0;
  }

  /* Whether what stands there begins an object, perhaps in an array, that is an EVE record. */
  private static boolean isSpread(byte[] head) {
    int start = skipBlanks(head, 0);
    if (start < head.length && head[start] == '[') {
      int next = skipBlanks(head, start + 1);
      // The bracket is to be on a line of its own.
      start = find(head, start, next, LINE_FEED) ? next : start;
    }
    return isEve(head, start, head.length);
  }

  /** Whether a line is a JSON object with an EVE record, however deep in it. */
  static boolean isEve(byte[] bytes, int from, int to) {
    if (EveParser.objectStart(bytes, from, to) < 0 && RecordList.start(bytes, from, to) < 0) {
      return false;
    }
    if (find(bytes, from, to, EVENT_TYPE) || find(bytes, from, to, ESCAPED_EVENT_TYPE)) {
      for (byte[] mark : MARKS) {
        if (find(bytes, from, to, mark)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int skipBlanks(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private static boolean find(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
