package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

class ZeekParserFuzz {
  /** Rows under a plain header, against a parser made of String.split and library calls. */
  @FuzzTest(maxDuration = "30s")
  void agreesWithSplitting(byte[] input) {
    for (String row : new String(input, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      // What else a line may be, and escapes, have tests of their own.
      if (row.matches("[0-9][^\\\\]*") && !row.contains("separator ")) {
        Parsed parsed = new Parsed();
        LogParser parser =
            new ZeekParserProvider().open(ParserContext.of("test", LocalDate.ofEpochDay(0)));
        for (String line : List.of(SplitReference.HEADER, row)) {
          byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
          parser.parse(new RecordSlice().at(bytes, 0, bytes.length, 1), parsed);
        }
        List<Object> expected = SplitReference.values(row);
        assertEquals(
            expected, parsed.events.isEmpty() ? null : Parsed.facts(parsed.events.get(0)), row);
        assertEquals(expected == null ? 1 : 0, parsed.rejections.size(), row);
      }
    }
  }

  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    ZeekParserProvider provider = new ZeekParserProvider();
    int score = provider.sniff(input);
    assertTrue(score >= 0 && score <= 100);
    LogParser parser = provider.open(ParserContext.of("test", LocalDate.ofEpochDay(0)));
    RecordSlice line = new RecordSlice();
    Parsed parsed = new Parsed();
    int lines = 0;
    int from = 0;
    while (from < input.length) {
      int to = from;
      while (to < input.length && input[to] != '\n') {
        to++;
      }
      parser.parse(line.at(input, from, to, ++lines), parsed);
      assertTrue(parsed.events.size() + parsed.logons.size() + parsed.rejections.size() <= lines);
      provider.claims(line);
      from = to + 1;
    }
  }
}
