package io.github.sweepwatch.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parser under test, in the terms of its reference. */
final class Addresses {
  private Addresses() {}

  /** The 128 bits the parser finds, or null where it rejects. */
  static @Nullable BigInteger parse(byte[] text) {
    // Between other bytes, as in a record: an accident beyond the ends would show.
    byte[] record = new byte[text.length + 4];
    record[0] = '1';
    record[1] = ':';
    System.arraycopy(text, 0, record, 2, text.length);
    record[text.length + 2] = '1';
    record[text.length + 3] = '.';
    AddressParser parser = new AddressParser();
    return parser.parse(record, 2, text.length + 2) ? bits(parser.high(), parser.low()) : null;
  }

  static @Nullable BigInteger parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  static BigInteger bits(long high, long low) {
    return new BigInteger(Long.toUnsignedString(high))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }
}
