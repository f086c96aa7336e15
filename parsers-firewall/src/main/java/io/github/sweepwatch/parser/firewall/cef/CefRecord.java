package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * One record: a header of seven fields between vertical bars, then names and values. A header that
 * was cut ends where the first name begins. Not thread-safe.
 */
final class CefRecord {
  private static final String MARK = "CEF:";
  private static final int HEADER_FIELDS = 7;

  private final int[] from = new int[HEADER_FIELDS];
  private final int[] to = new int[HEADER_FIELDS];
  private int headerFields;

  /** Where a record begins in a line, or -1. */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    while ((at = Text.find(bytes, at, to, MARK)) >= 0) {
      int version = at + MARK.length();
      while (version < to && bytes[version] == ' ') {
        version++;
      }
      int digits = version;
      while (digits < to && bytes[digits] >= '0' && bytes[digits] <= '9') {
        digits++;
      }
      boolean separate = at == from || !isName(bytes[at - 1]);
      if (separate && digits > version && digits < to && bytes[digits] == '|') {
        return at;
      }
      at = version;
    }
    return -1;
  }

  /** Reads the record that begins at an index. */
  void read(byte[] bytes, int start, int end, FieldNames names, Fields fields) {
    int i = start;
    headerFields = 0;
    int fieldFrom = start;
    while (i < end && headerFields < HEADER_FIELDS) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '|') {
        from[headerFields] = fieldFrom;
        to[headerFields++] = i;
        fieldFrom = i + 1;
      }
      i++;
    }
    fields.start(bytes, start, end);
    readPairs(bytes, Math.min(fieldFrom, end), end, names, fields);
  }

  /**
   * Reads names and values: a value goes on until the blank before the next name.
   *
   * @param fields takes the fields; started already
   */
  static void readPairs(byte[] bytes, int start, int end, FieldNames names, Fields fields) {
    int code = FieldNames.UNKNOWN;
    int valueFrom = start;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\\') {
        i++;
        continue;
      }
      if (bytes[i] != '=') {
        continue;
      }
      int key = i;
      while (key > start && isName(bytes[key - 1])) {
        key--;
      }
      if (key == i
          || (key > start
              && bytes[key - 1] != ' '
              && bytes[key - 1] != '\t'
              && bytes[key - 1] != '\n')) {
        // An equals sign that should have been escaped.
        continue;
      }
      if (key > valueFrom) {
        fields.put(code, valueFrom, key - 1);
      }
      code = names.find(bytes, key, i);
      valueFrom = i + 1;
    }
    if (valueFrom < end) {
      fields.put(code, valueFrom, end);
    }
  }

  /** Where a header field begins; 0 is the version, 1 the vendor, 5 the name. */
  int from(int field) {
    return field < headerFields ? from[field] : 0;
  }

  /** Where a header field ends; the same as where it begins, if there is none. */
  int to(int field) {
    return field < headerFields ? to[field] : 0;
  }

  private static boolean isName(int character) {
    int letter = character | 0x20;
    return (letter >= 'a' && letter <= 'z')
        || (character >= '0' && character <= '9')
        || character == '_'
        || character == '.'
        || character == '-'
        || character == '['
        || character == ']';
  }
}
