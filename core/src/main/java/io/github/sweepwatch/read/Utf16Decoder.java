package io.github.sweepwatch.read;

import java.io.IOException;

/**
 * Turns UTF-16 content into UTF-8, so that parsers see one encoding. Half a surrogate pair and half
 * a character become U+FFFD. Not thread-safe.
 */
final class Utf16Decoder {
  private static final int CHUNK_BYTES = 8 << 10;
  private static final int MAX_UTF8_BYTES_A_UNIT = 3;
  private static final int REPLACEMENT = 0xfffd;
  private static final byte[] NOTHING = {};

  private final ContentStream in;
  private final boolean littleEndian;
  private byte[] begun;
  private int begunFrom;
  private final byte[] units = new byte[CHUNK_BYTES];
  private int unitBytes;
  // A chunk's text, and what a high surrogate left over from before may add.
  private final byte[] text =
      new byte[CHUNK_BYTES / 2 * MAX_UTF8_BYTES_A_UNIT + 2 * MAX_UTF8_BYTES_A_UNIT];
  private int textFrom;
  private int textTo;
  private int highSurrogate;
  private boolean ended;

  /**
   * A decoder of what follows the byte order mark.
   *
   * @param in the rest of the stream
   * @param begun what was read of it already
   */
  Utf16Decoder(ContentStream in, boolean littleEndian, byte[] begun) {
    this.in = in;
    this.littleEndian = littleEndian;
    this.begun = begun;
  }

  /** Reads at least one byte of text, or returns -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    while (textFrom == textTo) {
      if (ended) {
        return -1;
      }
      fill();
      decode();
    }
    int copied = Math.min(length, textTo - textFrom);
    System.arraycopy(text, textFrom, buffer, offset, copied);
    textFrom += copied;
    return copied;
  }

  private void fill() throws IOException {
    int room = units.length - unitBytes;
    if (begunFrom < begun.length) {
      int copied = Math.min(room, begun.length - begunFrom);
      System.arraycopy(begun, begunFrom, units, unitBytes, copied);
      begunFrom += copied;
      unitBytes += copied;
      if (begunFrom == begun.length) {
        begun = NOTHING;
        begunFrom = 0;
      }
      return;
    }
    int read = in.read(units, unitBytes, room);
    ended = read < 0;
    unitBytes += Math.max(0, read);
  }

  private void decode() {
    textFrom = 0;
    textTo = 0;
    int whole = unitBytes & ~1;
    for (int i = 0; i < whole; i += 2) {
      int first = units[i] & 0xff;
      int second = units[i + 1] & 0xff;
      put(littleEndian ? second << 8 | first : first << 8 | second);
    }
    if (whole < unitBytes) {
      units[0] = units[whole];
    }
    unitBytes -= whole;
    if (ended && (highSurrogate != 0 || unitBytes > 0)) {
      highSurrogate = 0;
      unitBytes = 0;
      putUtf8(REPLACEMENT);
    }
  }

  private void put(int unit) {
    int high = highSurrogate;
    highSurrogate = 0;
    if (high != 0) {
      if (Character.isLowSurrogate((char) unit)) {
        putUtf8(Character.toCodePoint((char) high, (char) unit));
        return;
      }
      putUtf8(REPLACEMENT);
    }
    if (Character.isHighSurrogate((char) unit)) {
      highSurrogate = unit;
    } else {
      putUtf8(Character.isLowSurrogate((char) unit) ? REPLACEMENT : unit);
    }
  }

  private void putUtf8(int character) {
    if (character < 0x80) {
      text[textTo++] = (byte) character;
      return;
    }
    int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    text[textTo] = (byte) (0xf00 >>> (more + 1) | character >>> (6 * more));
    for (int i = more; i > 0; i--) {
      text[textTo + i] = (byte) (0x80 | ((character >>> (6 * (more - i))) & 0x3f));
    }
    textTo += more + 1;
  }
}
