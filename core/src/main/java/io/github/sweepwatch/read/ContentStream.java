package io.github.sweepwatch.read;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream's content: what is stored, or what that decompresses to where it begins like gzip. */
final class ContentStream implements Closeable {
  private final CountedInput in;
  private boolean begun;
  private @Nullable GzipDecoder gzip;

  ContentStream(CountedInput in) {
    this.in = in;
  }

  /**
   * Reads what there is, at least one byte, or returns -1 at the end.
   *
   * @param length the room in the buffer, at least two
   */
  int read(byte[] buffer, int offset, int length) throws IOException {
    if (!begun) {
      begun = true;
      int read = in.read(buffer, offset, length);
      if (read == 1 && buffer[offset] == GzipDecoder.MAGIC_0) {
        read += Math.max(0, in.read(buffer, offset + 1, length - 1));
      }
      if (read < 2
          || buffer[offset] != GzipDecoder.MAGIC_0
          || buffer[offset + 1] != GzipDecoder.MAGIC_1) {
        return read;
      }
      gzip = new GzipDecoder(in, buffer, offset, read);
    }
    return gzip == null ? in.read(buffer, offset, length) : gzip.read(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (gzip != null) {
      gzip.close();
    }
    in.close();
  }
}
