package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;

/** Takes what a reader finds, record by record, on the thread that reads. */
public interface ReadHandler {
  /**
   * Takes a connection.
   *
   * @param event the event
   * @param line the line on which its record starts, from 1
   */
  void connection(ConnectionEvent event, long line);

  /**
   * Takes an attempt to log on. Passed over unless overridden.
   *
   * @param event the event
   * @param line the line on which its record starts, from 1
   */
  default void logon(LogonEvent event, long line) {}

  /**
   * Takes what an intrusion detection system said. Passed over unless overridden; it is not
   * counted.
   *
   * @param event the event
   * @param line the line on which its record starts, from 1
   */
  default void notice(NoticeEvent event, long line) {}

  /**
   * Takes a rejection. Passed over unless overridden; it is counted in any case.
   *
   * @param rejection where, and why
   */
  default void rejected(Rejection rejection) {}
}
