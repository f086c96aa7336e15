package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import java.time.LocalDate;

class ZeekParserFuzz {
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
      assertTrue(parsed.events.size() + parsed.rejections.size() <= lines);
      from = to + 1;
    }
  }
}
