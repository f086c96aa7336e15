package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.ArrayList;
import java.util.List;

class SuricataParserFuzz {
  /**
   * No line throws or gives more results than records fit in it, and a stream's results do not
   * depend on luck.
   */
  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    int score = new SuricataParserProvider().sniff(input);
    assertTrue(score >= 0 && score <= 100);
    List<String> once = results(input);
    assertEquals(once, results(input));
  }

  private static List<String> results(byte[] input) {
    Parsed parsed = new Parsed();
    // A record that is rejected has three bytes at least, if it is not the only one of its line.
    int most = input.length / 3;
    int from = 0;
    while (from < input.length) {
      int to = from;
      while (to < input.length && input[to] != '\n') {
        to++;
      }
      new SuricataParserProvider().claims(new RecordSlice().at(input, from, to, 1));
      parsed.parse(input, from, to);
      most++;
      assertTrue(parsed.results.size() <= most);
      from = to + 1;
    }
    assertTrue(parsed.finish().size() <= most);
    return new ArrayList<>(parsed.results);
  }
}
