package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.time.LocalDate;

class RecordFormatsFuzz {
  private static final RecordSlice RECORD = new RecordSlice();

  /** The first byte chooses the parser; the rest are lines. */
  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ParserProvider format = RecordFormats.ALL.get((input[0] & 0x7f) % RecordFormats.ALL.size());
    LogParser parser = format.open(ParserContext.of("test", LocalDate.of(2026, 11, 24)));
    RecordCasesTest.Described heard = new RecordCasesTest.Described();
    int from = 1;
    long line = 0;
    for (int to = 1; to <= input.length; to++) {
      if (to == input.length || input[to] == '\n') {
        if (to > from) {
          int before = heard.lines.size();
          RECORD.at(input, from, to, ++line);
          format.claims(RECORD);
          parser.parse(RECORD, heard);
          // A tuple takes a few bytes at least.
          assertTrue(heard.lines.size() - before <= 1 + input.length / 8);
        }
        from = to + 1;
      }
    }
    parser.finish(heard);
    heard.lines.forEach(said -> assertFalse(said.isBlank()));
    assertTrue(format.sniff(input) <= 100);
  }
}
