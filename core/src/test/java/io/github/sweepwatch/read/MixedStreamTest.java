package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedStreamTest {
  private final List<String> parsed = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private List<String> used = List.of();
  private List<ParserScore> scores = List.of();

  /** Makes an event of what begins with its mark, passes over comments, rejects the rest. */
  private final class Marked implements ParserProvider {
    private final String name;
    private final String mark;
    private final int score;

    Marked(String name, String mark, int score) {
      this.name = name;
      this.mark = mark;
      this.score = score;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> formats() {
      return List.of();
    }

    @Override
    public int sniff(byte[] head) {
      return new String(head, StandardCharsets.UTF_8).startsWith(mark) ? score : 0;
    }

    @Override
    public boolean claims(RecordSlice record) {
      if (record.toString().contains("poison")) {
        throw new IllegalStateException("poison");
      }
      return record.toString().startsWith(mark);
    }

    @Override
    public LogParser open(ParserContext context) {
      if (mark.equals("broken")) {
        throw new IllegalStateException("no parser today");
      }
      return (record, sink) -> {
        if (record.toString().startsWith(mark)) {
          parsed.add(record.line() + " " + name + " " + record);
          sink.connection(
              ConnectionEvent.builder().timeMicros(0).source(0, 1).destination(0, 2).build());
          if (record.toString().endsWith("!")) {
            sink.reject("half of it");
          }
        } else if (record.toString().contains("explode")) {
          throw new IllegalStateException("boom");
        } else if (!record.toString().startsWith("#")) {
          sink.reject(name + " cannot read " + record);
        }
      };
    }
  }

  private ReadSummary read(String parser, String... lines) throws IOException {
    ParserCatalog catalog =
        ParserCatalog.of(
            List.of(
                new Marked("alpha", "a:", 50),
                new Marked("beta", "{b", 90),
                new Marked("gamma", "g:", 60),
                new Marked("greek", "g:", 80),
                new Marked("delta", "{\"d\"", 70),
                new Marked("broken", "broken", 10)));
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    EventReader.Builder builder = EventReader.builder().parsers(catalog);
    if (!parser.isEmpty()) {
      builder.parser(parser);
    }
    EventReader reader = builder.open(new ByteArrayInputStream(bytes), "test");
    ReadSummary summary =
        reader.read(
            new ReadHandler() {
              @Override
              public void connection(ConnectionEvent event, long line) {}

              @Override
              public void rejected(Rejection rejection) {
                rejected.add(rejection.line() + " " + rejection.reason());
              }
            });
    used = reader.parsers();
    scores = reader.scores();
    return summary;
  }

  @Test
  void eachRecordGoesToTheParserThatClaimsIt() throws IOException {
    ReadSummary summary = read("", "a:1", "{b 2", "a:3", "# comment", "{b 5", "what", "g:7");
    assertEquals(
        List.of("1 alpha a:1", "2 beta {b 2", "3 alpha a:3", "5 beta {b 5", "7 gamma g:7"), parsed);
    assertEquals(List.of("6 alpha cannot read what"), rejected);
    assertEquals("alpha", summary.parser());
    assertEquals(5, summary.connections());
    assertEquals(1, summary.rejected());
    assertEquals(List.of("alpha", "beta", "gamma"), used);
    assertEquals(List.of(new ParserScore("alpha", 50)), scores);
  }

  @Test
  void ofTwoThatClaimTheSameTheSurerIsUsed() throws IOException {
    read("", "g:1", "g:2");
    assertEquals(List.of("1 greek g:1", "2 greek g:2"), parsed);
    assertEquals(List.of(new ParserScore("greek", 80), new ParserScore("gamma", 60)), scores);
  }

  @Test
  void whatShippersCarryGoesToTheParserThatClaimsIt() throws IOException {
    read(
        "",
        "a:1",
        "{\"time\":1,\"message\":\"a:2\",\"d\":{}}",
        "{\"event\":{\"kind\":\"e\",\"original\":\"{\\\"d\\\":3}\"}}",
        "{\"x\":[{\"d\":0}],\"json\":{\"d\":[{}],\"y\":4},\"z\":5}",
        "<13>Mar  1 10:00:00 gw ship: {\"log\":\"g:5\"}",
        "{\"_source\":{\"zeek\":{\"e\":{\"f\":{\"d\":6}}}}}",
        "{\"message\":\"\",\"other\":\"a:7\"}");
    assertEquals(
        List.of(
            "1 alpha a:1",
            "2 alpha a:2",
            "3 delta {\"d\":3}",
            "4 delta {\"d\":[{}],\"y\":4}",
            "5 greek g:5"),
        parsed.stream().map(line -> line.replace("gamma", "greek")).toList());
    assertEquals(2, rejected.size(), rejected.toString());
  }

  @Test
  void aStreamOfNothingElseIsReadByWhoClaimsWhatIsCarried() throws IOException {
    read("", "{\"message\":\"a:1\"}", "{\"message\":\"a:2\"}");
    assertEquals(List.of("1 alpha a:1", "2 alpha a:2"), parsed);
    assertEquals(List.of(), rejected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<134>1 2026-03-01T10:00:00Z gw app 42 - - ",
        "<134>1 2026-03-01T10:00:00Z gw app 42 - [x@1 a=\"b\"] ",
        "<134>Mar  1 10:00:00 gw app[42]: ",
        "Mar  1 10:00:00 gw app: ",
        "Mar  1 10:00:00 gw ",
        "Mar  1 10:00:00 gw app[42]: @cee: ",
        "2026-03-01T10:00:00.123+01:00 gw app: ",
        "some words before: "
      })
  void aFormatThatKnowsNoSyslogIsFoundBehindItsHeader(String header) throws IOException {
    read("", header + "{b 1", "noise", header + "{b 3", "a:4", "{b 5");
    assertEquals(List.of("1 beta {b 1", "3 beta {b 3", "4 alpha a:4", "5 beta {b 5"), parsed);
    assertEquals(List.of("2 beta cannot read noise"), rejected);
    assertEquals(List.of(new ParserScore("beta", 0)), scores);
    assertEquals(List.of("beta", "alpha"), used);
  }

  @Test
  void aHeaderAmongBareRecordsIsStripped() throws IOException {
    read("", "{b 1", "Mar  1 10:00:00 gw app: {b 2", "{c 3", "Mar  1 10:00:00 gw app: {c 4");
    assertEquals(List.of("1 beta {b 1", "2 beta {b 2"), parsed);
    assertEquals(
        List.of("3 beta cannot read {c 3", "4 beta cannot read Mar  1 10:00:00 gw app: {c 4"),
        rejected);
  }

  @Test
  void aNamedParserGetsEveryRecord() throws IOException {
    read("alpha", "a:1", "{b 2");
    assertEquals(List.of("1 alpha a:1"), parsed);
    assertEquals(List.of("2 alpha cannot read {b 2"), rejected);
    assertEquals(List.of(), scores);
    assertEquals(List.of("alpha"), used);
  }

  @Test
  void rejectionsOfItsOwnRecordsStay() throws IOException {
    read("", "a:1!", "nobody's", "a:3!", "explode");
    assertEquals(
        List.of(
            "1 half of it",
            "2 alpha cannot read nobody's",
            "3 half of it",
            "4 parser alpha failed: java.lang.IllegalStateException: boom"),
        rejected);
  }

  @Test
  void providersThatThrowAreNobody() throws IOException {
    read("", "a:1", "poison", "broken", "a:4", "broken");
    assertEquals(List.of("1 alpha a:1", "4 alpha a:4"), parsed);
    assertEquals(
        List.of(
            "2 alpha cannot read poison",
            "3 parser broken cannot be opened: java.lang.IllegalStateException: no parser today",
            "5 parser broken cannot be opened: java.lang.IllegalStateException: no parser today"),
        rejected);
  }

  @Test
  void whatNobodyClaimsHasNoFormat() {
    assertThrows(UnknownFormatException.class, () -> read("", "x", "<1>y {z", "{"));
  }
}
