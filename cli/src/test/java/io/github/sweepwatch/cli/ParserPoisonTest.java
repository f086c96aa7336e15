package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.read.Rejection;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no parser may choke on, planted between two good records of every parser there is: a
 * rejection with line and reason, no event, and the good records are read.
 */
class ParserPoisonTest {
  private static final String ADDRESS = "10.1.1.7";
  private static final String OTHER_ADDRESS = "192.0.2.9";
  private static final String PORT = "40001";

  // Of these formats, a record without both addresses is one of another kind, and passed over.
  private static final Set<String> OTHER_WITHOUT_ADDRESS = Set.of("cef", "leef", "checkpoint");

  private static final Map<String, String> RECORDS = records();

  private static Map<String, String> records() {
    try (InputStream in =
        Objects.requireNonNull(ParserPoisonTest.class.getResourceAsStream("poison-records.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .collect(Collectors.toMap(part -> part[0], part -> part[1], (a, b) -> b, TreeMap::new));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String record(String parser) {
    return Objects.requireNonNull(RECORDS.get(parser), parser);
  }

  /** What a stream gave, by the line it stands on. */
  private static final class Heard implements ReadHandler {
    final List<Long> events = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();

    @Override
    public void connection(ConnectionEvent event, long line) {
      events.add(line);
    }

    @Override
    public void logon(LogonEvent event, long line) {
      events.add(line);
    }

    @Override
    public void rejected(Rejection rejection) {
      rejections.add(rejection);
    }
  }

  /* Two good records, and what is between them. */
  private static Heard around(String parser, byte[] poison) {
    String good = record(parser);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes((good + "\n").getBytes(StandardCharsets.UTF_8));
    stream.writeBytes(poison);
    String last = "\n" + good.replace(ADDRESS, "10.1.1.8") + "\n";
    stream.writeBytes(last.getBytes(StandardCharsets.UTF_8));
    Heard heard = new Heard();
    try (EventReader reader =
        EventReader.builder()
            .parser(parser)
            .referenceDate(LocalDate.of(2026, 11, 24))
            .open(new ByteArrayInputStream(stream.toByteArray()), "poison")) {
      reader.read(heard);
    } catch (IOException e) {
      throw new AssertionError(parser, e);
    }
    heard.rejections.forEach(
        rejection -> assertTrue(!rejection.reason().isBlank() && rejection.line() == 2, parser));
    return heard;
  }

  private static byte[] with(String parser, String in, byte[] wrong) {
    byte[] record = record(parser).getBytes(StandardCharsets.UTF_8);
    int at = record(parser).indexOf(in);
    assertTrue(at > 0, parser + " has no " + in);
    ByteArrayOutputStream poison = new ByteArrayOutputStream();
    poison.write(record, 0, at);
    poison.writeBytes(wrong);
    poison.write(record, at + in.length(), record.length - at - in.length());
    return poison.toByteArray();
  }

  @Test
  void everyParserIsHere() {
    assertEquals(
        ParserCatalog.installed().providers().stream().map(ParserProvider::name).sorted().toList(),
        List.copyOf(RECORDS.keySet()));
  }

  static Stream<String> parsers() {
    return RECORDS.keySet().stream();
  }

  static Stream<Arguments> poison() {
    Map<String, byte[]> wrong = new TreeMap<>();
    wrong.put("nothing", new byte[0]);
    wrong.put("another type", "true".getBytes(StandardCharsets.UTF_8));
    wrong.put("NULs", new byte[8]);
    wrong.put("another encoding", ADDRESS.getBytes(StandardCharsets.UTF_16LE));
    wrong.put("what is no UTF-8", new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80});
    wrong.put("deep nesting", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    wrong.put("entities", "&a;&lol9;&#x110000;".getBytes(StandardCharsets.UTF_8));
    wrong.put("a huge number", "9".repeat(400).getBytes(StandardCharsets.UTF_8));
    wrong.put("ten megabytes", "1".repeat(10 << 20).getBytes(StandardCharsets.UTF_8));
    return parsers()
        .flatMap(
            parser ->
                wrong.entrySet().stream()
                    .map(entry -> Arguments.of(parser, entry.getKey(), entry.getValue())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("poison")
  void anAddressThatIsNoneIsRejected(String parser, String name, byte[] wrong) {
    Heard heard = around(parser, with(parser, ADDRESS, wrong));
    assertEquals(List.of(1L, 3L), heard.events, parser + ": " + name);
    boolean unset = name.equals("nothing") && OTHER_WITHOUT_ADDRESS.contains(parser);
    assertEquals(unset ? 0 : 1, heard.rejections.size(), parser + ": " + name);
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aPortThatIsNoneIsRejected(String parser) {
    if (parser.equals("sshd")) {
      // A logon has no port.
      return;
    }
    for (String port : List.of("65536", "9".repeat(400), "4e9", "-1")) {
      Heard heard = around(parser, with(parser, PORT, port.getBytes(StandardCharsets.UTF_8)));
      assertEquals(List.of(1L, 3L), heard.events, parser + ": " + port);
      assertEquals(1, heard.rejections.size(), parser + ": " + port);
    }
  }

  /** Where the line shows that it is a record and has not yet both addresses, it is rejected. */
  @ParameterizedTest
  @MethodSource("parsers")
  void aRecordThatIsCutIsNoEvent(String parser) {
    String good = record(parser);
    boolean logon = !good.contains(OTHER_ADDRESS);
    int source = good.indexOf(ADDRESS);
    int other = logon ? source : good.indexOf(OTHER_ADDRESS);
    for (int to = 1; to < Math.max(source, other) + 2; to++) {
      Heard heard = around(parser, good.substring(0, to).getBytes(StandardCharsets.UTF_8));
      assertEquals(List.of(1L, 3L), heard.events, parser + " cut at " + to);
      // XML that is cut within the name of an element may look like two events.
      assertTrue(heard.rejections.size() <= 2, parser + " cut at " + to);
      if (!OTHER_WITHOUT_ADDRESS.contains(parser)
          && to > Math.min(source, other) + ADDRESS.length()) {
        assertEquals(1, heard.rejections.size(), parser + " cut at " + to);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void anEmptyStreamIsNoEvent(String parser) throws IOException {
    Heard heard = new Heard();
    try (EventReader reader =
        EventReader.builder().parser(parser).open(new ByteArrayInputStream(new byte[0]), "x")) {
      reader.read(heard);
    }
    assertTrue(heard.events.isEmpty() && heard.rejections.isEmpty(), parser);
  }
}
