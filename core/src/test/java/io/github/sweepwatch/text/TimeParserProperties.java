package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Times against java.time. */
class TimeParserProperties {
  private static final long END_SECONDS = TimeParser.END_MICROS / 1_000_000;

  @Property(tries = 3000)
  void stampsWithAnOffset(
      @ForAll @LongRange(min = -100_000_000, max = 7_400_000_000L) long second,
      @ForAll @IntRange(min = 0, max = 999_999) int micro,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes,
      @ForAll("offsets") String offsetPattern) {
    OffsetDateTime time =
        Instant.ofEpochSecond(second, micro * 1_000L)
            .atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    String text =
        time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS" + offsetPattern));
    long expected =
        second >= 0 && second < END_SECONDS ? second * 1_000_000 + micro : TimeParser.INVALID;
    assertEquals(expected, parse(text, ZoneOffset.UTC), text);
  }

  @Property(tries = 2000)
  void stampsWithoutOneTakeTheConfiguredZone(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
      @ForAll("zones") String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    long expected = local.atZone(zone).toInstant().getEpochSecond() * 1_000_000;
    String text = local.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
    assertEquals(expected < 0 ? TimeParser.INVALID : expected, parse(text, zone), text);
  }

  @Property(tries = 2000)
  void epochSecondsAndMillis(@ForAll @LongRange(min = 0, max = 7_300_000_000_000L) long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    boolean accepted = time.isBefore(Instant.ofEpochSecond(END_SECONDS));
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    String seconds = millis / 1_000 + "." + String.format("%03d", millis % 1_000);
    assertEquals(accepted ? micros : TimeParser.INVALID, epoch(seconds), seconds);
    if (millis >= 1_000_000_000_000L) {
      assertEquals(accepted ? micros : TimeParser.INVALID, epoch(Long.toString(millis)));
    } else {
      boolean asSeconds = millis < END_SECONDS;
      assertEquals(
          asSeconds ? millis * 1_000_000 : TimeParser.INVALID, epoch(Long.toString(millis)));
    }
  }

  private static long epoch(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return TimeParser.epochSecondsOrMillis(bytes, 0, bytes.length);
  }

  private static long parse(String text, ZoneId zone) {
    byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.US_ASCII);
    return new TimeParser(zone).iso(bytes, 1, bytes.length - 1);
  }

  @Provide
  Arbitrary<String> offsets() {
    return Arbitraries.of("XXX", "XX", "xxx", "xx");
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of("UTC", "+05:30", "Europe/Berlin", "America/New_York", "Australia/Perth");
  }
}
