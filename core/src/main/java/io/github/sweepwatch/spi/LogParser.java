package io.github.sweepwatch.spi;

/**
 * Parses one stream, record by record. It may keep what earlier records taught it, such as a
 * header, in bounded memory. Opened for one stream and used by one thread: not thread-safe.
 */
public interface LogParser {
  /**
   * Parses one record and hands what it says to the sink, before it returns.
   *
   * <p>It does not throw on any input. Should it throw all the same, the reader counts the record
   * as rejected and goes on.
   *
   * @param record the record, valid only during the call
   * @param sink takes the events, or the rejection
   */
  void parse(RecordSlice record, EventSink sink);
}
