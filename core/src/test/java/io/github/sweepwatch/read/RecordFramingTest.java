package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that its provider cuts into records, and records that a parser joins from lines. */
class RecordFramingTest {
  /** After the mark {@code TLV}, a length a record: 0 is unusable, 255 a failure, 254 damage. */
  private static final class Lengths implements RecordFraming {
    private boolean begun;
    private long number;

    @Override
    public Next next(InputStream content, RecordSlice record) throws IOException {
      if (!begun) {
        begun = true;
        content.skipNBytes(3);
      }
      int length = content.read();
      if (length < 0) {
        return Next.END;
      }
      if (length == 255) {
        throw new IllegalStateException("lost");
      }
      if (length == 254) {
        throw new IOException("torn");
      }
      byte[] bytes = content.readNBytes(length);
      record.at(bytes, 0, bytes.length, ++number);
      return length == 0 ? Next.UNUSABLE : Next.RECORD;
    }

    @Override
    public String problem() {
      return "empty";
    }
  }

  /** Joins lines up to one that ends in a semicolon. */
  private static final class Joining implements LogParser {
    private String begun = "";
    private long start;

    @Override
    public void parse(RecordSlice record, EventSink sink) {
      if (begun.isEmpty()) {
        start = record.line();
      }
      begun += record;
      if (begun.endsWith(";")) {
        finish(sink);
      }
    }

    @Override
    public void finish(EventSink sink) {
      if (!begun.isEmpty()) {
        sink.startedAt(start);
        sink.reject(begun);
        begun = "";
      }
    }
  }

  private static final class Provider implements ParserProvider {
    @Override
    public String name() {
      return "lengths";
    }

    @Override
    public List<String> formats() {
      return List.of();
    }

    @Override
    public int sniff(byte[] head) {
      return head[0] == 'T' ? 100 : 1;
    }

    @Override
    public @Nullable RecordFraming framing(byte[] head) {
      if (head.length > 0 && head[0] == '!') {
        throw new IllegalStateException("no framing");
      }
      return Arrays.equals(head, 0, Math.min(3, head.length), new byte[] {'T', 'L', 'V'}, 0, 3)
          ? new Lengths()
          : null;
    }

    @Override
    public LogParser open(ParserContext context) {
      return new Joining();
    }
  }

  private final Transcript transcript = new Transcript();

  private ReadSummary read(InputStream in, @Nullable String parser) throws IOException {
    EventReader.Builder builder =
        EventReader.builder().parsers(ParserCatalog.of(List.of(new Provider())));
    if (parser != null) {
      builder.parser(parser);
    }
    try (EventReader log = builder.open(in, "log")) {
      log.read(transcript);
      return log.read(transcript);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void recordsOfTheFraming(int most) throws IOException {
    byte[] content = bytes("TLV\2a;\0\3b\n;\u0003c\0;");
    for (String parser : Arrays.asList(null, "lengths")) {
      transcript.entries.clear();
      ReadSummary summary = read(new ChunkedStream(content, most, 1), parser);
      assertEquals(
          List.of("1 rejected a;", "2 rejected empty", "3 rejected b?;", "4 rejected c?;"),
          transcript.entries);
      assertEquals(4, summary.lines());
      assertNull(summary.damage());
    }
  }

  @Test
  void largerThanTheBuffer() throws IOException {
    byte[] content = bytes("TLV" + ("\u00c8" + "x".repeat(199) + ";").repeat(5000));
    assertEquals(5000, read(new ByteArrayInputStream(content), null).rejected());
    assertEquals(5000, read(new ByteArrayInputStream(Gzip.gzip(content)), null).rejected());
  }

  @Test
  void damage() throws IOException {
    assertEquals(
        "torn, after record 1",
        read(new ByteArrayInputStream(bytes("TLV\1;\u00fe")), null).damage());
    assertEquals(
        "the records cannot be told apart: java.lang.IllegalStateException: lost, after record 0",
        read(new ByteArrayInputStream(bytes("TLV\u00ff")), null).damage());
    byte[] stored = Gzip.member(bytes("TLV\2a;\2b;"), 0, 0);
    assertEquals(
        "gzip data is cut short, after record 1",
        read(new ByteArrayInputStream(stored, 0, 10 + 5 + 7), null).damage());
  }

  @Test
  void joinedLinesNameTheirFirstAndTheLastIsFinishedOnce() throws IOException {
    ReadSummary summary = read(new ByteArrayInputStream(bytes("a\n\nb;\nc;\nd\ne\n")), "lengths");
    assertEquals(List.of("1 rejected ab;", "4 rejected c;", "5 rejected de"), transcript.entries);
    assertEquals(6, summary.lines());
  }

  @Test
  void aFailureToSayHowMeansLines() throws IOException {
    read(new ByteArrayInputStream(bytes("!;\nb;\n")), "lengths");
    assertEquals(List.of("1 rejected !;", "2 rejected b;"), transcript.entries);
  }
}
