package io.github.sweepwatch.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the Common Event Format, read strictly: seven fields of header, in which backslash
 * escapes pipe and backslash; keys and values, in which it escapes equals sign, backslash, and n
 * and r for the ends of lines. Anything else after a backslash, a bare equals sign in a value, a
 * control character and a key that comes twice are errors.
 */
record CefLine(List<String> header, Map<String, String> extension) {
  private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z][A-Za-z0-9]*)=");

  static CefLine parse(String line) {
    if (!line.startsWith("CEF:0|") || !line.endsWith("\n")) {
      throw new IllegalArgumentException("no line of CEF: " + line);
    }
    String text = line.substring(0, line.length() - 1);
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a control character: " + line);
    }
    List<String> header = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int at = "CEF:0|".length();
    while (header.size() < 6) {
      char c = text.charAt(at++);
      if (c == '|') {
        header.add(field.toString());
        field.setLength(0);
      } else if (c == '\\') {
        char escaped = text.charAt(at++);
        if (escaped != '|' && escaped != '\\') {
          throw new IllegalArgumentException("bad escape in the header: " + line);
        }
        field.append(escaped);
      } else {
        field.append(c);
      }
    }
    return new CefLine(header, extension(text.substring(at)));
  }

  private static Map<String, String> extension(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher keys = KEY.matcher(text);
    int start = -1;
    String key = "";
    while (keys.find()) {
      if (start < 0 && keys.start() != 0) {
        throw new IllegalArgumentException("no key at the beginning: " + text);
      }
      put(values, key, start, keys.start(), text);
      key = keys.group(1);
      start = keys.end();
    }
    put(values, key, start, text.length(), text);
    return values;
  }

  private static void put(Map<String, String> values, String key, int start, int end, String text) {
    if (start >= 0 && values.put(key, unescaped(text.substring(start, end))) != null) {
      throw new IllegalArgumentException("twice: " + key);
    }
  }

  private static String unescaped(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '=') {
        throw new IllegalArgumentException("bare equals sign: " + value);
      }
      if (c == '\\') {
        char escaped = value.charAt(++i);
        plain.append(
            switch (escaped) {
              case '=', '\\' -> escaped;
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> throw new IllegalArgumentException("bad escape: " + value);
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
