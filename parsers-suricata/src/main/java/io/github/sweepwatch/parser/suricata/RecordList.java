package io.github.sweepwatch.parser.suricata;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the records of a line that has several: one after the other, in a list. Thread-safe. */
final class RecordList {
  /** Where there is none. */
  static final int NONE = -1;

  /** What the list of an object is called that has nothing before it. */
  private static final List<byte[]> NAMES =
      List.of(bytes("events"), bytes("records"), bytes("results"), bytes("alerts"), bytes("logs"));

  private RecordList() {}

  /** Where the first element of a list is to be looked for, alone or in an object; or NONE. */
  static int start(byte[] bytes, int from, int to) {
    int i = skipBlanks(bytes, from, to);
    if (i < to && bytes[i] == '{') {
      i = afterName(bytes, skipBlanks(bytes, i + 1, to), to);
    }
    return i >= 0 && i < to && bytes[i] == '[' ? i + 1 : NONE;
  }

  /* Behind a list's name and its colon, or NONE. */
  private static int afterName(byte[] bytes, int from, int to) {
    for (byte[] name : NAMES) {
      int quote = from + 1 + name.length;
      if (quote < to && bytes[from] == '"' && bytes[quote] == '"' && isAt(bytes, from + 1, name)) {
        int colon = skipBlanks(bytes, quote + 1, to);
        return colon < to && bytes[colon] == ':' ? skipBlanks(bytes, colon + 1, to) : NONE;
      }
    }
    return NONE;
  }

  private static boolean isAt(byte[] bytes, int from, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (bytes[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the next element begins, behind blanks and a comma; at the end of the list, NONE. */
  static int next(byte[] bytes, int from, int to) {
    int i = skipBlanks(bytes, from, to);
    if (i < to && bytes[i] == ',') {
      i = skipBlanks(bytes, i + 1, to);
    }
    return i < to && bytes[i] != ']' ? i : NONE;
  }

  /** Behind the object that begins here, or NONE if it does not end. */
  static int objectEnd(byte[] bytes, int from, int to) {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      int character = bytes[i];
      if (inString) {
        if (character == '\\') {
          i++;
        } else if (character == '"') {
          inString = false;
        }
      } else if (character == '"') {
        inString = true;
      } else if (character == '{' || character == '[') {
        depth++;
      } else if ((character == '}' || character == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return NONE;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
