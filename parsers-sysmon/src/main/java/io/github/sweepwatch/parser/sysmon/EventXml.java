package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds an event's fields in its XML, in one pass over the bytes. It resolves the predefined
 * entities and character references and nothing else: a document type is refused, so there are no
 * entities to expand. Elements nest at most {@value #MAX_DEPTH} deep. Not thread-safe.
 */
final class EventXml {
  /** How deep elements may nest. */
  static final int MAX_DEPTH = 64;

  private static final byte[] DATA = ascii("Data");
  private static final byte[] NAME = ascii("Name");
  private static final byte[] PROVIDER = ascii("Provider");
  private static final byte[] SYSTEM_TIME = ascii("SystemTime");
  private static final byte[] COMMENT = ascii("<!--");
  private static final byte[] COMMENT_END = ascii("-->");
  private static final byte[] CDATA = ascii("<![CDATA[");
  private static final byte[] CDATA_END = ascii("]]>");

  private final EventRecord fields;
  private final NameTable names;

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private int depth;
  private FieldName element = FieldName.NONE;
  private FieldName lastName = FieldName.NONE;
  private boolean leaf;
  private int textFrom;
  private String problem = "";

  EventXml(EventRecord fields, NameTable names) {
    this.fields = fields;
    this.names = names;
  }

  /**
   * Adds the fields of one event to those that are known.
   *
   * @return null, or why it is no XML
   */
  @Nullable String read(byte[] buffer, int from, int to) {
    bytes = buffer;
    at = from;
    end = to;
    depth = 0;
    leaf = false;
    problem = "";
    while (problem.isEmpty() && (at = indexOf('<', at)) < end) {
      markup();
    }
    if (problem.isEmpty() && depth > 0) {
      problem = "the event ends too early";
    }
    return problem.isEmpty() ? null : "no valid XML at byte " + (at - from + 1) + ": " + problem;
  }

  private void markup() {
    int next = at + 1 < end ? bytes[at + 1] : -1;
    if (next == '/') {
      endTag();
    } else if (next == '!') {
      if (startsWith(COMMENT)) {
        at = after(COMMENT_END, at + COMMENT.length);
      } else if (startsWith(CDATA) && depth > 0) {
        at = after(CDATA_END, at + CDATA.length);
      } else {
        problem = "a document type or other declaration, which is not read";
      }
    } else if (next == '?') {
      at = indexOf('>', at) + 1;
    } else {
      startTag();
    }
  }

  private void startTag() {
    int nameFrom = at + 1;
    int i = nameEnd(nameFrom);
    if (i == nameFrom) {
      problem = "a < that begins no tag";
      return;
    }
    int nameTo = i;
    int local = localName(nameFrom, nameTo);
    int length = nameTo - local;
    boolean data = length == DATA.length && isAt(local, DATA);
    boolean provider = length == PROVIDER.length && isAt(local, PROVIDER);
    element = FieldName.NONE;
    if (!data) {
      element = name(Scope.EVENT, local, nameTo);
    }
    while (true) {
      i = skipBlanks(i);
      int c = i < end ? bytes[i] : -1;
      if (c == '>') {
        at = i + 1;
        depth++;
        break;
      }
      if (c == '/' && i + 1 < end && bytes[i + 1] == '>') {
        at = i + 2;
        leaf = false;
        return;
      }
      int attribute = i;
      int attributeTo = nameEnd(i);
      i = skipBlanks(attributeTo);
      if (attributeTo == attribute || i >= end || bytes[i] != '=') {
        at = Math.min(i, end);
        problem = i >= end ? "a tag without end" : "an attribute without a value";
        return;
      }
      i = skipBlanks(i + 1);
      int quote = i < end ? bytes[i] : -1;
      int valueTo = quote == '"' || quote == '\'' ? indexOf(quote, i + 1) : end;
      if (valueTo >= end) {
        at = Math.min(i, end);
        problem = "an attribute without a quoted value";
        return;
      }
      attribute(data, provider, attribute, attributeTo, i + 1, valueTo);
      i = valueTo + 1;
    }
    if (depth > MAX_DEPTH) {
      problem = "nested deeper than " + MAX_DEPTH;
    }
    leaf = true;
    textFrom = at;
  }

  private void attribute(boolean data, boolean provider, int from, int to, int value, int valueTo) {
    int length = to - from;
    if (length == NAME.length && isAt(from, NAME)) {
      if (data) {
        element = name(Scope.EVENT, value, valueTo);
      } else if (provider) {
        put(FieldName.PROVIDER_NAME, value, valueTo);
      }
    } else if (length == SYSTEM_TIME.length && isAt(from, SYSTEM_TIME)) {
      put(FieldName.SYSTEM_TIME, value, valueTo);
    }
  }

  private void endTag() {
    if (leaf) {
      leaf = false;
      if (element.field() != null) {
        put(element, textFrom, at);
      }
    }
    if (--depth < 0) {
      problem = "an end tag without its start";
      return;
    }
    int close = indexOf('>', at);
    if (close == end) {
      problem = "a tag without end";
      return;
    }
    at = close + 1;
  }

  private FieldName name(Scope where, int from, int to) {
    FieldName guess = names.following(lastName);
    byte[] guessed = guess.name();
    FieldName found =
        guess.where() == where
                && guessed.length == to - from
                && Arrays.equals(bytes, from, to, guessed, 0, guessed.length)
            ? guess
            : names.of(where, bytes, from, to);
    if (found != guess) {
      names.follows(lastName, found);
    }
    lastName = found;
    return found;
  }

  private void put(FieldName name, int from, int to) {
    EventField field = name.field();
    if (field == null) {
      return;
    }
    boolean plain = true;
    for (int i = from; i < to && plain; i++) {
      plain = bytes[i] != '&' && bytes[i] != '<';
    }
    if (plain) {
      fields.put(field, name.rank(), bytes, from, to);
      return;
    }
    int start = fields.claim(to - from);
    byte[] room = fields.room();
    int resolved = resolve(from, to, room, start);
    fields.keep(resolved);
    fields.put(field, name.rank(), room, start, resolved);
  }

  /* Character data with its references resolved, and without comments and the marks of CDATA. */
  private int resolve(int from, int to, byte[] target, int offset) {
    int out = offset;
    int i = from;
    while (i < to) {
      int c = bytes[i];
      if (c == '&') {
        int semicolon = Math.min(to, indexOf(';', i));
        int character = semicolon < to ? reference(i + 1, semicolon) : -1;
        if (character >= 0) {
          out = putUtf8(character, target, out);
          i = semicolon + 1;
          continue;
        }
      } else if (c == '<') {
        boolean data = isAt(i, CDATA);
        int inside = data ? i + CDATA.length : to;
        int after = Math.min(to, indexOf('>', i) + 1);
        if (data) {
          after = Math.min(to, after(CDATA_END, inside));
          int length = Math.max(0, after - CDATA_END.length - inside);
          System.arraycopy(bytes, inside, target, out, length);
          out += length;
        } else if (isAt(i, COMMENT)) {
          after = Math.min(to, after(COMMENT_END, i + COMMENT.length));
        }
        i = after;
        continue;
      }
      target[out++] = (byte) c;
      i++;
    }
    return out;
  }

  /* The character that a reference stands for, or -1. */
  private int reference(int from, int to) {
    int length = to - from;
    if (length > 1 && bytes[from] == '#') {
      boolean hex = bytes[from + 1] == 'x';
      int value = 0;
      int first = hex ? from + 2 : from + 1;
      for (int i = first; i < to; i++) {
        int digit = Character.digit(bytes[i], hex ? 16 : 10);
        if (digit < 0 || value > Character.MAX_CODE_POINT) {
          return -1;
        }
        value = value * (hex ? 16 : 10) + digit;
      }
      boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
      return first == to || value == 0 || surrogate || value > Character.MAX_CODE_POINT
          ? -1
          : value;
    }
    if (length == 2 && bytes[from + 1] == 't') {
      return bytes[from] == 'l' ? '<' : bytes[from] == 'g' ? '>' : -1;
    }
    if (length > 4 || length < 3) {
      return -1;
    }
    return switch (new String(bytes, from, length, StandardCharsets.ISO_8859_1)) {
      case "amp" -> '&';
      case "apos" -> '\'';
      case "quot" -> '"';
      default -> -1;
    };
  }

  private static int putUtf8(int character, byte[] target, int offset) {
    // A reference is longer than the character it stands for.
    byte[] encoded = Character.toString(character).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(encoded, 0, target, offset, encoded.length);
    return offset + encoded.length;
  }

  private int localName(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == ':') {
        return i + 1;
      }
    }
    return from;
  }

  private int nameEnd(int from) {
    int i = from;
    while (i < end) {
      int c = bytes[i];
      if (c == '>' || c == '/' || c == '=' || c == '<' || (c >= 0 && c <= ' ')) {
        return i;
      }
      i++;
    }
    return i;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < end && bytes[i] >= 0 && bytes[i] <= ' ') {
      i++;
    }
    return i;
  }

  private int indexOf(int wanted, int from) {
    int i = from;
    while (i < end && bytes[i] != wanted) {
      i++;
    }
    return Math.min(i, end);
  }

  private int after(byte[] mark, int from) {
    for (int i = from; i + mark.length <= end; i++) {
      if (isAt(i, mark)) {
        return i + mark.length;
      }
    }
    return end;
  }

  private boolean startsWith(byte[] mark) {
    return isAt(at, mark);
  }

  private boolean isAt(int index, byte[] mark) {
    return index + mark.length <= end
        && Arrays.equals(bytes, index, index + mark.length, mark, 0, mark.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
