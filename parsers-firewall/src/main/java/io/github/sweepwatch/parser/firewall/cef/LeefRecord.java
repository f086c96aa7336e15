package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * One record: a header of five fields between vertical bars, in version 2 perhaps a sixth with the
 * delimiter, then names and values with the delimiter between. Not thread-safe.
 */
final class LeefRecord {
  private static final String MARK = "LEEF:";
  private static final int HEADER_FIELDS = 5;
  private static final int BLANK = ' ';

  private final int[] from = new int[HEADER_FIELDS];
  private final int[] to = new int[HEADER_FIELDS];
  private int headerFields;

  /** Where a record begins in a line, or -1. */
  static int find(byte[] bytes, int from, int to) {
    int at = Text.find(bytes, from, to, MARK);
    int version = at + MARK.length();
    boolean numbered = at >= 0 && version < to && (bytes[version] == '1' || bytes[version] == '2');
    return numbered && Text.find(bytes, version, Math.min(to, version + 4), '|') < to ? at : -1;
  }

  /** Reads the record that begins at an index. */
  void read(byte[] bytes, int start, int end, FieldNames names, Fields fields) {
    headerFields = 0;
    int fieldFrom = start;
    for (int i = start; i < end && headerFields < HEADER_FIELDS; i++) {
      if (bytes[i] == '|') {
        from[headerFields] = fieldFrom;
        to[headerFields++] = i;
        fieldFrom = i + 1;
      }
    }
    fields.start(bytes, start, end);
    if (headerFields < HEADER_FIELDS) {
      return;
    }
    int delimiter = 0;
    if (bytes[start + MARK.length()] == '2') {
      int bar = Text.find(bytes, fieldFrom, end, '|');
      int equals = Text.find(bytes, fieldFrom, end, '=');
      if (bar < equals) {
        delimiter = delimiter(bytes, fieldFrom, bar);
        fieldFrom = bar + 1;
      }
    }
    if (delimiter == 0) {
      delimiter = guess(bytes, fieldFrom, end);
    }
    if (delimiter == BLANK) {
      CefRecord.readPairs(bytes, fieldFrom, end, names, fields);
    } else {
      readPairs(bytes, fieldFrom, end, delimiter, names, fields);
    }
  }

  private static void readPairs(
      byte[] bytes, int start, int end, int delimiter, FieldNames names, Fields fields) {
    int pair = start;
    while (pair < end) {
      int stop = pair;
      while (stop < end && bytes[stop] != delimiter) {
        stop++;
      }
      int equals = Text.find(bytes, pair, stop, '=');
      if (equals < stop) {
        int key = pair;
        while (key < equals && bytes[key] == ' ') {
          key++;
        }
        fields.put(names.find(bytes, key, equals), equals + 1, stop);
      }
      pair = stop + 1;
    }
  }

  /* A character, or its number in hexadecimal: x5E, 0x5E. 0 where it is not said. */
  private static int delimiter(byte[] bytes, int from, int to) {
    int digits = Text.find(bytes, from, to, 'x') + 1;
    if (to - from == 1) {
      return bytes[from];
    }
    if (digits > to || digits == to || to - digits > 4) {
      return 0;
    }
    int value = 0;
    for (int i = digits; i < to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return 0;
      }
      value = value << 4 | digit;
    }
    return value <= 0x7f ? value : 0;
  }

  /* Tabs are the rule; some devices use bars, and collectors make blanks of tabs. */
  private static int guess(byte[] bytes, int from, int to) {
    if (Text.find(bytes, from, to, '\t') < to) {
      return '\t';
    }
    for (char candidate : new char[] {'|', '^'}) {
      int at = Text.find(bytes, from, to, candidate);
      int equals = Text.find(bytes, at, to, '=');
      if (equals < to && Text.find(bytes, at, equals, ' ') == equals) {
        return candidate;
      }
    }
    return BLANK;
  }

  /** Where a header field begins; 0 is the version, 1 the vendor, 4 the event's name. */
  int from(int field) {
    return field < headerFields ? from[field] : 0;
  }

  /** Where a header field ends; the same as where it begins, if there is none. */
  int to(int field) {
    return field < headerFields ? to[field] : 0;
  }
}
