package io.github.sweepwatch.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A stream of results, buffered. What goes wrong with it ends the command by a {@link Failure},
 * from however deep a call.
 */
final class ResultStream extends OutputStream {
  private final String name;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int used;

  /**
   * A stream over another.
   *
   * @param name what messages call it
   * @param out where the results go
   */
  ResultStream(String name, OutputStream out) {
    this.name = name;
    this.out = out;
  }

  /** Results can no longer be written. */
  static final class Failure extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    Failure(String stream, IOException cause) {
      super(stream + ": " + cause.getMessage(), cause);
    }

    /** Whether the reader just went away, as {@code head} does. */
    boolean readerGone() {
      String message = String.valueOf(getMessage());
      return message.contains("Broken pipe") || message.contains("pipe is being closed");
    }
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(int value) {
    if (used == buffer.length) {
      writeBuffer();
    }
    buffer[used++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (length > buffer.length - used) {
      writeBuffer();
      if (length >= buffer.length) {
        writeThrough(bytes, from, length);
        return;
      }
    }
    System.arraycopy(bytes, from, buffer, used, length);
    used += length;
  }

  @Override
  public void flush() {
    writeBuffer();
    try {
      out.flush();
    } catch (IOException e) {
      throw new Failure(name, e);
    }
  }

  @Override
  public void close() {
    flush();
    try {
      out.close();
    } catch (IOException e) {
      throw new Failure(name, e);
    }
  }

  private void writeBuffer() {
    // Forgotten even if this fails: a later flush must not write it again.
    int length = used;
    used = 0;
    writeThrough(buffer, 0, length);
  }

  private void writeThrough(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new Failure(name, e);
    }
  }
}
