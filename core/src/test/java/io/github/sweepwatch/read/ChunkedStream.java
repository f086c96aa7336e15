package io.github.sweepwatch.read;

import java.io.InputStream;
import java.util.Random;

/**
 * Gives at most so many bytes a read, and never says that more are available: like a pipe whose
 * writer is slow.
 */
final class ChunkedStream extends InputStream {
  private final byte[] bytes;
  private final int most;
  private final Random random;
  private int position;

  ChunkedStream(byte[] bytes, int most, long seed) {
    this.bytes = bytes;
    this.most = most;
    random = new Random(seed);
  }

  @Override
  public int read() {
    return position < bytes.length ? bytes[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (position == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(length, 1 + random.nextInt(most)), bytes.length - position);
    System.arraycopy(bytes, position, buffer, offset, count);
    position += count;
    return count;
  }
}
