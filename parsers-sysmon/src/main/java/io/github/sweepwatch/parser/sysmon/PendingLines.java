package io.github.sweepwatch.parser.sysmon;

import java.util.Arrays;

/** A record that is spread over lines, as far as it has come. Bounded. Not thread-safe. */
final class PendingLines {
  /** How long a record may be. */
  static final int MAX_BYTES = 1 << 20;

  private enum Form {
    NONE,
    XML,
    TEXT
  }

  private Form form = Form.NONE;
  private byte[] bytes = new byte[0];
  private int length;
  private long line;

  boolean isXml() {
    return form == Form.XML;
  }

  boolean isText() {
    return form == Form.TEXT;
  }

  void startXml(long number, byte[] buffer, int from, int to) {
    start(Form.XML, number, buffer, from, to);
  }

  void startText(long number, byte[] buffer, int from, int to) {
    start(Form.TEXT, number, buffer, from, to);
  }

  /** Adds a line; false, with nothing added, where there is no room. */
  boolean add(byte[] buffer, int from, int to) {
    long needed = (long) length + 1 + to - from;
    if (needed > MAX_BYTES) {
      return false;
    }
    if (bytes.length < needed) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(2 * needed, 1 << 10));
    }
    if (length > 0) {
      bytes[length++] = '\n';
    }
    System.arraycopy(buffer, from, bytes, length, to - from);
    length += to - from;
    return true;
  }

  void clear() {
    form = Form.NONE;
    length = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The line it began on. */
  long line() {
    return line;
  }

  private void start(Form begun, long number, byte[] buffer, int from, int to) {
    length = 0;
    form = add(buffer, from, to) ? begun : Form.NONE;
    line = number;
  }
}
