package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SyslogHeaderTest {
  private static final LocalDate REFERENCE = LocalDate.of(2026, 11, 20);

  private static List<String> lines() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SyslogHeaderTest.class.getResourceAsStream("syslog-headers.txt")),
                StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.startsWith("# ")).collect(Collectors.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String found(SyslogHeader header, String record) {
    byte[] bytes = ("//" + record + "//").getBytes(StandardCharsets.UTF_8);
    int to = bytes.length - 2;
    int payload = header.parse(bytes, 2, to);
    assertEquals(payload, header.payloadFrom());
    return (header.priority() < 0 ? "-" : "" + header.priority())
        + "|"
        + time(header.timeMicros())
        + "|"
        + text(bytes, header.hostFrom(), header.hostTo())
        + "|"
        + text(bytes, header.tagFrom(), header.tagTo())
        + "|"
        + text(bytes, payload, to);
  }

  private static String time(long micros) {
    if (micros < 0) {
      return "-";
    }
    LocalDateTime time =
        LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
  }

  @TestFactory
  List<DynamicTest> headersAreToldFromPayloads() {
    SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, REFERENCE);
    List<DynamicTest> tests = new ArrayList<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i += 2) {
      String record = lines.get(i);
      String expected = lines.get(i + 1);
      tests.add(
          DynamicTest.dynamicTest(record, () -> assertEquals(expected, found(header, record))));
    }
    return tests;
  }

  @Test
  void stampsWithoutZoneAreInTheStreamsZone() {
    SyslogHeader header = new SyslogHeader(ZoneId.of("Europe/Berlin"), REFERENCE);
    assertEquals("-|2026-07-24T00:05:32|h|a|b", found(header, "Jul 24 02:05:32 h a: b"));
    assertEquals("-|2026-11-24T01:05:32|h|a|b", found(header, "2026-11-24 02:05:32 h a: b"));
    assertEquals("-|2026-11-24T02:05:32|h|a|b", found(header, "2026-11-24 02:05:32Z h a: b"));
  }

  @Test
  void aRecordWithoutStampFollowsTheOneBefore() {
    SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, REFERENCE);
    found(header, "a: b");
    assertEquals(TimeParser.INVALID, header.latestTimeMicros());
    found(header, "Nov 24 02:05:32 h a: b");
    long time = header.timeMicros();
    assertEquals(time, header.latestTimeMicros());
    found(header, "a: b");
    assertEquals(TimeParser.INVALID, header.timeMicros());
    assertEquals(time, header.latestTimeMicros());
  }

  @Test
  void aStreamWithoutDateBeginsIn1970() {
    SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, LocalDate.EPOCH);
    assertEquals("-|1970-11-24T02:05:32|h|a|b", found(header, "Nov 24 02:05:32 h a: b"));
    header = new SyslogHeader(ZoneOffset.UTC, LocalDate.of(1904, 1, 1));
    assertEquals("-|1972-02-29T02:05:32|h|a|b", found(header, "Feb 29 02:05:32 h a: b"));
  }

  @Test
  void structuredDataAndMessageTypeAreTold() {
    SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, REFERENCE);
    String record =
        "<14>1 2026-01-25T15:52:23Z SRX RT_FLOW - SESSION_CREATE [junos@2636 a=\"]\"] x";
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    header.parse(bytes, 0, bytes.length);
    assertTrue(header.tagIs("RT_FLOW"));
    assertEquals("SESSION_CREATE", text(bytes, header.messageFrom(), header.messageTo()));
    assertEquals(
        "[junos@2636 a=\"]\"]", text(bytes, header.structuredFrom(), header.structuredTo()));
    header.parse(bytes, 0, 3);
    assertEquals(header.structuredFrom(), header.structuredTo());
    assertEquals(header.messageFrom(), header.messageTo());
    assertTrue(!header.tagIs("RT_FLOW") && !header.tagIs("x"));
  }

  /** Every header, cut anywhere, gives ranges within the record. */
  @Test
  void cutRecordsKeepTheirBounds() {
    SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, REFERENCE);
    for (String line : lines()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < Math.min(40, bytes.length); from++) {
        for (int to = from; to <= bytes.length; to++) {
          int payload = header.parse(bytes, from, to);
          assertWithin(from, payload, payload, to);
          assertWithin(from, header.hostFrom(), header.hostTo(), to);
          assertWithin(from, header.tagFrom(), header.tagTo(), to);
          assertWithin(from, header.messageFrom(), header.messageTo(), to);
          assertWithin(from, header.structuredFrom(), header.structuredTo(), to);
        }
      }
    }
  }

  private static void assertWithin(int from, int first, int last, int to) {
    assertTrue(from <= first && first <= last && last <= to, from + " " + first + " " + last);
  }
}
