package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hostile input does to each parser: at worst a rejection, and the next record is read. */
class RecordPoisonTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  static Stream<ParserProvider> formats() {
    return RecordFormats.ALL.stream();
  }

  /** Counts what came. */
  private static final class Heard implements EventSink {
    int events;
    final List<String> rejections = new ArrayList<>();

    @Override
    public void connection(ConnectionEvent event) {
      events++;
    }

    @Override
    public void logon(LogonEvent event) {
      throw new AssertionError("no logons here");
    }

    @Override
    public void reject(String reason) {
      rejections.add(reason);
    }
  }

  private static LogParser open(ParserProvider format) {
    return format.open(ParserContext.of("test", LocalDate.of(2026, 11, 24)));
  }

  private static Heard parse(LogParser parser, byte[]... lines) {
    Heard heard = new Heard();
    long number = 0;
    for (byte[] line : lines) {
      if (line.length > 0) {
        // Not at the beginning of the buffer, and not up to its end.
        byte[] buffer = new byte[line.length + 16];
        Arrays.fill(buffer, (byte) '9');
        System.arraycopy(line, 0, buffer, 7, line.length);
        parser.parse(new RecordSlice().at(buffer, 7, 7 + line.length, ++number), heard);
      }
    }
    return heard;
  }

  private static byte[] good(ParserProvider format) {
    return RecordFormats.record(format).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void goodRecordIsRead(ParserProvider format) {
    Heard heard = parse(open(format), good(format));
    assertEquals(List.of(), heard.rejections);
    assertEquals(1, heard.events);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void cutAnywhereItIsAtMostOneEvent(ParserProvider format) {
    byte[] good = good(format);
    for (int length = 1; length < good.length; length++) {
      Heard heard = parse(open(format), Arrays.copyOf(good, length));
      assertTrue(heard.events + heard.rejections.size() <= 1, format.name() + " cut at " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void recordAfterOneThatWasCutIsRead(ParserProvider format) {
    byte[] good = good(format);
    for (int length = 1; length < good.length; length++) {
      LogParser parser = open(format);
      parse(parser, Arrays.copyOf(good, length));
      byte[] other =
          new String(good, StandardCharsets.UTF_8)
              .replace("10.1.1.7", "10.1.1.8")
              .getBytes(StandardCharsets.UTF_8);
      assertEquals(1, parse(parser, other).events, format.name() + " after a cut at " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anyByteMayBeAnyOther(ParserProvider format) {
    byte[] good = good(format);
    LogParser parser = open(format);
    for (int i = 0; i < good.length; i++) {
      for (int value : new int[] {0, 0x0a, 0x22, 0x5c, 0x3d, 0x7b, 0x7d, 0x2c, 0x20, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[i] = (byte) value;
        Heard heard = parse(parser, bad);
        assertTrue(heard.events <= 1, format.name());
        heard.rejections.forEach(reason -> assertFalse(reason.isBlank()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void hugeLinesEnd(ParserProvider format) {
    byte[] good = good(format);
    for (char filler : new char[] {'9', ' ', ',', '[', '"', '=', '\\'}) {
      byte[] huge = Arrays.copyOf(good, 10 << 20);
      Arrays.fill(huge, good.length, huge.length, (byte) filler);
      byte[] late = new byte[10 << 20];
      Arrays.fill(late, (byte) filler);
      System.arraycopy(good, 0, late, late.length - good.length, good.length);
      Assertions.assertTimeoutPreemptively(
          LONG, () -> parse(open(format), huge, late), format.name() + " with '" + filler + "'");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void nestingEntitiesAndOtherEncodingsAreNoRecords(ParserProvider format) {
    String good = RecordFormats.record(format);
    String entities = "<!DOCTYPE a [<!ENTITY b \"" + "&b;".repeat(100) + "\">]><a>&b;</a>";
    Heard heard =
        parse(
            open(format),
            "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8),
            "[".repeat(10_000).getBytes(StandardCharsets.UTF_8),
            entities.getBytes(StandardCharsets.UTF_8),
            good.getBytes(StandardCharsets.UTF_16),
            "\0\0\0\0".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x80});
    assertEquals(0, heard.events);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void valuesOfWrongKindsAreRejected(ParserProvider format) {
    String good = RecordFormats.record(format);
    for (String address : List.of("x", "1.2.3", "999.1.1.7", "10.1.1.7.", "9".repeat(100))) {
      Heard heard =
          parse(open(format), good.replace("10.1.1.7", address).getBytes(StandardCharsets.UTF_8));
      assertEquals(0, heard.events, format.name() + " with source " + address);
      assertEquals(1, heard.rejections.size(), format.name() + " with source " + address);
    }
    for (String port : List.of("65536", "99999999999999999999999", "-1", "4e9", "0x1bb")) {
      Heard heard =
          parse(open(format), good.replace("40001", port).getBytes(StandardCharsets.UTF_8));
      assertEquals(0, heard.events, format.name() + " with port " + port);
      assertEquals(1, heard.rejections.size(), format.name() + " with port " + port);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void sniffingTakesAnyBytes(ParserProvider format) {
    byte[] good = good(format);
    assertTrue(format.sniff(good) > 0, format.name());
    for (int length = 0; length < good.length; length++) {
      byte[] head = Arrays.copyOf(good, length);
      assertTrue(format.sniff(head) <= 100);
    }
    assertEquals(0, format.sniff(new byte[64 << 10]));
    assertEquals(0, format.sniff("a plain text\nof two lines\n".getBytes(StandardCharsets.UTF_8)));
  }
}
