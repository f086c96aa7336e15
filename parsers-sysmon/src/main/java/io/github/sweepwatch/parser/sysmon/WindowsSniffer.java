package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.RecordFraming;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells from a stream's first bytes whether it holds Windows events, and how it is cut. */
final class WindowsSniffer {
  private static final int ANNOUNCED = 100;
  private static final int MARKED = 95;
  private static final int HEADED = 85;

  // What each wrapper leaves as it is: the namespace of event XML, and how Windows names sources.
  private static final byte[][] MARKS = {
    ascii("schemas.microsoft.com/win/2004/08/events"),
    ascii("Microsoft-Windows-"),
    ascii("Linux-Sysmon"),
    ascii("Microsoft Windows security auditing"),
  };

  // Such records hold Windows events in the words of another format.
  private static final byte[][] OTHERS = {ascii("CEF:"), ascii("LEEF:")};

  private WindowsSniffer() {}

  static int score(byte[] head) {
    if (EvtxFraming.isSigned(head)) {
      return ANNOUNCED;
    }
    int score = 0;
    int from = 0;
    while (from < head.length && score < MARKED) {
      int to = from;
      while (to < head.length && head[to] != '\n') {
        to++;
      }
      if (isEvent(head, from, to)) {
        score = MARKED;
      } else if (score == 0 && RenderedText.isHeaded(head, from, to)) {
        score = HEADED;
      }
      from = to + 1;
    }
    return score;
  }

  /** Whether a record bears the mark of a Windows event. */
  static boolean isEvent(byte[] bytes, int from, int to) {
    return contains(bytes, from, to, MARKS) && !contains(bytes, from, to, OTHERS);
  }

  /** How a stream is cut that is not made of lines, or null. */
  static @Nullable RecordFraming framing(byte[] head) {
    return EvtxFraming.isSigned(head) ? new EvtxFraming() : DocumentFraming.of(head);
  }

  private static boolean contains(byte[] bytes, int from, int to, byte[][] wanted) {
    for (byte[] text : wanted) {
      if (Bytes.indexOf(bytes, from, to, text) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
