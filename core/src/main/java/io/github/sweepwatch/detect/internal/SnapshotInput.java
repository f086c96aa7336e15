package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what {@link SnapshotOutput} wrote, and believes nothing: whatever is out of its range is
 * refused, and only as much is kept as has been paid for. Reads no byte beyond the seal. Not
 * thread-safe.
 */
final class SnapshotInput {
  /** The budget has no room for a part of the snapshot. */
  static final class NoRoom extends Exception {
    private static final long serialVersionUID = 1L;

    private NoRoom() {
      super(null, null, false, false);
    }
  }

  private static final long MAX_COUNT = 1L << 56;

  private final InputStream in;
  private final SnapshotSeal seal;
  private final byte[] bytes = new byte[SnapshotOutput.CHUNK_BYTES];
  private final ByteBuffer chunk = ByteBuffer.wrap(bytes).limit(0);
  private final Map<String, String> texts = new HashMap<>();
  private long textBytes;
  private boolean ended;

  /**
   * Reads the start of a snapshot.
   *
   * @param in the bytes
   * @param seal that of the same key
   * @param textBytes how many bytes all distinct texts together may have
   */
  SnapshotInput(InputStream in, SnapshotSeal seal, long textBytes) throws IOException {
    this.in = in;
    this.seal = seal;
    this.textBytes = textBytes;
    if (frame(Long.BYTES).getLong() != SnapshotOutput.MAGIC) {
      throw new SnapshotException("not a snapshot of a detector");
    }
  }

  /** Goes to the next section that is known. */
  SnapshotSection next() throws IOException {
    while (true) {
      ended = false;
      ByteBuffer header = frame(2 * Short.BYTES);
      int code = Short.toUnsignedInt(header.getShort());
      int version = Short.toUnsignedInt(header.getShort());
      SnapshotSection section = SnapshotSection.of(code);
      if (section != null && version == SnapshotSection.VERSION) {
        return section;
      }
      if (code < SnapshotSection.OPTIONAL) {
        throw new SnapshotException(
            "section " + code + " in version " + version + " is not known here");
      }
      skip();
    }
  }

  /** Whether the section goes on. */
  boolean hasMore() throws IOException {
    if (chunk.hasRemaining() || ended) {
      return !ended;
    }
    int length = frame(Integer.BYTES).getInt();
    if (length < 0 || length > SnapshotOutput.CHUNK_BYTES) {
      throw new SnapshotException("damaged: a chunk of " + length + " bytes");
    }
    read(bytes, length);
    chunk.clear().limit(length);
    ended = length == 0;
    return !ended;
  }

  /** Ends a section of which all has been read. */
  void end() throws IOException {
    check(!hasMore(), "a section is longer than it should be");
  }

  /** Passes over the rest of a section. */
  void skip() throws IOException {
    do {
      chunk.position(chunk.limit());
    } while (hasMore());
  }

  /** Reads the seal; refuses the snapshot if it is not the right one. */
  void close() throws IOException {
    byte[] right = seal.value();
    byte[] found = in.readNBytes(SnapshotSeal.BYTES);
    check(found.length == SnapshotSeal.BYTES, "cut short in its seal");
    check(MessageDigest.isEqual(right, found), "damaged: its seal does not fit");
  }

  boolean flag() throws IOException {
    return number(1) == 1;
  }

  /** A byte from 0 to a greatest value. */
  int number(int greatest) throws IOException {
    int value = room(Byte.BYTES).get() & 0xff;
    check(value <= greatest, "a number is out of its range");
    return value;
  }

  /** An int from a least to a greatest value. */
  int number(int least, int greatest) throws IOException {
    int value = anyInt();
    check(value >= least && value <= greatest, "a number is out of its range");
    return value;
  }

  int anyInt() throws IOException {
    return room(Integer.BYTES).getInt();
  }

  long anyLong() throws IOException {
    return room(Long.BYTES).getLong();
  }

  /** A long that is not negative, nor so great that reckoning with it may overflow. */
  long count() throws IOException {
    long value = anyLong();
    check(value >= 0 && value <= MAX_COUNT, "a count is out of its range");
    return value;
  }

  /** A text that has been paid for. */
  String paidText() throws IOException {
    byte[] utf8 = new byte[number(0, SnapshotOutput.MAX_TEXT)];
    room(utf8.length).get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A text of which there is one copy. */
  String text() throws IOException {
    String text = paidText();
    String known = texts.putIfAbsent(text, text);
    if (known == null) {
      textBytes -= text.length();
      check(textBytes >= 0, "too much text");
    }
    return known == null ? text : known;
  }

  /** Takes from a budget what a part of the snapshot takes in memory. */
  void pay(ByteBudget budget, long bytes) throws NoRoom {
    if (!budget.take(bytes)) {
      throw new NoRoom();
    }
  }

  static void check(boolean valid, String problem) throws SnapshotException {
    if (!valid) {
      throw new SnapshotException(problem);
    }
  }

  private ByteBuffer room(int length) throws IOException {
    check(length == 0 || hasMore(), "a section is shorter than it should be");
    // A value never lies in two chunks.
    check(chunk.remaining() >= length, "a chunk ends within a value");
    return chunk;
  }

  /** The next few bytes outside of chunks. */
  private ByteBuffer frame(int length) throws IOException {
    byte[] frame = new byte[length];
    read(frame, length);
    return ByteBuffer.wrap(frame);
  }

  private void read(byte[] target, int length) throws IOException {
    int read = in.readNBytes(target, 0, length);
    check(read == length, "cut short");
    seal.add(target, 0, length);
  }
}
