package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.spi.ParserContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {
  private static final ParserContext CONTEXT = ParserContext.of("test", LocalDate.of(2026, 11, 24));

  private static String read(Stamps stamps, String text) {
    byte[] bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
    long micros = stamps.read(bytes, 1, bytes.length - 1);
    return micros < 0
        ? "none"
        : Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1795485900              | 2026-11-24T02:05:00Z",
        "1795485900.25           | 2026-11-24T02:05:00.250Z",
        "1795485900123           | 2026-11-24T02:05:00.123Z",
        "1795485900123456        | 2026-11-24T02:05:00.123456Z",
        "1795485900123456789     | 2026-11-24T02:05:00.123456Z",
        "2026-11-24T02:05:00Z    | 2026-11-24T02:05:00Z",
        "2026-11-24 02:05:00,5   | 2026-11-24T02:05:00.500Z",
        "2026-11-24T02:05:00+01:00 | 2026-11-24T01:05:00Z",
        "2026-11-24T02:05:00.5+0100 | 2026-11-24T01:05:00.500Z",
        "2026-11-24 02:05:00 +0100 | 2026-11-24T01:05:00Z",
        "2026-11-23T21:05:00--5:00 | 2026-11-24T02:05:00Z",
        "2026-11-23T21:05:00--0500 | 2026-11-24T02:05:00Z",
        "2026/11/24 02:05:00     | 2026-11-24T02:05:00Z",
        "2026/11/24T02:05:00.123 | 2026-11-24T02:05:00.123Z",
        "2026/11/24 02:05:00 GMT | 2026-11-24T02:05:00Z",
        "Nov 24 2026 02:05:00    | 2026-11-24T02:05:00Z",
        "Nov 24 2026 02:05:00.5 GMT+01:00 | 2026-11-24T01:05:00.500Z",
        "Nov 24, 2026 02:05:00 UTC | 2026-11-24T02:05:00Z",
        "nov  4 2026 02:05:00 CET | 2026-11-04T02:05:00Z",
        "Nov 24 2026 2:05:00 PM  | 2026-11-24T14:05:00Z",
        "Nov 24 2026 12:05:00 am | 2026-11-24T00:05:00Z",
        "Tue Nov 24 02:05:00 2026 | 2026-11-24T02:05:00Z",
        "Tue, Nov 24 2026 02:05:00 | 2026-11-24T02:05:00Z",
        "Nov 24 02:05:00         | 2026-11-24T02:05:00Z",
        "Nov 24 02:05            | 2026-11-24T02:05:00Z",
        "24Nov2026 2:05:00       | 2026-11-24T02:05:00Z",
        "24/Nov/2026:02:05:00 +0100 | 2026-11-24T01:05:00Z",
        "4 Nov 2026 02:05:00 -1  | 2026-11-04T03:05:00Z"
      })
  void formsAreRead(String text, String instant) {
    assertEquals(instant, read(new Stamps(CONTEXT), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "Nov",
        "Nov 24",
        "Nov 24 2026",
        "Nov x 2026 02:05:00",
        "Foo 24 2026 02:05:00",
        "Foo Bar 24 02:05:00",
        "24Foo2026 2:05:00",
        "24Nov26 2:05:00",
        "2026-11-24",
        "2026-11-24x02:05:00",
        "2026.11.24 02:05:00",
        "2026-11.24 02:05:00",
        "2026/13/24 02:05:00",
        "2026/11/24 25:05:00",
        "2026/11/24 02:05:00 ?",
        "2026/11/24 02:05:00 +x",
        "2026/11/24 02-05-00-00",
        "99999999999999999999",
        "9999999999999999999",
        "7258118400",
        "Feb 30 02:05:00",
        "1795485900,5",
        "Nov 24 2026 02:05:00 with a text behind it that is too long for any stamp"
      })
  void otherTextsAreNone(String text) {
    assertEquals("none", read(new Stamps(CONTEXT), text));
  }

  @Test
  void yearIsTheNearest() {
    Stamps stamps = new Stamps(ParserContext.of("test", LocalDate.of(2026, 1, 2)));
    assertEquals("2025-12-31T23:59:59Z", read(stamps, "Dec 31 23:59:59"));
    assertEquals("2026-01-01T00:00:01Z", read(stamps, "Jan  1 00:00:01"));
    assertEquals("2026-06-01T00:00:01Z", read(stamps, "Jun  1 00:00:01"));
    assertEquals("2026-11-24T00:00:01Z", read(stamps, "Nov 24 00:00:01"));
    assertEquals("2027-02-01T00:00:01Z", read(stamps, "Feb  1 00:00:01"));
    assertEquals("2028-02-29T00:00:01Z", read(new Stamps(CONTEXT), "Feb 29 2028 00:00:01"));
  }

  @Test
  void zoneIsTheContexts() {
    Stamps stamps =
        new Stamps(
            new ParserContext("test", ZoneId.of("Europe/Berlin"), LocalDate.of(2026, 11, 24)));
    assertEquals("2026-11-24T01:05:00Z", read(stamps, "2026/11/24 02:05:00"));
    assertEquals("2026-11-24T02:05:00Z", read(stamps, "2026/11/24 02:05:00 GMT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<13>Nov 24 02:05:00 host x   | 2026-11-24T02:05:00Z",
        "Nov 24 2026 02:05:00: host   | 2026-11-24T02:05:00Z",
        "Nov 24 02:05:00 2026 x       | 2026-11-24T02:05:00Z",
        "<13>1 2026-11-24T02:05:00Z h | 2026-11-24T02:05:00Z",
        "2026-11-24 02:05:00 host     | 2026-11-24T02:05:00Z",
        "2026-11-24T02:05:00Z         | 2026-11-24T02:05:00Z",
        "<13>                         | none",
        "<13                          | none",
        "host x                       | none",
        "hostname of some length: x   | none",
        "1 2                          | none"
      })
  void headersAreRead(String text, String instant) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long micros = new HeaderStamp(new Stamps(CONTEXT)).read(bytes, 0, bytes.length);
    assertEquals(
        instant, micros < 0 ? "none" : Instant.ofEpochSecond(micros / 1_000_000).toString());
  }
}
