package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.parser.firewall.record.Endpoint;
import io.github.sweepwatch.parser.firewall.record.ProtocolName;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.text.NumberParser;

/** Walks over a message's words. Not thread-safe. */
final class MessageText {
  private byte[] bytes = {};
  private int at;
  private int to;
  private int wordFrom;
  private int wordTo;

  void start(byte[] buffer, int from, int end) {
    bytes = buffer;
    at = from;
    to = end;
    wordFrom = from;
    wordTo = from;
  }

  int at() {
    return at;
  }

  /** Goes back to a place told by {@link #at}. */
  void back(int place) {
    at = place;
  }

  /** Whether the text goes on with a word or more, which are then behind. */
  boolean skip(String text) {
    int end = at + text.length();
    if (end > to) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    at = end;
    return true;
  }

  /** Goes behind a text, wherever it stands; false if it stands nowhere. */
  boolean skipTo(String text) {
    int found = Text.find(bytes, at, to, text);
    if (found < 0) {
      return false;
    }
    at = found + text.length();
    return true;
  }

  /** Whether a text stands anywhere in the rest. */
  boolean has(String text) {
    return Text.find(bytes, at, to, text) >= 0;
  }

  /** The next word, up to a blank. */
  void word() {
    blanks();
    wordFrom = at;
    while (at < to && bytes[at] != ' ') {
      at++;
    }
    wordTo = at;
  }

  int wordFrom() {
    return wordFrom;
  }

  int wordTo() {
    return wordTo;
  }

  boolean wordIs(String lowerCase) {
    return wordTo - wordFrom == lowerCase.length()
        && Text.startsWith(bytes, wordFrom, wordTo, lowerCase);
  }

  /** A protocol as the next word, or after the word {@code protocol}. */
  int protocol() {
    word();
    if (wordIs("protocol")) {
      word();
    }
    return ProtocolName.of(bytes, wordFrom, wordTo, false);
  }

  /** A whole number that stands here; -1 if there is none. */
  long number() {
    int start = at;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return NumberParser.unsigned(bytes, start, at);
  }

  /** The number after a word anywhere in the rest, which stays where it is; -1 if there is none. */
  long numberAfter(String text) {
    int place = at;
    long number = skipTo(text) ? number() : -1;
    at = place;
    return number;
  }

  /** {@code h:mm:ss} that stands here, in microseconds; -1 if there is none. */
  long duration() {
    long hours = number();
    long minutes = skip(":") ? number() : -1;
    long seconds = skip(":") ? number() : -1;
    if (hours < 0
        || hours > 1_000_000
        || minutes < 0
        || minutes > 59
        || seconds < 0
        || seconds > 59) {
      return -1;
    }
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
  }

  /**
   * An endpoint as the next word: {@code inside:10.0.0.1/80}, {@code 10.0.0.1/80}, {@code
   * inside/10.0.0.1(80)}, also without a port; what stands behind it in parentheses, the user's
   * name or the mapped address, is passed over. Afterwards the word is the endpoint.
   */
  boolean endpoint(Endpoint endpoint) {
    blanks();
    wordFrom = at;
    while (at < to && !isEndpointEnd(bytes[at])) {
      at++;
    }
    wordTo = at;
    int slash = wordTo - 1;
    while (slash > wordFrom && bytes[slash] != '/') {
      slash--;
    }
    boolean found;
    if (slash <= wordFrom) {
      found = address(endpoint, wordFrom, wordTo, wordTo, wordTo);
    } else if (at < to
        && bytes[at] == '('
        && isDigit(at + 1)
        && endpoint.of(bytes, slash + 1, wordTo, 0, 0)) {
      int portFrom = at + 1;
      int close = Text.find(bytes, at, to, ')');
      found = endpoint.of(bytes, slash + 1, wordTo, portFrom, close);
      wordTo = close;
      at = Math.min(to, close + 1);
    } else {
      found = address(endpoint, wordFrom, slash, slash + 1, wordTo);
    }
    if (at < to && bytes[at] == ',') {
      at++;
    }
    parentheses();
    return found;
  }

  /** {@code 10.0.0.1(80)} or {@code 10.0.0.1} as the next word; false if it is another word. */
  boolean endpointWithPort(Endpoint endpoint) {
    blanks();
    wordFrom = at;
    while (at < to && bytes[at] != ' ' && bytes[at] != ',' && !startsArrow(at)) {
      at++;
    }
    wordTo = at;
    int open = Text.find(bytes, wordFrom, wordTo, '(');
    int close = Text.find(bytes, open, wordTo, ')');
    return endpoint.of(bytes, wordFrom, open, Math.min(open + 1, close), close);
  }

  /** {@code 10.0.0.1:80}, also in parentheses, as the next word. */
  boolean endpointWithColon(Endpoint endpoint) {
    blanks();
    if (at < to && bytes[at] == '(') {
      at++;
    }
    wordFrom = at;
    while (at < to && !isEndpointEnd(bytes[at])) {
      at++;
    }
    wordTo = at;
    return endpoint.withColon(bytes, wordFrom, wordTo);
  }

  private boolean startsArrow(int i) {
    return bytes[i] == '-' && i + 1 < to && bytes[i + 1] == '>';
  }

  /* After the interface's name, which ends at a colon and may have one itself. */
  private boolean address(Endpoint endpoint, int from, int end, int portFrom, int portTo) {
    int start = from;
    while (!endpoint.withService(bytes, start, end, portFrom, portTo)) {
      start = Text.find(bytes, start, end, ':') + 1;
      if (start > end) {
        return false;
      }
    }
    return true;
  }

  /* Names may have blanks, and also parentheses. */
  private void parentheses() {
    int i = at;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    if (i == to || bytes[i] != '(' || Text.startsWith(bytes, i, to, "(type")) {
      return;
    }
    int depth = 0;
    do {
      depth += bytes[i] == '(' ? 1 : bytes[i] == ')' ? -1 : 0;
      i++;
    } while (i < to && depth > 0);
    if (depth == 0) {
      at = i;
      parentheses();
    }
  }

  private static boolean isEndpointEnd(int character) {
    return character == ' ' || character == '(' || character == ')' || character == ',';
  }

  private boolean isDigit(int i) {
    return i < to && bytes[i] >= '0' && bytes[i] <= '9';
  }

  private void blanks() {
    while (at < to && bytes[at] == ' ') {
      at++;
    }
  }
}
