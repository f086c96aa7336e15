package io.github.sweepwatch.read;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952): any number of members, one after another, with zero padding between
 * and after them.
 *
 * <p>The JDK's own stream asks {@code available()} whether another member follows, and so takes a
 * pipe that is empty for a moment for the end; and it passes over whatever follows the last member.
 * This one reads on until the end, and says what it cannot use.
 */
final class GzipDecoder {
  static final byte MAGIC_0 = 0x1f;
  static final byte MAGIC_1 = (byte) 0x8b;

  private static final int INPUT_BYTES = 64 << 10;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** Something that is neither gzip nor padding follows the last member, which was whole. */
  static final class TrailingDataException extends IOException {
    private static final long serialVersionUID = 1L;

    TrailingDataException() {
      super("after the end of the gzip data comes something that is not gzip");
    }
  }

  private final CountedInput in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private byte[] input;
  private int position;
  private int limit;
  private boolean inMember;
  private boolean first = true;

  /** A decoder over a stream of which some bytes, the magic at least, were read already. */
  GzipDecoder(CountedInput in, byte[] head, int offset, int length) {
    this.in = in;
    input = Arrays.copyOfRange(head, offset, offset + Math.max(length, INPUT_BYTES));
    position = 2;
    limit = length;
  }

  /** Reads what there is, at least one byte, or returns -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      if (!inMember && !beginMember()) {
        return -1;
      }
      int read = inflate(buffer, offset, length);
      if (read > 0) {
        crc.update(buffer, offset, read);
        return read;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        refill();
        inflater.setInput(input, 0, limit);
      } else {
        throw new ZipException("corrupt gzip data");
      }
    }
  }

  void close() {
    inflater.end();
  }

  private int inflate(byte[] buffer, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(buffer, offset, length);
    } catch (DataFormatException e) {
      ZipException corrupt = new ZipException("corrupt gzip data");
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  /** Reads a member's header; false where the stream ends instead. */
  private boolean beginMember() throws IOException {
    if (!first && !findMagic()) {
      return false;
    }
    first = false;
    crc.reset();
    crc.update(MAGIC_0);
    crc.update(MAGIC_1);
    int method = headerByte();
    int flags = headerByte();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("corrupt gzip header");
    }
    // Modification time, extra flags, operating system.
    skipHeaderBytes(6);
    if ((flags & HAS_EXTRA) != 0) {
      skipHeaderBytes(headerByte() | headerByte() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipHeaderText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipHeaderText();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      int expected = (int) crc.getValue() & 0xffff;
      if ((headerByte() | headerByte() << 8) != expected) {
        throw new ZipException("corrupt gzip header");
      }
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(input, position, limit - position);
    inMember = true;
    return true;
  }

  /** Passes over padding and the next member's magic; false where the stream ends instead. */
  private boolean findMagic() throws IOException {
    byte found;
    do {
      if (position == limit && !fill()) {
        return false;
      }
      found = input[position++];
    } while (found == 0);
    if (found != MAGIC_0 || (position == limit && !fill()) || input[position++] != MAGIC_1) {
      throw new TrailingDataException();
    }
    return true;
  }

  /** Checks a member's checksum and length. */
  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    inMember = false;
    long expectedCrc = crc.getValue();
    if (trailerWord() != expectedCrc
        || trailerWord() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("corrupt gzip data: checksum or length do not match");
    }
  }

  private int headerByte() throws IOException {
    int value = next();
    crc.update(value);
    return value;
  }

  private void skipHeaderBytes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private void skipHeaderText() throws IOException {
    int value;
    do {
      value = headerByte();
    } while (value != 0);
  }

  private long trailerWord() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (position == limit) {
      refill();
    }
    return input[position++] & 0xff;
  }

  private void refill() throws IOException {
    if (!fill()) {
      throw new EOFException("gzip data is cut short");
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(input, 0, input.length));
    return limit > 0;
  }
}
