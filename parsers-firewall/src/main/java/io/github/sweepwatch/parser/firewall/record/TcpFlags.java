package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.text.NumberParser;

/** TCP flags, as a number or as letters such as {@code .AP.SF}. Thread-safe. */
public final class TcpFlags {
  /** No flags are given. */
  public static final int NONE_GIVEN = -1;

  /** FIN. */
  public static final int FIN = 1;

  /** SYN. */
  public static final int SYN = 2;

  /** RST. */
  public static final int RST = 4;

  /** PSH. */
  public static final int PSH = 8;

  /** ACK. */
  public static final int ACK = 16;

  /** URG. */
  public static final int URG = 32;

  private static final String LETTERS = "FSRPAU";
  private static final int MOST = 0xffff;

  private TcpFlags() {}

  /**
   * Reads flags.
   *
   * @param fields a record's fields
   * @return the flags' bits, or {@link #NONE_GIVEN}
   */
  public static int of(Fields fields) {
    return fields.has(Field.FLAGS)
        ? of(fields.bytes(), fields.from(Field.FLAGS), fields.to(Field.FLAGS))
        : NONE_GIVEN;
  }

  /**
   * Reads flags.
   *
   * @param bytes holds them
   * @param from the first byte
   * @param to the end, exclusive
   * @return the flags' bits, or {@link #NONE_GIVEN} for what is neither form
   */
  public static int of(byte[] bytes, int from, int to) {
    if (Text.startsWith(bytes, from, to, "0x")) {
      return hexadecimal(bytes, from + 2, to);
    }
    long number = NumberParser.decimal(bytes, from, to, 0);
    if (number >= 0) {
      return number <= MOST ? (int) number & 0x3f : NONE_GIVEN;
    }
    int flags = 0;
    for (int i = from; i < to; i++) {
      int flag = LETTERS.indexOf(bytes[i]);
      if (flag >= 0) {
        flags |= 1 << flag;
      } else if (bytes[i] != '.' && bytes[i] != ' ' && bytes[i] != 'C' && bytes[i] != 'E') {
        return NONE_GIVEN;
      }
    }
    return flags;
  }

  /**
   * Reads flags that are written by their names, such as {@code ACK,PSH}, whatever stands between.
   *
   * @param bytes holds them
   * @param from the first byte
   * @param to the end, exclusive
   * @return the flags' bits
   */
  public static int named(byte[] bytes, int from, int to) {
    return (Text.find(bytes, from, to, "SYN") >= 0 ? SYN : 0)
        | (Text.find(bytes, from, to, "ACK") >= 0 ? ACK : 0)
        | (Text.find(bytes, from, to, "RST") >= 0 ? RST : 0)
        | (Text.find(bytes, from, to, "FIN") >= 0 ? FIN : 0)
        | (Text.find(bytes, from, to, "PSH") >= 0 ? PSH : 0)
        | (Text.find(bytes, from, to, "URG") >= 0 ? URG : 0);
  }

  private static int hexadecimal(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0 || value > MOST) {
        return NONE_GIVEN;
      }
      value = value << 4 | digit;
    }
    return to > from ? value & 0x3f : NONE_GIVEN;
  }
}
