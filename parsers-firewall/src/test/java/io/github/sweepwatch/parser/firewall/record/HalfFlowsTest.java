package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFlowsTest {
  private static final Field[] ORDER = {
    Field.PROTOCOL, Field.SOURCE, Field.SOURCE_PORT, Field.DESTINATION, Field.DESTINATION_PORT
  };

  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final Fields fields = new Fields();
  private final Columns columns = new Columns(8);

  private ConnectionEvent half(HalfFlows halves, String half, long micros, long size) {
    byte[] bytes = half.getBytes(StandardCharsets.UTF_8);
    fields.start(bytes, 0, bytes.length);
    columns.splitAtBlanks(bytes, 0, bytes.length);
    for (int i = 0; i < columns.count(); i++) {
      fields.put(ORDER[i], columns.from(i), columns.to(i));
    }
    assertNull(decoder.decode(fields));
    decoder.event().timeMicros(micros);
    halves.orient(decoder, micros, HalfFlows.NOTHING_SHOWN, false, size, 1, true, Outcome.UNKNOWN);
    return decoder.event().build();
  }

  private static String described(ConnectionEvent event) {
    return event.sourcePort()
        + ">"
        + event.destinationPort()
        + " "
        + event.outcome()
        + (event.initiatorCertain() ? "" : " ?");
  }

  @ParameterizedTest
  @CsvSource({
    "40000, 443, 40000>443 UNKNOWN",
    "443, 40000, 40000>443 ESTABLISHED",
    "2000, 3389, 2000>3389 UNKNOWN",
    "9200, 33478, 33478>9200 ESTABLISHED",
    "40000, 5000, 40000>5000 UNKNOWN",
    "30000, 3306, 30000>3306 UNKNOWN",
    "20, 40000, 20>40000 UNKNOWN",
    "40000, 20, 40000>20 UNKNOWN ?",
    "40000, 50000, 40000>50000 UNKNOWN ?",
    "53, 53, 53>53 UNKNOWN ?",
    "0, 53, 0>53 UNKNOWN ?",
    "53, 20, 53>20 UNKNOWN ?"
  })
  void portsTell(int source, int destination, String expected) {
    ConnectionEvent event =
        half(new HalfFlows(), "6 10.0.0.1 " + source + " 10.0.0.2 " + destination, 1_000_000, 60);
    assertEquals(expected, described(event));
  }

  @Test
  void otherHalfMayComeInEitherOrderAndVersion() {
    for (String address : new String[] {"10.0.0.", "2001:db8::"}) {
      HalfFlows halves = new HalfFlows();
      String there = "17 " + address + "1 40000 " + address + "2 53";
      String back = "17 " + address + "2 53 " + address + "1 40000";
      assertEquals("40000>53 UNKNOWN", described(half(halves, there, 1_000_000, 60)));
      assertEquals("40000>53 ESTABLISHED", described(half(halves, back, 1_000_000, 90)));
      assertEquals("40000>53 ESTABLISHED", described(half(halves, there, 1_000_000, 60)));
    }
  }

  @Test
  void hostMayTalkToItself() {
    HalfFlows halves = new HalfFlows();
    assertEquals(
        "40000>80 UNKNOWN", described(half(halves, "6 10.0.0.1 40000 10.0.0.1 80", 1_000_000, 60)));
    assertEquals(
        "40000>80 ESTABLISHED",
        described(half(halves, "6 10.0.0.1 80 10.0.0.1 40000", 1_000_000, 60)));
  }

  @Test
  void memoryIsBounded() {
    HalfFlows halves = new HalfFlows();
    for (int i = 0; i < 200_000; i++) {
      String there = "17 10.0." + (i >> 8 & 0xff) + "." + (i & 0xff) + " 40000 10.9.9.9 50000";
      assertEquals("40000>50000 UNKNOWN ?", described(half(halves, there, 1_000_000L * i, 60)));
    }
  }

  @Test
  void halvesAreToldApartUpToTenMinutes() {
    String there = "17 10.0.0.1 40000 10.0.0.2 50000";
    String back = "17 10.0.0.2 50000 10.0.0.1 40000";
    long start = 1_795_485_900_000_000L;
    long window = HalfFlows.WINDOW_MINUTES * 60_000_000L;
    HalfFlows halves = new HalfFlows();
    half(halves, there, start, 60);
    assertEquals("40000>50000 ESTABLISHED", described(half(halves, back, start + window, 60)));
    halves = new HalfFlows();
    half(halves, there, start, 60);
    assertEquals("50000>40000 UNKNOWN ?", described(half(halves, back, start + window + 1000, 60)));
    // The half that came second began first.
    halves = new HalfFlows();
    half(halves, there, start, 60);
    assertEquals("50000>40000 ESTABLISHED", described(half(halves, back, start - 1000, 60)));
  }

  @Test
  void connectionsThatAreSeenAgainAreKeptLonger() {
    HalfFlows halves = new HalfFlows();
    String kept = "17 10.0.0.1 40000 10.0.0.2 50000";
    half(halves, kept, 1_000_000, 60);
    for (int i = 0; i < 100_000; i++) {
      half(
          halves,
          "17 10.1." + (i >> 8 & 0xff) + "." + (i & 0xff) + " 40000 10.9.9.9 " + (1025 + (i >> 16)),
          1_000_000,
          60);
      if (i % 1000 == 0) {
        half(halves, kept, 1_000_000, 60);
      }
    }
    String back = "17 10.0.0.2 50000 10.0.0.1 40000";
    assertEquals("40000>50000 ESTABLISHED", described(half(halves, back, 2_000_000, 60)));
  }

  @ParameterizedTest
  @CsvSource({"44, REFUSED", "60, REFUSED", "41, UNKNOWN", "52, UNKNOWN", "80, UNKNOWN"})
  void bareAnswerToSynsIsARefusal(long size, Outcome outcome) {
    HalfFlows halves = new HalfFlows();
    half(halves, "6 10.0.0.1 40000 10.0.0.2 8080", 1_000_000, size);
    assertEquals(outcome, half(halves, "6 10.0.0.2 8080 10.0.0.1 40000", 1_000_000, 40).outcome());
  }
}
