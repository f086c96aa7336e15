package io.github.sweepwatch.spi;

import io.github.sweepwatch.event.ConnectionEvent;

/**
 * Parses one stream, record by record. It may keep what earlier records taught it, such as a
 * header, in bounded memory. Opened for one stream and used by one thread: not thread-safe.
 */
public interface LogParser {
  /**
   * Parses one record and hands what it says to the sink, before it returns.
   *
   * <p>A record is one line, of any bytes but a line feed, unless the provider cuts the stream
   * itself ({@link ParserProvider#framing}). Its line end is cut off, CRLF as well as LF, and so is
   * a byte order mark before the first. Blank lines and lines beyond the reader's limit are not
   * handed on, so lines may be missing in between, and a record is never empty.
   *
   * <p>It does not throw on any input of its own accord. Should it throw all the same, the reader
   * counts the record as rejected and goes on. What the sink throws is not the parser's: let it
   * pass.
   *
   * @param record the record, valid only during the call
   * @param sink takes the events, or the rejection
   */
  void parse(RecordSlice record, EventSink sink);

  /**
   * Says that the stream has ended. A record that was begun, by a parser whose records may be
   * spread over several lines, is now as complete as it will be; and what is held back is handed
   * on: a connection whose beginning was read and that might still have had an end. Called once,
   * after the last record; does nothing unless a parser keeps something back.
   *
   * @param sink takes the events, or the rejection; connections that were held back through {@link
   *     EventSink#connection(ConnectionEvent, long)}
   */
  default void finish(EventSink sink) {}
}
