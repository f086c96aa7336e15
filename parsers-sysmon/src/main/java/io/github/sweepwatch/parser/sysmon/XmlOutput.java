package io.github.sweepwatch.parser.sysmon;

import java.util.Arrays;

/** XML text in UTF-8 as it is written, up to a limit. Not thread-safe. */
final class XmlOutput {
  /** How long the text of one event may become. */
  static final int MAX_BYTES = 1 << 19;

  private static final int REPLACEMENT = 0xfffd;

  private byte[] bytes = new byte[4 << 10];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Takes back what was written after a point. */
  void cut(int to) {
    length = to;
  }

  void raw(int ascii) {
    if (length == bytes.length) {
      if (length >= MAX_BYTES) {
        throw new MalformedXml("its text is longer than the limit of " + MAX_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) ascii;
  }

  void raw(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      raw(ascii.charAt(i));
    }
  }

  /** Writes UTF-16 text, little endian, with what is markup escaped. */
  void utf16(byte[] source, int from, int to) {
    for (int i = from; i + 1 < to; i += 2) {
      int unit = unit(source, i);
      int next = i + 3 < to ? unit(source, i + 2) : 0;
      if (Character.isHighSurrogate((char) unit) && Character.isLowSurrogate((char) next)) {
        character(Character.toCodePoint((char) unit, (char) next));
        i += 2;
      } else {
        character(Character.isSurrogate((char) unit) ? REPLACEMENT : unit);
      }
    }
  }

  /** Writes one character, escaped where it is markup; what XML does not allow is replaced. */
  void character(int character) {
    switch (character) {
      case '<' -> raw("&lt;");
      case '>' -> raw("&gt;");
      case '&' -> raw("&amp;");
      case '"' -> raw("&quot;");
      case '\t', '\n', '\r' -> raw(character);
      default -> {
        if (character >= ' ' && character < 0x80) {
          raw(character);
        } else {
          utf8(character < ' ' ? REPLACEMENT : character);
        }
      }
    }
  }

  /** Writes an unsigned number, with zeros before it up to so many digits. */
  void decimal(long number, int digits) {
    if (number < 0 || number > 9 || digits > 1) {
      long rest = Long.divideUnsigned(number, 10);
      if (rest != 0 || digits > 1) {
        decimal(rest, digits - 1);
      }
      raw('0' + (int) Long.remainderUnsigned(number, 10));
    } else {
      raw('0' + (int) number);
    }
  }

  /** Writes a signed number. */
  void signed(long number) {
    if (number < 0) {
      raw('-');
    }
    // The least of all numbers is its own negative, and right as an unsigned one.
    decimal(Math.abs(number), 1);
  }

  /** Writes a number in hexadecimal, with zeros before it up to so many digits. */
  void hex(long number, int digits) {
    int most = (Long.SIZE - Long.numberOfLeadingZeros(number) + 3) / 4;
    for (int i = Math.max(digits, most) - 1; i >= 0; i--) {
      int digit = (int) (number >>> (4 * i)) & 0xf;
      raw(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
  }

  private void utf8(int character) {
    int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    raw(0xf00 >>> (more + 1) | character >>> (6 * more));
    for (int i = more - 1; i >= 0; i--) {
      raw(0x80 | ((character >>> (6 * i)) & 0x3f));
    }
  }

  private static int unit(byte[] source, int at) {
    return LittleEndian.u16(source, at);
  }
}
