package io.github.sweepwatch.spi;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The bytes of one record, in a buffer that the reader uses again: valid only during the call it is
 * handed to. A parser reads between {@link #from} and {@link #to} and keeps nothing of it.
 *
 * <p>Line ends are cut off. The bytes need not be valid UTF-8. Not thread-safe.
 */
public final class RecordSlice {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private long line;

  /** A slice over nothing. */
  public RecordSlice() {}

  /**
   * Points this slice at a record.
   *
   * @param buffer holds the record
   * @param start its first byte
   * @param end its end, exclusive
   * @param lineNumber the line it starts on, from 1
   * @return this
   * @throws IndexOutOfBoundsException if the range is not within the buffer
   */
  public RecordSlice at(byte[] buffer, int start, int end, long lineNumber) {
    Objects.checkFromToIndex(start, end, buffer.length);
    bytes = buffer;
    from = start;
    to = end;
    line = lineNumber;
    return this;
  }

  /**
   * The buffer.
   *
   * @return the array that holds the record, and other bytes around it
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Where the record begins.
   *
   * @return the index of its first byte
   */
  public int from() {
    return from;
  }

  /**
   * Where the record ends.
   *
   * @return the index after its last byte
   */
  public int to() {
    return to;
  }

  /**
   * How long the record is.
   *
   * @return bytes
   */
  public int length() {
    return to - from;
  }

  /**
   * Where the record starts in its stream.
   *
   * @return the line, from 1
   */
  public long line() {
    return line;
  }

  /** The record as text, for messages; bytes that are no UTF-8 are replaced. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
