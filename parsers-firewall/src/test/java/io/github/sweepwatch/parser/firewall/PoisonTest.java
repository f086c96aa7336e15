package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that were never meant to be read: no exception, no hang, and one answer a record. */
class PoisonTest {
  private static final int TEN_MEGABYTES = 10 << 20;

  /** Counts what comes, without keeping it. */
  private static final class Counter implements EventSink {
    private int answers;
    private int rejections;

    @Override
    public void connection(ConnectionEvent event) {
      answers++;
    }

    @Override
    public void logon(LogonEvent event) {
      answers++;
    }

    @Override
    public void reject(String reason) {
      assertTrue(!reason.isBlank() && reason.length() < 400, reason);
      answers++;
      rejections++;
    }
  }

  static List<ParserProvider> providers() {
    return FormatCasesTest.providers();
  }

  private static LogParser open(ParserProvider provider) {
    return provider.open(ParserContext.of("test", Transcript.REFERENCE));
  }

  private static List<byte[]> records(ParserProvider provider) {
    List<byte[]> records = new ArrayList<>();
    for (String line : FormatCasesTest.records(FormatCasesTest.lines(provider.name()))) {
      records.add(line.getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  private static void parse(LogParser parser, byte[] bytes, int from, int to, Counter counter) {
    if (from < to) {
      parser.parse(new RecordSlice().at(bytes, from, to, 1), counter);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void recordsCutAtEveryByte(ParserProvider provider) {
    LogParser parser = open(provider);
    RecordSlice slice = new RecordSlice();
    Counter counter = new Counter();
    int records = 0;
    for (byte[] bytes : records(provider)) {
      for (int to = 1; to < bytes.length; to++) {
        provider.claims(slice.at(bytes, 0, to, 1));
        parse(parser, bytes, 0, to, counter);
        parse(parser, bytes, bytes.length - to, bytes.length, counter);
        records += 2;
      }
    }
    parser.finish(counter);
    assertTrue(counter.answers <= records);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyByteReplaced(ParserProvider provider) {
    LogParser parser = open(provider);
    Counter counter = new Counter();
    for (byte[] bytes : records(provider)) {
      for (int i = 0; i < bytes.length; i++) {
        byte kept = bytes[i];
        for (int value : new int[] {0, ' ', '"', '=', ':', '9', 0xff}) {
          bytes[i] = (byte) value;
          parse(parser, bytes, 0, bytes.length, counter);
        }
        bytes[i] = kept;
      }
    }
    parser.finish(counter);
    assertTrue(counter.rejections > 0, "none of these could be an event");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void longRecordsTakeLinearTime(ParserProvider provider) {
    LogParser parser = open(provider);
    Counter counter = new Counter();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (byte[] record : records(provider).subList(0, 3)) {
            for (byte filler : new byte[] {' ', '0', '(', '[', ':', '=', 'a'}) {
              byte[] bytes = Arrays.copyOf(record, TEN_MEGABYTES);
              Arrays.fill(bytes, record.length / 2, TEN_MEGABYTES, filler);
              parse(parser, bytes, 0, bytes.length, counter);
            }
            byte[] repeated = new byte[TEN_MEGABYTES];
            for (int i = 0; i < repeated.length; i++) {
              repeated[i] = record[i % record.length];
            }
            parse(parser, repeated, 0, repeated.length, counter);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("providers")
  void whatIsNoTextIsNoEvent(ParserProvider provider) {
    LogParser parser = open(provider);
    Counter counter = new Counter();
    List<byte[]> records =
        List.of(
            new byte[1000],
            "a".getBytes(StandardCharsets.UTF_8),
            "\u0000\u0001\u0002".getBytes(StandardCharsets.UTF_8),
            "\ufeff<34>".getBytes(StandardCharsets.UTF_16LE),
            "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
            ("<!DOCTYPE x [<!ENTITY a \"" + "&b;".repeat(1000) + "\">]>")
                .getBytes(StandardCharsets.UTF_8),
            ("9".repeat(10_000) + " <" + "9".repeat(10_000) + ">")
                .getBytes(StandardCharsets.UTF_8));
    for (byte[] bytes : records) {
      parse(parser, bytes, 0, bytes.length, counter);
      assertTrue(provider.sniff(bytes) == 0, provider.name());
    }
    parser.finish(counter);
    assertEquals(counter.rejections, counter.answers);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void ownRecordsAreRecognisedAndOthersAreNot(ParserProvider provider) {
    for (ParserProvider other : providers()) {
      StringBuilder head = new StringBuilder("noise\n\n");
      for (String line : FormatCasesTest.records(FormatCasesTest.lines(other.name()))) {
        head.append(line).append("\r\n");
      }
      byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
      int score = provider.sniff(bytes);
      int right = other.sniff(bytes);
      // Of several devices' lines in one stream each takes its own, so a few may be there.
      assertTrue(
          other.name().equals(provider.name()) ? score > 60 : score < right,
          provider.name() + " scores " + score + " for " + other.name());
    }
    assertEquals(0, provider.sniff(new byte[0]));
    assertTrue(!provider.formats().isEmpty());
  }
}
