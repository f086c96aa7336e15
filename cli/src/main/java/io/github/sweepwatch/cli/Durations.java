package io.github.sweepwatch.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as policy files have them: {@code 90s}, {@code 1h30m}; or ISO 8601's. */
final class Durations {
  private static final Duration MOST = Duration.ofDays(366);
  private static final Pattern UNITS =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  private Durations() {}

  /** The duration of a text, or null if it is none, or longer than a year. */
  static @Nullable Duration parse(String text) {
    Matcher units = UNITS.matcher(text);
    Duration duration;
    if (units.matches() && !text.isEmpty()) {
      duration =
          Duration.ofDays(part(units, 1))
              .plusHours(part(units, 2))
              .plusMinutes(part(units, 3))
              .plusSeconds(part(units, 4));
    } else {
      try {
        duration = Duration.parse(text);
      } catch (DateTimeException e) {
        return null;
      }
    }
    return duration.compareTo(MOST) > 0 ? null : duration;
  }

  private static long part(Matcher units, int group) {
    String digits = units.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  static String text(Duration duration) {
    if (duration.isZero() || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      return duration.isZero() ? "0s" : duration.toString();
    }
    // A day is 24h, as windows are: 25h, not 1d1h.
    long hours = duration.toHours();
    return (hours > 0 ? hours + "h" : "")
        + (duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "")
        + (duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "");
  }
}
