package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.ArrayList;
import java.util.List;

class SuricataParserFuzz {
  /** No line throws or gives more than one result, and a stream's results do not depend on luck. */
  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    int score = new SuricataParserProvider().sniff(input);
    assertTrue(score >= 0 && score <= 100);
    List<String> once = results(input);
    assertEquals(once, results(input));
  }

  private static List<String> results(byte[] input) {
    Parsed parsed = new Parsed();
    int lines = 0;
    int from = 0;
    while (from < input.length) {
      int to = from;
      while (to < input.length && input[to] != '\n') {
        to++;
      }
      new SuricataParserProvider().claims(new RecordSlice().at(input, from, to, 1));
      parsed.parse(input, from, to);
      lines++;
      assertTrue(parsed.results.size() <= lines);
      from = to + 1;
    }
    assertTrue(parsed.finish().size() <= lines);
    return new ArrayList<>(parsed.results);
  }
}
