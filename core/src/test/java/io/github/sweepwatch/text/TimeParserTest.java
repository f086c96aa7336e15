package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-11-24",
        "2026-11-24T02:05",
        "2026-13-01T00:00:00",
        "2026-00-01T00:00:00",
        "2026-02-29T00:00:00",
        "1900-02-29T00:00:00",
        "2026-04-31T00:00:00",
        "2026-11-00T00:00:00",
        "2026-11-24X02:05:00",
        "2026-11-24T24:00:00",
        "2026-11-24T02:60:00",
        "2026-11-24T02:05:60",
        "2026/11/24T02:05:00",
        "2026-11/24T02:05:00",
        "2026-11-24T02.05:00",
        "2026-11-24T02:05.00",
        "20x6-11-24T02:05:00",
        "x026-11-24T02:05:00",
        "2026-1x-24T02:05:00",
        "2026-11-2xT02:05:00",
        "2026-11-24T0x:05:00",
        "2026-11-24T02:0x:00",
        "2026-11-24T02:05:0x",
        "2026-11-24T02:05:00.",
        "2026-11-24T02:05:00.x",
        "2026-11-24T02:05:00Q",
        "2026-11-24T02:05:00ZZ",
        "2026-11-24T02:05:00+1",
        "2026-11-24T02:05:00+25:00",
        "2026-11-24T02:05:00+01:60",
        "2026-11-24T02:05:00+01x00",
        "2026-11-24T02:05:00+x1:00",
        "2026-11-24T02:05:00+01:000",
        "9999-01-01T00:00:00Z",
        "2200-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z"
      })
  void rejectsWhatIsNoStamp(String text) {
    assertEquals(TimeParser.INVALID, iso(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2024-02-29T12:00:00Z, 1709208000000000",
    "2000-02-29t12:00:00z, 951825600000000",
    "'2026-11-24T02:05:00,5+01', 1795482300500000",
    "2026-11-24T02:05:00.1234567891Z, 1795485900123457",
    "2199-12-31T23:59:59.999999Z, 7258118399999999",
  })
  void acceptsStamps(String text, long micros) {
    assertEquals(micros, iso(text), text);
  }

  @Test
  void secondsThatAreNoCredibleTimeAreRejected() {
    for (String text :
        new String[] {"-1", "NaN", "nan", "", "253402300799", "7258118400", "1e20"}) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertEquals(TimeParser.INVALID, TimeParser.epochSeconds(bytes, 0, bytes.length), text);
      assertEquals(
          TimeParser.INVALID, TimeParser.epochSecondsOrMillis(bytes, 0, bytes.length), text);
    }
  }

  private static long iso(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new TimeParser(ZoneOffset.UTC).iso(bytes, 0, bytes.length);
  }
}
