package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parser that this project knows nothing of is compiled, found and used. */
class ThirdPartyParserTest {
  private static final String LOG =
      """
      GATE 2.1 started
      03-05 17:01:59 tcp 192.0.2.7:40001 198.51.100.3:22 drop
      03-05 17:02:00 tcp 192.0.2.7:40002 198.51.100.3:99999 drop
      03-05 17:02:01 udp 2001:db8::7:53 198.51.100.4:53 pass
      """;

  @TempDir static Path plugin;
  private static PluginCompiler compiler;

  @TempDir Path directory;
  private Path file;

  @BeforeAll
  static void buildParser() throws Exception {
    compiler = new PluginCompiler(plugin);
    compiler.compile(
        Map.of(
            "com.example.gate.GateLogProvider",
            PluginCompiler.resource("/third-party/GateLogProvider.java.txt")));
    compiler.register("com.example.gate.GateLogProvider");
  }

  @BeforeEach
  void writeLog() throws IOException {
    file = Files.writeString(directory.resolve("gate.log"), LOG);
  }

  private void assertReads(EventReader.Builder builder) throws IOException {
    List<ConnectionEvent> events = new ArrayList<>();
    try (EventReader log =
        builder.referenceDate(LocalDate.of(2026, 3, 6)).zone(ZoneOffset.ofHours(2)).open(file)) {
      assertEquals("gate", log.parser());
      ReadSummary summary = log.forEach(events::add);
      assertEquals(4, summary.lines());
      assertEquals(
          List.of(new Rejection(file.toString(), 3, "destination port out of range: 99999")),
          summary.firstRejections());
    }
    assertEquals(2, events.size());
    ConnectionEvent first = events.get(0);
    assertEquals(
        Instant.parse("2026-03-05T15:01:59Z"),
        Instant.ofEpochSecond(first.timeMicros() / 1_000_000));
    assertEquals(IpAddress.parse("192.0.2.7"), first.source());
    assertEquals(40001, first.sourcePort());
    assertEquals(IpAddress.parse("198.51.100.3"), first.destination());
    assertEquals(22, first.destinationPort());
    assertEquals(Protocol.TCP, first.protocol());
    assertEquals(Outcome.BLOCKED, first.outcome());
    assertEquals(file + " 2.1", first.sensor());
    assertEquals(IpAddress.parse("2001:db8::7"), events.get(1).source());
    assertEquals(53, events.get(1).sourcePort());
  }

  @Test
  void isListed() throws IOException {
    try (URLClassLoader loader = compiler.loader()) {
      ParserProvider provider = ParserCatalog.load(loader).providers().get(0);
      assertEquals("gate", provider.name());
      assertEquals(List.of("Gate log"), provider.formats());
    }
  }

  @Test
  void isRecognised() throws IOException {
    try (URLClassLoader loader = compiler.loader()) {
      assertReads(EventReader.builder().parsers(ParserCatalog.load(loader)));
    }
  }

  @Test
  void isChosenByName() throws IOException {
    try (URLClassLoader loader = compiler.loader()) {
      assertReads(EventReader.builder().parsers(ParserCatalog.load(loader)).parser("gate"));
    }
  }

  @Test
  void isFoundThroughTheContextClassLoader() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = compiler.loader()) {
      thread.setContextClassLoader(loader);
      assertReads(EventReader.builder());
      try (EventReader log = EventReader.open(file)) {
        assertEquals("gate", log.parser());
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
