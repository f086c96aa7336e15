package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.Explanation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text for comments and strings that means nothing in any of the languages written here: letters,
 * digits, blanks and a few marks. No quote, no backslash at a line's end, no question mark that
 * asks a router for help.
 */
final class PlainText {
  /** The longest comment: some readers of rules cut longer lines in two. */
  static final int MAX_LINE = 240;

  /** The longest text that may stand in a string. */
  static final int MAX_TEXT = 80;

  private static final int MAX_NAME = 32;
  private static final int MAX_PROTOCOLS = 4;
  private static final String MARKS = " .,:/()_+@-";

  private PlainText() {}

  /** A text from a log, cut at a length. */
  static String of(String text, int longest) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && plain.length() < longest; ) {
      int character = text.codePointAt(i);
      plain.append(isPlain(character) ? (char) character : '_');
      i += Character.charCount(character);
    }
    return plain.toString();
  }

  private static boolean isPlain(int character) {
    return isWord(character) || MARKS.indexOf(character) >= 0;
  }

  private static boolean isWord(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  /** An incident's id, fit to be part of a name. */
  static String id(ScanAlert incident) {
    StringBuilder name = new StringBuilder(MAX_NAME);
    incident
        .id()
        .codePoints()
        .limit(MAX_NAME)
        .forEach(character -> name.append(isWord(character) ? (char) character : '_'));
    return name.toString();
  }

  /** The scan's shape in words. */
  static String type(ScanAlert incident) {
    return incident.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A time to the second, such as {@code 2026-11-24T03:07:54Z}; what is below is cut. */
  static String time(long micros) {
    return instant(micros).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** What there is to say of an incident. */
  static String describe(ScanAlert incident) {
    StringBuilder text = new StringBuilder("incident ");
    text.append(id(incident)).append(": ").append(type(incident)).append(" scan, ");
    text.append(incident.uniqueTargets()).append(" hosts, ");
    text.append(incident.uniquePorts()).append(" ports");
    String before = " of ";
    for (int protocol : incident.protocols().stream().limit(MAX_PROTOCOLS).toList()) {
      text.append(before).append(of(Protocol.text(protocol), MAX_NAME));
      before = " ";
    }
    text.append(", ");
    text.append(incident.connections()).append(" connections, ");
    text.append(time(incident.firstSeenMicros())).append(" to ");
    text.append(time(incident.lastSeenMicros()));
    text.append(", confidence ").append(incident.confidence());
    before = ", by ";
    for (Reason reason : incident.reasons()) {
      text.append(before).append(of(reason.rule(), MAX_NAME));
      before = " ";
    }
    before = ", seen by ";
    for (String sensor : incident.sensors()) {
      text.append(before).append(of(sensor, MAX_NAME));
      before = " ";
    }
    Explanation explanation = incident.explanation();
    if (explanation != null) {
      for (Actor actor : explanation.source().actors()) {
        text.append(", from");
        append(text, actor.host());
        append(text, actor.user());
        append(text, actor.image());
      }
    }
    return of(text.toString(), MAX_LINE);
  }

  private static void append(StringBuilder text, @Nullable String part) {
    if (part != null) {
      text.append(' ').append(of(part, MAX_NAME));
    }
  }
}
