package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;

class DeviceParserFuzz {
  /** Any bytes, as lines to every parser: nothing is thrown, and a line has one answer at most. */
  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    int[] answers = {0};
    EventSink counter =
        new EventSink() {
          @Override
          public void connection(ConnectionEvent event) {
            answers[0]++;
          }

          @Override
          public void logon(LogonEvent event) {
            answers[0]++;
          }

          @Override
          public void reject(String reason) {
            answers[0]++;
          }
        };
    for (ParserProvider provider : FormatCasesTest.providers()) {
      int score = provider.sniff(input);
      assertTrue(score >= 0 && score <= 100);
      LogParser parser = provider.open(ParserContext.of("test", Transcript.REFERENCE));
      RecordSlice line = new RecordSlice();
      int lines = 0;
      int from = 0;
      answers[0] = 0;
      while (from < input.length) {
        int to = from;
        while (to < input.length && input[to] != '\n') {
          to++;
        }
        if (to > from) {
          provider.claims(line.at(input, from, to, ++lines));
          parser.parse(line, counter);
        }
        from = to + 1;
      }
      parser.finish(counter);
      assertTrue(answers[0] <= lines, provider.name());
    }
  }
}
