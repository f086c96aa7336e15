package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;

/** Tells where rendered events begin in a stream of lines. Not thread-safe. */
final class TextStarts {
  private static final byte[] LOG_NAME = ascii("LogName=");
  private static final byte[] EVENT_CODE = ascii("EventCode=");
  private static final byte[] WEVTUTIL = ascii("Event[");
  private static final byte[] TIME_CREATED = ascii("TimeCreated");
  private static final byte[] SYSLOG_SOURCE = ascii("Microsoft-Windows-");

  // Of the event at hand, what was there already and can be only once.
  private boolean named;
  private boolean headed;

  /**
   * Whether a line begins an event of its own.
   *
   * @param inEvent whether it may as well belong to the one before
   */
  boolean isStart(byte[] bytes, int from, int to, boolean inEvent) {
    boolean name = Bytes.isAt(bytes, from, to, LOG_NAME) || Bytes.isAt(bytes, from, to, EVENT_CODE);
    boolean heading = !name && RenderedText.isHeaded(bytes, from, to);
    boolean start =
        MonthFirstTime.isAt(bytes, from, to)
            || Bytes.isAt(bytes, from, to, WEVTUTIL)
            || isPadded(bytes, from, to)
            || (name && (!inEvent || (named && headed)))
            || (heading && (!inEvent || headed))
            || (heading && Bytes.indexOf(bytes, from, to, SYSLOG_SOURCE) >= 0);
    if (start) {
      named = false;
      headed = false;
    }
    named |= name;
    headed |= heading;
    return start;
  }

  /* Get-WinEvent's list has its labels padded to one width. */
  private static boolean isPadded(byte[] bytes, int from, int to) {
    if (!Bytes.isAt(bytes, from, to, TIME_CREATED)) {
      return false;
    }
    int i = from + TIME_CREATED.length;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    return i < to && bytes[i] == ':';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
