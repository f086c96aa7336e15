package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.ParserContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  @TempDir Path directory;

  private static EventReader open(byte[] content) throws IOException {
    return EventReader.builder()
        .parsers(TinyProvider.catalog())
        .parser("tiny")
        .open(new ByteArrayInputStream(content), "log");
  }

  private static EventReader open(String content) throws IOException {
    return open(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void handsOnWhatTheParserFinds() throws IOException {
    Transcript transcript = new Transcript();
    try (EventReader log = open("#tiny\nc 1\n\nl 2\nr bad port\nc 3")) {
      ReadSummary summary = log.read(transcript);
      assertEquals(
          List.of("2 connection 1", "4 logon 2", "5 rejected bad port", "6 connection 3"),
          transcript.entries);
      assertEquals(
          new ReadSummary(
              "log", "tiny", 6, 2, 1, 1, List.of(new Rejection("log", 5, "bad port")), null),
          summary);
    }
  }

  @Test
  void aConsumerGetsTheConnections() throws IOException {
    List<Long> times = new ArrayList<>();
    try (EventReader log = open("c 1\nl 2\nr no\nc 3\n")) {
      ReadSummary summary = log.forEach(event -> times.add(event.timeMicros()));
      assertEquals(List.of(1L, 3L), times);
      assertEquals(1, summary.logons());
      assertEquals(1, summary.rejected());
    }
  }

  @Test
  void aHandlerMayLookAtConnectionsOnly() throws IOException {
    List<Long> lines = new ArrayList<>();
    ReadHandler handler = (event, line) -> lines.add(line);
    try (EventReader log = open("l 2\nr no\nc 3\n")) {
      assertEquals(1, log.read(handler).rejected());
      assertEquals(List.of(3L), lines);
    }
  }

  @Test
  void keepsTheFirstRejectionsAndCountsThemAll() throws IOException {
    try (EventReader log = open("r 1\nr 2\nr 3\nr 4\nr 5\nr 6\nr 7\n")) {
      ReadSummary summary = log.forEach(event -> {});
      assertEquals(7, summary.rejected());
      assertEquals(
          List.of("1", "2", "3", "4", "5"),
          summary.firstRejections().stream().map(Rejection::reason).toList());
    }
  }

  @Test
  void rejectsLongRecordsAndGoesOn() throws IOException {
    Transcript transcript = new Transcript();
    String content = "c 1\nc " + "0".repeat(8) + "\r\nc " + "0".repeat(9) + "\r\nc 2\n";
    try (EventReader log =
        EventReader.builder()
            .parsers(TinyProvider.catalog())
            .parser("tiny")
            .maxRecordBytes(10)
            .open(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), "log")) {
      log.read(transcript);
    }
    assertEquals(
        List.of(
            "1 connection 1",
            "2 connection 0",
            "3 rejected longer than the limit of 10 bytes a record",
            "4 connection 2"),
        transcript.entries);
  }

  @Test
  void oneMebibyteIsTheDefaultLimit() throws IOException {
    int most = EventReader.DEFAULT_MAX_RECORD_BYTES;
    assertEquals(1 << 20, most);
    String longest = "#".repeat(most);
    try (EventReader log = open(longest + "\n#" + longest + "\nc 1\n")) {
      Transcript transcript = new Transcript();
      ReadSummary summary = log.read(transcript);
      assertEquals(3, summary.lines());
      assertEquals(
          List.of("2 rejected longer than the limit of 1048576 bytes a record", "3 connection 1"),
          transcript.entries);
    }
  }

  @Test
  void invalidUtf8ReachesTheParser() throws IOException {
    Transcript transcript = new Transcript();
    try (EventReader log = open("r a\u00ffb\nc 1\n")) {
      log.read(transcript);
    }
    assertEquals(List.of("1 rejected a\ufffdb", "2 connection 1"), transcript.entries);
  }

  @Test
  void aParserThatFailsCostsOnlyTheRecord() throws IOException {
    Transcript transcript = new Transcript();
    try (EventReader log = open("t too bad\no\nm\nn\np\nc x\nc 7\n")) {
      assertEquals(6, log.read(transcript).rejected());
    }
    assertEquals(
        List.of(
            "1 rejected parser tiny failed: java.lang.IllegalStateException: too bad",
            "2 rejected parser tiny failed: java.lang.StackOverflowError",
            "3 rejected parser tiny failed: java.lang.NoClassDefFoundError: gone/Missing",
            "4 rejected parser tiny failed: java.lang.NullPointerException: event",
            "5 rejected parser tiny failed: java.lang.NullPointerException: event",
            "6 rejected parser tiny failed: java.lang.NumberFormatException: For input string:"
                + " \"x\"",
            "7 connection 7"),
        transcript.entries);
  }

  /** Throws one thing for a connection at 1, others for one at 2, a logon, and a rejection. */
  private static final class Thrower implements ReadHandler {
    final RuntimeException atOne = new IllegalArgumentException("one");
    final AssertionError atTwo = new AssertionError("two");
    final RuntimeException atLogon = new IllegalArgumentException("logon");
    final RuntimeException atRejection = new IllegalArgumentException("rejection");
    final Transcript transcript = new Transcript();

    @Override
    public void connection(ConnectionEvent event, long line) {
      transcript.connection(event, line);
      if (event.timeMicros() == 1) {
        throw atOne;
      }
      if (event.timeMicros() == 2) {
        throw atTwo;
      }
    }

    @Override
    public void logon(LogonEvent event, long line) {
      transcript.logon(event, line);
      throw atLogon;
    }

    @Override
    public void rejected(Rejection rejection) {
      transcript.rejected(rejection);
      throw atRejection;
    }
  }

  @Test
  void whatTheHandlerThrowsIsTheCallersAndReadingCanGoOn() throws IOException {
    Thrower handler = new Thrower();
    // At s, the parser catches what the handler throws, and says more.
    try (EventReader log = open("c 1\nl 2\nr 3\nc 4\ns 1\ns 2\ns 4\nc 8\n")) {
      List<Throwable> thrown = new ArrayList<>();
      ReadSummary summary = null;
      while (summary == null) {
        try {
          summary = log.read(handler);
        } catch (RuntimeException | Error e) {
          thrown.add(e);
        }
      }
      assertEquals(
          List.of(
              handler.atOne,
              handler.atLogon,
              handler.atRejection,
              handler.atOne,
              handler.atTwo,
              handler.atLogon),
          thrown);
      assertEquals(
          List.of(
              "1 connection 1",
              "2 logon 2",
              "3 rejected 3",
              "4 connection 4",
              "5 connection 1",
              "6 connection 2",
              "7 connection 4",
              "7 connection 0",
              "7 logon 0",
              "8 connection 8"),
          handler.transcript.entries);
      assertEquals(8, summary.lines());
      assertEquals(7, summary.connections());
      assertEquals(2, summary.logons());
      assertEquals(1, summary.rejected());
      assertEquals(summary, log.read(handler));
    }
  }

  @Test
  void countsCompressedBytesForOtherThreads() throws IOException {
    byte[] stored = Gzip.join(Gzip.gzip("c 1\n"), Gzip.gzip("c 2\n"), Gzip.gzip("c 3\n"));
    List<Long> seen = new ArrayList<>();
    EventReader.Builder builder =
        EventReader.builder().parsers(TinyProvider.catalog()).parser("tiny");
    try (EventReader log = builder.open(new ChunkedStream(stored, 1, 1), "log")) {
      assertEquals(0, log.bytesRead());
      log.forEach(event -> seen.add(CompletableFuture.supplyAsync(log::bytesRead).join()));
      assertEquals(stored.length, log.bytesRead());
    }
    long member = stored.length / 3;
    for (int i = 0; i < 3; i++) {
      assertTrue(seen.get(i) > i * member && seen.get(i) <= (i + 1) * member, "at " + seen);
    }
  }

  @Test
  void tellsTheParserOfTheStream() throws IOException {
    TinyProvider provider = new TinyProvider();
    EventReader.Builder builder =
        EventReader.builder().parsers(ParserCatalog.of(List.of(provider))).parser("tiny");
    builder.open(new ByteArrayInputStream(new byte[0]), "pipe").close();
    assertEquals(
        new ParserContext("pipe", ZoneOffset.UTC, LocalDate.of(1970, 1, 1)), provider.context);

    Path file = Files.createFile(directory.resolve("a.log"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-12-31T23:30:00Z")));
    builder.open(file).close();
    assertEquals(
        new ParserContext(file.toString(), ZoneOffset.UTC, LocalDate.of(2025, 12, 31)),
        provider.context);

    ZoneId zone = ZoneId.of("Europe/Berlin");
    builder.zone(zone).open(file).close();
    assertEquals(
        new ParserContext(file.toString(), zone, LocalDate.of(2026, 1, 1)), provider.context);

    LocalDate date = LocalDate.of(2020, 2, 29);
    builder.referenceDate(date).open(file).close();
    assertEquals(new ParserContext(file.toString(), zone, date), provider.context);
    builder.open(new ByteArrayInputStream(new byte[0]), "pipe").close();
    assertEquals(new ParserContext("pipe", zone, date), provider.context);
  }

  @Test
  void recognisesTheFormat() throws IOException {
    Path file = directory.resolve("conn.txt");
    Files.write(file, Gzip.gzip("# preamble\n#tiny\nc 5\n"));
    AtomicLong time = new AtomicLong();
    try (EventReader log = EventReader.builder().parsers(TinyProvider.catalog()).open(file)) {
      assertEquals("tiny", log.parser());
      ReadSummary summary = log.forEach(event -> time.set(event.timeMicros()));
      assertEquals(3, summary.lines());
      assertEquals(file.toString(), summary.stream());
      assertNull(summary.damage());
      assertEquals(Files.size(file), log.bytesRead());
    }
    assertEquals(5, time.get());
  }

  @Test
  void closesItsStreamAndThenReadsNoMore() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayInputStream in =
        new ByteArrayInputStream(Gzip.gzip("c 1\n")) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    EventReader log =
        EventReader.builder().parsers(TinyProvider.catalog()).parser("tiny").open(in, "log");
    assertEquals(1, log.forEach(event -> {}).connections());
    log.close();
    assertTrue(closed.get());
    assertThrows(IllegalStateException.class, () -> log.forEach(event -> {}));
  }

  @Test
  void theLimitIsChecked() {
    EventReader.Builder builder = EventReader.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.maxRecordBytes(0));
    assertThrows(IllegalArgumentException.class, () -> builder.maxRecordBytes((1 << 30) + 1));
  }
}
