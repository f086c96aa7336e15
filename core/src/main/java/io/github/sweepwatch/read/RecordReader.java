package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.RecordSlice;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines, in one buffer that grows up to the longest line allowed and no further.
 * A line is handed on as soon as its end was read. Not thread-safe.
 */
final class RecordReader implements Closeable, RecordSource {
  /** How much of a stream's beginning is looked at to tell its format. */
  static final int HEAD_BYTES = 64 << 10;

  static final int BUFFER_BYTES = 256 << 10;

  private static final int SIGNATURE_BYTES = 16;

  private final ContentStream in;
  private @Nullable Utf16Decoder utf16;
  private final int maxRecordBytes;
  private byte[] buffer;

  /** Where the line begins that is not handed on yet. */
  private int start;

  /** Up to where there is no line feed after {@link #start}. */
  private int searched;

  private int limit;
  private long lines;
  private boolean begun;
  private boolean ended;
  private boolean skipping;
  private @Nullable IOException failure;

  /**
   * A reader.
   *
   * @param in the stream
   * @param maxRecordBytes the longest line handed on, its end not counted
   * @param bufferBytes the buffer's first size, at least four
   */
  RecordReader(ContentStream in, int maxRecordBytes, int bufferBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
    buffer = new byte[bufferBytes];
  }

  /**
   * Reads once, for a look at the stream's beginning. Only before the first {@link #next}.
   *
   * @return whether a longer look may still come
   */
  boolean readHead() {
    if (limit - start < HEAD_BYTES) {
      fill();
      return !ended && limit - start < HEAD_BYTES;
    }
    return false;
  }

  /** What was read of the stream's beginning, at most {@link #HEAD_BYTES}. */
  byte[] head() {
    return Arrays.copyOfRange(buffer, start, Math.min(limit, start + HEAD_BYTES));
  }

  /** Goes to the next line that is not blank, and points the slice at it. */
  @Override
  public Next next(RecordSlice slice) {
    while (true) {
      int end = LineFeeds.find(buffer, searched, limit);
      if (end == limit && !ended) {
        searched = limit;
        if (skipping) {
          start = limit;
        } else if (isTooLong(limit)) {
          skipping = true;
          start = limit;
          lines++;
          slice.at(buffer, limit, limit, lines);
          return Next.UNUSABLE;
        }
        fill();
        continue;
      }
      int from = start;
      boolean last = end == limit;
      start = last ? end : end + 1;
      searched = start;
      if (skipping) {
        skipping = false;
        continue;
      }
      if (last && (from == end || isCut())) {
        start = from;
        return Next.END;
      }
      lines++;
      if (end > from && buffer[end - 1] == '\r') {
        end--;
      }
      if (end - from > maxRecordBytes) {
        slice.at(buffer, end, end, lines);
        return Next.UNUSABLE;
      }
      if (!isBlank(from, end)) {
        slice.at(buffer, from, end, lines);
        return Next.RECORD;
      }
    }
  }

  @Override
  public String problem() {
    return "longer than the limit of " + maxRecordBytes + " bytes a record";
  }

  /** How many lines were read; also the number of the line that {@link #next} went to. */
  @Override
  public long count() {
    return lines;
  }

  @Override
  public @Nullable String damage() {
    if (failure == null) {
      return null;
    }
    String where = EventReader.reason(failure) + ", after line " + lines;
    return isCut() && start < limit ? where + "; the line after it is cut and left out" : where;
  }

  /**
   * The stream's first bytes, to tell how it is cut: enough for a signature, or a line. Only before
   * the first {@link #next}.
   */
  byte[] signature() {
    while (limit - start < SIGNATURE_BYTES
        && LineFeeds.find(buffer, start, limit) == limit
        && readHead()) {
      // It may come in pieces.
    }
    return head();
  }

  /** The stream from its first byte on, for a framing. Instead of {@link #next}, not beside it. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (start == limit && !ended) {
          start = 0;
          limit = 0;
          searched = 0;
          fill();
        }
        if (start == limit && failure != null) {
          throw failure;
        }
        if (start == limit) {
          return -1;
        }
        int copied = Math.min(length, limit - start);
        System.arraycopy(buffer, start, target, offset, copied);
        start += copied;
        return copied;
      }
    };
  }

  /** What ended the stream before its time, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean isCut() {
    return failure != null && !(failure instanceof GzipDecoder.TrailingDataException);
  }

  /** Whether the line is too long already, whatever follows. */
  private boolean isTooLong(int end) {
    // A carriage return at its end may yet prove to be part of the line's end.
    int certain = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    return certain - start > maxRecordBytes;
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void fill() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      searched -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      // The longest line, and the two bytes of its end; a line longer than that never gets here.
      long most = Math.max(maxRecordBytes + 2L, HEAD_BYTES);
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, most));
    }
    try {
      read();
      if (!begun) {
        begun = true;
        skipByteOrderMark();
      }
    } catch (IOException e) {
      failure = e;
      ended = true;
    }
  }

  private boolean read() throws IOException {
    int read =
        utf16 == null
            ? in.read(buffer, limit, buffer.length - limit)
            : utf16.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    return !ended;
  }

  private void skipByteOrderMark() throws IOException {
    while (limit < 3 && limit > 0 && (buffer[0] & 0xff) >= 0xef && read()) {
      // A mark may come in pieces.
    }
    int head = 0;
    for (int i = 0; i < 3; i++) {
      head = head << 8 | (i < limit ? buffer[i] & 0xff : 0);
    }
    if (head == 0xef_bb_bf) {
      start = 3;
      searched = 3;
    } else if (head >>> 8 == 0xff_fe || head >>> 8 == 0xfe_ff) {
      utf16 = new Utf16Decoder(in, head >>> 8 == 0xff_fe, Arrays.copyOfRange(buffer, 2, limit));
      limit = 0;
      read();
    }
  }
}
