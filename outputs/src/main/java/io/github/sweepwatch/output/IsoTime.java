package io.github.sweepwatch.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times after RFC 3339, in UTC. */
final class IsoTime {
  private static final DateTimeFormatter MICROS = format("SSSSSS");
  private static final DateTimeFormatter MILLIS = format("SSS");

  private IsoTime() {}

  private static DateTimeFormatter format(String fraction) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + fraction + "'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);
  }

  /** With six decimals. */
  static String micros(long micros) {
    return MICROS.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** With three decimals; what is finer is dropped. */
  static String millis(long millis) {
    return MILLIS.format(Instant.ofEpochMilli(millis));
  }
}
