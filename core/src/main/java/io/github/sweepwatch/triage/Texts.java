package io.github.sweepwatch.triage;

import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import org.jspecify.annotations.Nullable;

/** Cuts the texts of events that are kept: a log may hold a name of a million characters. */
final class Texts {
  /** How long a text may be, in characters. */
  static final int MAX = 256;

  private Texts() {}

  static LogonEvent cut(LogonEvent event) {
    if (isShort(event.targetHost())
        && isShort(event.account())
        && isShort(event.method())
        && isShort(event.sensor())) {
      return event;
    }
    return new LogonEvent(
        event.timeMicros(),
        event.source(),
        event.target(),
        cut(event.targetHost()),
        cut(event.account()),
        cutText(event.method()),
        event.success(),
        cut(event.sensor()));
  }

  static NoticeEvent cut(NoticeEvent event) {
    return new NoticeEvent(
        event.timeMicros(),
        event.source(),
        event.target(),
        cutText(event.name()),
        cut(event.category()),
        event.priority(),
        cut(event.sensor()));
  }

  private static boolean isShort(@Nullable String text) {
    return text == null || text.length() <= MAX;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : cutText(text);
  }

  private static String cutText(String text) {
    return isShort(text) ? text : text.substring(0, MAX);
  }

  /** What a text takes in memory, in bytes. */
  static long bytes(@Nullable String text) {
    return text == null ? 0 : 56 + 2L * text.length();
  }
}
