package io.github.sweepwatch.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A stream as it is stored, and how much of it was read. The count is for any thread to see. */
final class CountedInput implements Closeable {
  private final InputStream in;
  private final AtomicLong count = new AtomicLong();

  CountedInput(InputStream in) {
    this.in = in;
  }

  /** Reads at least one byte, or returns -1 at the end. Never reads ahead, never waits for more. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read == 0) {
      // Not allowed to streams, but seen: this way of reading cannot return without a byte.
      int one = in.read();
      if (one < 0) {
        return -1;
      }
      buffer[offset] = (byte) one;
      read = 1;
    }
    if (read > 0) {
      count.setRelease(count.getPlain() + read);
    }
    return read;
  }

  long count() {
    return count.getAcquire();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
