package io.github.sweepwatch.parser.firewall.srx;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * Takes the fields out of an unstructured message: {@code session created 10.0.0.1/1->10.0.0.2/80
 * junos-http 192.0.2.1/9->10.0.0.2/80 None None 6 policy trust untrust 41 …}. The first pair of
 * endpoints is the session's own, the second its translation. Not thread-safe.
 */
final class PlainMessage {
  private byte[] bytes = {};
  private int at;
  private int to;
  private int wordFrom;

  PlainMessage() {}

  /** Reads a message from the word after {@code SESSION_} on; false if it tells of no session. */
  boolean read(byte[] buffer, int from, int end, Fields fields) {
    bytes = buffer;
    to = end;
    fields.start(buffer, from, end);
    int text = Text.find(buffer, from, end, "session ");
    if (text < 0) {
      return false;
    }
    int arrow = Text.find(buffer, text, end, "->");
    if (arrow < 0) {
      return false;
    }
    int first = arrow;
    while (first > text && buffer[first - 1] != ' ') {
      first--;
    }
    boolean closed = Text.startsWith(buffer, text + "session ".length(), end, "closed ");
    if (closed) {
      int reason = text + "session closed ".length();
      fields.put(Field.REASON, reason, Math.max(reason, first - 2));
    }
    endpoint(fields, Field.SOURCE, Field.SOURCE_PORT, first, arrow);
    int last = Text.find(buffer, arrow, end, ' ');
    endpoint(fields, Field.DESTINATION, Field.DESTINATION_PORT, arrow + 2, last);
    at = last;
    boolean tagged = skipTag();
    word();
    if (Text.startsWith(buffer, text + "session ".length(), end, "denied")) {
      word();
      protocol(fields);
      return true;
    }
    word();
    // The rules of the translation, with their kinds in later versions.
    skipTag();
    for (int i = 0; i < 2; i++) {
      word();
      if (tagged) {
        // source rule, static rule or N/A
        int place = at;
        word();
        at = Text.startsWith(bytes, wordFrom, at, "rule") ? at : place;
        word();
      }
    }
    word();
    protocol(fields);
    word();
    word();
    word();
    word();
    fields.put(Field.SESSION, wordFrom, at);
    if (closed) {
      word();
      counts(fields, Field.SOURCE_PACKETS, Field.SOURCE_BYTES);
      word();
      counts(fields, Field.DESTINATION_PACKETS, Field.DESTINATION_BYTES);
      word();
      fields.put(Field.DURATION, wordFrom, at);
    }
    return true;
  }

  private void endpoint(Fields fields, Field address, Field port, int from, int end) {
    int slash = Text.find(bytes, from, end, '/');
    fields.put(address, from, slash);
    fields.put(port, Math.min(end, slash + 1), end);
  }

  /* 17(0) has the ICMP type behind it. */
  private void protocol(Fields fields) {
    int open = Text.find(bytes, wordFrom, at, '(');
    fields.put(Field.PROTOCOL, wordFrom, open);
    if (open < at) {
      fields.put(Field.ICMP_TYPE, open + 1, Text.find(bytes, open, at, ')'));
    }
  }

  /* 13(4274) */
  private void counts(Fields fields, Field packets, Field octets) {
    int open = Text.find(bytes, wordFrom, at, '(');
    fields.put(packets, wordFrom, open);
    fields.put(octets, Math.min(at, open + 1), Text.find(bytes, open, at, ')'));
  }

  /* Later versions have a tag such as 0x0 behind a pair of endpoints. */
  private boolean skipTag() {
    int place = at;
    word();
    if (Text.startsWith(bytes, wordFrom, at, "0x")) {
      return true;
    }
    at = place;
    return false;
  }

  private void word() {
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    wordFrom = at;
    while (at < to && bytes[at] != ' ') {
      at++;
    }
  }
}
