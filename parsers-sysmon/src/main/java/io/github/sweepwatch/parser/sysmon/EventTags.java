package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;

/** Finds where events begin and end in XML text. Thread-safe. */
final class EventTags {
  static final byte[] START = "<Event".getBytes(StandardCharsets.US_ASCII);
  static final byte[] END = "</Event>".getBytes(StandardCharsets.US_ASCII);

  private EventTags() {}

  /** Where the first event begins, or -1. */
  static int start(byte[] bytes, int from, int to) {
    int i = from;
    while ((i = Bytes.indexOf(bytes, i, to, START)) >= 0) {
      if (isStart(bytes, i, to)) {
        return i;
      }
      i += START.length;
    }
    return -1;
  }

  /** Whether an event begins here, as far as can be seen. */
  static boolean isStart(byte[] bytes, int index, int to) {
    int after = index + START.length;
    return Bytes.isAt(bytes, index, to, START) && (after == to || isAfterName(bytes[after]));
  }

  /** Where the first event ends, exclusive, or -1. */
  static int end(byte[] bytes, int from, int to) {
    int i = Bytes.indexOf(bytes, from, to, END);
    return i < 0 ? -1 : i + END.length;
  }

  private static boolean isAfterName(byte character) {
    return character == ' '
        || character == '>'
        || character == '\t'
        || character == '\r'
        || character == '\n';
  }
}
