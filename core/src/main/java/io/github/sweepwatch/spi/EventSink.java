package io.github.sweepwatch.spi;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;

/**
 * Takes what a parser understood of a record. One record may give several events. Where the record
 * stands, in which file and on which line, the reader knows and adds. For use during {@link
 * LogParser#parse} only, by its thread.
 */
public interface EventSink {
  /**
   * Says where the record starts that what follows belongs to, where it is not the line at hand: a
   * record may be spread over several lines. Holds until the call of the parser ends. Unless
   * overridden, it is not told.
   *
   * @param line the line, as in {@link RecordSlice#line}
   */
  default void startedAt(long line) {}

  /**
   * Takes a connection.
   *
   * @param event the event
   */
  void connection(ConnectionEvent event);

  /**
   * Takes a connection that an earlier record told of and that was held back since, in the hope of
   * a record of how it ended.
   *
   * @param event the event
   * @param line the line on which that record starts, as {@link RecordSlice#line} gave it
   */
  default void connection(ConnectionEvent event, long line) {
    connection(event);
  }

  /**
   * Takes an attempt to log on.
   *
   * @param event the event
   */
  void logon(LogonEvent event);

  /**
   * Takes what an intrusion detection system said. Passed over unless overridden.
   *
   * @param event the event
   */
  default void notice(NoticeEvent event) {}

  /**
   * Says that a record should have given an event and could not. It is counted and reported, and
   * reading goes on. Records that are no connections at all are not rejected, just passed over.
   *
   * @param reason what is wrong, for a person: which field, and what stands there. Control
   *     characters in it are replaced, and a long one is cut, so it may quote the record
   */
  void reject(String reason);
}
