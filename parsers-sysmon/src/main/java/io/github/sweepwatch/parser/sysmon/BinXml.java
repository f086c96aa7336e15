package io.github.sweepwatch.parser.sysmon;

import java.util.Arrays;

/**
 * Writes the binary XML of one event as XML text. Events share templates and names, which stand
 * once in their chunk and are referred to by where they stand. Whatever the references say, it
 * keeps within the chunk, nests at most {@value #MAX_DEPTH} deep, and takes at most {@value
 * #MAX_TOKENS} steps an event. Not thread-safe.
 *
 * <p>After "Windows XML Event Log (EVTX) format", section "Binary XML", of the libevtx project.
 */
final class BinXml {
  /** How deep elements, templates and values may nest. */
  static final int MAX_DEPTH = 64;

  /** How many tokens one event may take. */
  static final int MAX_TOKENS = 10_000;

  private static final int END = 0x00;
  private static final int OPEN_ELEMENT = 0x01;
  private static final int CLOSE_START = 0x02;
  private static final int CLOSE_EMPTY = 0x03;
  private static final int END_ELEMENT = 0x04;
  private static final int VALUE = 0x05;
  private static final int ATTRIBUTE = 0x06;
  private static final int CDATA = 0x07;
  private static final int CHARACTER = 0x08;
  private static final int ENTITY = 0x09;
  private static final int PI_TARGET = 0x0a;
  private static final int PI_DATA = 0x0b;
  private static final int TEMPLATE = 0x0c;
  private static final int SUBSTITUTION = 0x0d;
  private static final int OPTIONAL_SUBSTITUTION = 0x0e;
  private static final int FRAGMENT = 0x0f;

  // Says of an element that it has attributes, of other tokens that another of its kind follows.
  private static final int MORE = 0x40;

  private static final int NAME_HEADER = 8;
  private static final int TEMPLATE_HEADER = 24;
  private static final int DESCRIPTOR = 4;

  private final XmlOutput out = new XmlOutput();
  private byte[] chunk = new byte[0];
  private int tokens;
  private int at;
  private int nameFrom;
  private int nameTo;

  // The values of the templates at hand, those of the innermost last: where, how long, what type.
  private int[] values = new int[3 * 64];
  private int base;
  private int count;
  private int top;

  /** The text that was written last. */
  XmlOutput text() {
    return out;
  }

  /**
   * Writes an event.
   *
   * @param bytes the chunk
   * @param from where its binary XML begins
   * @param to where that ends
   * @throws MalformedXml if it cannot be read
   */
  void write(byte[] bytes, int from, int to) {
    chunk = bytes;
    out.cut(0);
    tokens = 0;
    base = 0;
    count = 0;
    top = 0;
    fragment(from, to, true, 0);
  }

  /* Everything up to a range's end, or to the token that says so. */
  private void fragment(int from, int to, boolean dependencies, int depth) {
    at = from;
    while (at < to) {
      int token = token(to, depth);
      switch (token & ~MORE) {
        case END -> {
          at++;
          return;
        }
        case FRAGMENT -> skip(4, to);
        case OPEN_ELEMENT -> element(to, dependencies, depth + 1);
        case TEMPLATE -> template(to, depth + 1);
        default -> content(token & ~MORE, to, depth + 1);
      }
    }
  }

  private int token(int to, int depth) {
    if (++tokens > MAX_TOKENS) {
      throw new MalformedXml("more than " + MAX_TOKENS + " tokens");
    }
    if (depth > MAX_DEPTH) {
      throw new MalformedXml("nested deeper than " + MAX_DEPTH);
    }
    need(1, to);
    return chunk[at];
  }

  private void element(int to, boolean dependencies, int depth) {
    boolean attributes = (chunk[at] & MORE) != 0;
    skip(dependencies ? 3 : 1, to);
    skip(4, to);
    name(to);
    int elementFrom = nameFrom;
    int elementTo = nameTo;
    out.raw('<');
    out.utf16(chunk, elementFrom, elementTo);
    if (attributes) {
      skip(4, to);
      while ((token(to, depth) & ~MORE) == ATTRIBUTE) {
        attribute(to, depth);
      }
    }
    int token = token(to, depth) & ~MORE;
    skip(1, to);
    if (token == CLOSE_EMPTY) {
      out.raw("/>");
      return;
    }
    if (token != CLOSE_START) {
      throw new MalformedXml("a start tag without end");
    }
    out.raw('>');
    while ((token = token(to, depth) & ~MORE) != END_ELEMENT) {
      if (token == OPEN_ELEMENT) {
        element(to, dependencies, depth + 1);
      } else if (token == TEMPLATE) {
        template(to, depth + 1);
      } else {
        content(token, to, depth + 1);
      }
    }
    skip(1, to);
    out.raw("</");
    out.utf16(chunk, elementFrom, elementTo);
    out.raw('>');
  }

  private void attribute(int to, int depth) {
    skip(1, to);
    name(to);
    int start = out.length();
    out.raw(' ');
    out.utf16(chunk, nameFrom, nameTo);
    out.raw("=\"");
    int valueStart = out.length();
    boolean optional = false;
    int token;
    while ((token = token(to, depth) & ~MORE) != ATTRIBUTE
        && token != CLOSE_START
        && token != CLOSE_EMPTY) {
      optional |= token == OPTIONAL_SUBSTITUTION;
      content(token, to, depth + 1);
    }
    if (optional && out.length() == valueStart) {
      out.cut(start);
    } else {
      out.raw('"');
    }
  }

  /* Text of any kind. */
  private void content(int token, int to, int depth) {
    switch (token) {
      case VALUE -> value(to);
      case CDATA, PI_DATA -> {
        skip(1, to);
        int length = string(to);
        if (token == CDATA) {
          out.utf16(chunk, at - length, at);
        }
      }
      case CHARACTER -> {
        skip(3, to);
        out.character(LittleEndian.u16(chunk, at - 2));
      }
      case ENTITY -> {
        skip(1, to);
        name(to);
        out.raw('&');
        out.utf16(chunk, nameFrom, nameTo);
        out.raw(';');
      }
      case PI_TARGET -> {
        skip(1, to);
        name(to);
      }
      case SUBSTITUTION, OPTIONAL_SUBSTITUTION -> {
        skip(4, to);
        substitute(LittleEndian.u16(chunk, at - 3), depth);
      }
      default -> throw new MalformedXml("an unknown token " + token);
    }
  }

  private void value(int to) {
    skip(2, to);
    int type = chunk[at - 1] & 0xff;
    if (type != 1) {
      throw new MalformedXml("a value that is no text: type " + type);
    }
    int length = string(to);
    out.utf16(chunk, at - length, at);
  }

  /* Goes over a string with its length before it; returns its bytes. */
  private int string(int to) {
    skip(2, to);
    int length = 2 * LittleEndian.u16(chunk, at - 2);
    skip(length, to);
    return length;
  }

  private void substitute(int index, int depth) {
    if (index >= count) {
      return;
    }
    int slot = base + 3 * index;
    int from = values[slot];
    int size = values[slot + 1];
    int type = values[slot + 2];
    if (type != BinXmlValue.BINARY_XML) {
      BinXmlValue.write(type, chunk, from, size, out);
      return;
    }
    int after = at;
    int outerBase = base;
    int outerCount = count;
    count = 0;
    fragment(from, from + size, hasDependencies(from, from + size), depth);
    base = outerBase;
    count = outerCount;
    at = after;
  }

  /* Within a value, elements that are no template's do not name what they depend on. */
  private boolean hasDependencies(int from, int to) {
    int element = from + 4 < to && chunk[from] == FRAGMENT ? from + 4 : from;
    boolean open = element + 11 <= to && (chunk[element] & ~MORE) == OPEN_ELEMENT;
    return !open || LittleEndian.u32(chunk, element + 1) > to - element;
  }

  private void template(int to, int depth) {
    skip(6, to);
    need(4, to);
    int definition = offset(TEMPLATE_HEADER);
    at += 4;
    long size = LittleEndian.u32(chunk, definition + TEMPLATE_HEADER - 4);
    int definitionFrom = definition + TEMPLATE_HEADER;
    if (size > chunk.length - definitionFrom) {
      throw new MalformedXml("a template beyond its chunk");
    }
    if (definition == at) {
      skip(TEMPLATE_HEADER + (int) size, to);
    }
    skip(4, to);
    long number = LittleEndian.u32(chunk, at - 4);
    if (number > (to - at) / DESCRIPTOR) {
      throw new MalformedXml("more values than there is room for: " + number);
    }
    int outerBase = base;
    int outerCount = count;
    int outerTop = top;
    int newBase = top;
    values((int) number, to);
    int after = at;
    base = newBase;
    count = (int) number;
    fragment(definitionFrom, definitionFrom + (int) size, true, depth);
    base = outerBase;
    count = outerCount;
    top = outerTop;
    at = after;
  }

  private void values(int number, int to) {
    if (values.length - top < 3 * number) {
      values = Arrays.copyOf(values, 2 * (top + 3 * number));
    }
    int descriptors = at;
    skip(DESCRIPTOR * number, to);
    for (int i = 0; i < number; i++) {
      int descriptor = descriptors + DESCRIPTOR * i;
      int size = LittleEndian.u16(chunk, descriptor);
      values[top++] = at;
      values[top++] = size;
      values[top++] = chunk[descriptor + 2] & 0xff;
      skip(size, to);
    }
  }

  /* A name is given by where it stands in the chunk, which may be right here. */
  private void name(int to) {
    need(4, to);
    int name = offset(NAME_HEADER);
    at += 4;
    int length = 2 * LittleEndian.u16(chunk, name + 6);
    nameFrom = name + NAME_HEADER;
    nameTo = nameFrom + length;
    if (nameTo + 2 > chunk.length) {
      throw new MalformedXml("a name beyond its chunk");
    }
    if (name == at) {
      skip(NAME_HEADER + length + 2, to);
    }
  }

  private int offset(int header) {
    long offset = LittleEndian.u32(chunk, at);
    if (offset > chunk.length - header) {
      throw new MalformedXml("a reference beyond its chunk");
    }
    return (int) offset;
  }

  private void skip(int length, int to) {
    need(length, to);
    at += length;
  }

  private void need(int length, int to) {
    if (length > to - at) {
      throw new MalformedXml("it ends too early");
    }
  }
}
