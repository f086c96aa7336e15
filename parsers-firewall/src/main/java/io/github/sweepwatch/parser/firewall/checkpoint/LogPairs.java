package io.github.sweepwatch.parser.firewall.checkpoint;

import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * Reads pairs of a name, one or two colons or an equals sign, and a value, which is in quotes or
 * ends before a separator. A backslash in quotes keeps the character after it from ending them.
 */
final class LogPairs {
  private static final String[] MARKS = {
    "VPN-1 & FireWall-1",
    "VPN-1 &amp; FireWall-1",
    "loguid",
    "CheckPoint ",
    "Check Point",
    "1.3.6.1.4.1.2620",
    "originsicname",
    "Firewall-1"
  };

  private LogPairs() {}

  /** Whether a line has pairs and a word of Check Point's. */
  static boolean isCheckPoint(byte[] bytes, int from, int to) {
    boolean pairs =
        Text.find(bytes, from, to, ":\"") >= 0
            || Text.find(bytes, from, to, "=\"") >= 0
            || Text.find(bytes, from, to, "|src=") >= 0;
    if (!pairs
        || Text.find(bytes, from, to, "CEF:") >= 0
        || Text.find(bytes, from, to, "LEEF:") >= 0) {
      return false;
    }
    for (String mark : MARKS) {
      if (Text.find(bytes, from, to, mark) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Where the pairs begin: after the bracket, if there is one, else at the start. */
  static int start(byte[] bytes, int from, int to) {
    int bracket = from;
    while ((bracket = Text.find(bytes, bracket, to, '[')) < to) {
      int pair = bracket + 1;
      while (pair < to && (isName(bytes[pair]) || bytes[pair] == ' ')) {
        pair++;
      }
      if (pair < to
          && pair > bracket + 1
          && (bytes[pair] == ':' || bytes[pair] == '=' || bytes[pair] == '@')) {
        return bracket + 1;
      }
      bracket++;
    }
    return from;
  }

  static void read(byte[] bytes, int start, int end, FieldNames names, Fields fields) {
    fields.start(bytes, start, end);
    int key = start;
    int i = start;
    while (i < end) {
      int character = bytes[i];
      if ((character == ':' || character == '=') && i > key) {
        int value = i + 1;
        while (value < end && (bytes[value] == ':' || bytes[value] == '=')) {
          value++;
        }
        int code = names.find(bytes, key, i);
        int stop;
        if (value < end && bytes[value] == '"') {
          value++;
          stop = closingQuote(bytes, value, end);
          i = Math.min(end, stop + 1);
        } else {
          stop = value;
          while (stop < end && !isSeparator(bytes[stop])) {
            stop++;
          }
          i = stop;
        }
        fields.put(code, value, stop);
        key = i;
        continue;
      }
      i++;
      if (!isName(character)) {
        key = i;
      }
    }
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, to);
  }

  private static boolean isSeparator(int character) {
    return character == ' '
        || character == ';'
        || character == '|'
        || character == ','
        || character == '\t';
  }

  private static boolean isName(int character) {
    int letter = character | 0x20;
    return (letter >= 'a' && letter <= 'z')
        || (character >= '0' && character <= '9')
        || character == '_'
        || character == '-'
        || character == '.'
        || character == '/';
  }
}
