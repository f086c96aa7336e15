package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a snapshot's sections. Not thread-safe.
 *
 * <pre>
 *   snapshot  | magic 8 | section | section | .. | END section | seal 32 |
 *   section   | name 2 | version 2 | chunk | chunk | .. | 0, four bytes |
 *   chunk     | length 4, 1 to 65,536 | bytes |
 * </pre>
 *
 * Numbers are big-endian. A section is one run of bytes; chunks are there so that it can be written
 * before its length is known, and passed over by who does not know what is in it.
 */
final class SnapshotOutput {
  /** What a snapshot starts with: its name, and bytes that a transfer as text would change. */
  static final long MAGIC = 0x53_57_53_4e_41_50_0d_0aL;

  /** The longest chunk. */
  static final int CHUNK_BYTES = 1 << 16;

  /** The longest text, in bytes. */
  static final int MAX_TEXT = 1_024;

  private final OutputStream out;
  private final SnapshotSeal seal;
  private final byte[] chunkBytes = new byte[CHUNK_BYTES];
  private final ByteBuffer chunk = ByteBuffer.wrap(chunkBytes);
  private final Set<String> texts = new HashSet<>();
  private long textBytes;

  /**
   * Starts a snapshot.
   *
   * @param out takes the bytes
   * @param seal seals them
   * @param textBytes how many bytes all distinct texts together may have
   */
  SnapshotOutput(OutputStream out, SnapshotSeal seal, long textBytes) throws IOException {
    this.out = out;
    this.seal = seal;
    this.textBytes = textBytes;
    writeOut(ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
  }

  void begin(SnapshotSection section) throws IOException {
    writeOut(
        ByteBuffer.allocate(2 * Short.BYTES)
            .putShort((short) section.code())
            .putShort((short) SnapshotSection.VERSION)
            .array());
  }

  void end() throws IOException {
    writeChunk();
    writeOut(new byte[Integer.BYTES]);
  }

  /** Writes the seal. To be called once, after the last section. */
  void close() throws IOException {
    out.write(seal.value());
    out.flush();
  }

  void putFlag(boolean value) throws IOException {
    putByte(value ? 1 : 0);
  }

  void putByte(int value) throws IOException {
    room(Byte.BYTES).put((byte) value);
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  /** Writes a text that is {@link #admits admitted}. */
  void putText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    room(bytes.length).put(bytes);
  }

  /**
   * Whether there is room for a text: names that events bring may be many and long, and who
   * restores the snapshot keeps no more of them than this.
   */
  boolean admits(String text) {
    if (texts.contains(text)) {
      return true;
    }
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_TEXT || bytes > textBytes) {
      return false;
    }
    textBytes -= bytes;
    return texts.add(text);
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (chunk.remaining() < bytes) {
      writeChunk();
    }
    return chunk;
  }

  private void writeChunk() throws IOException {
    int length = chunk.position();
    if (length > 0) {
      writeOut(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      writeOut(chunkBytes, length);
      chunk.clear();
    }
  }

  private void writeOut(byte[] bytes) throws IOException {
    writeOut(bytes, bytes.length);
  }

  private void writeOut(byte[] bytes, int length) throws IOException {
    seal.add(bytes, 0, length);
    out.write(bytes, 0, length);
  }
}
