package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

class WindowsParserFuzz {
  private static final byte[] LOG = EvtxFramingTest.writer(3).file();

  /** Counts, and takes all. */
  private static final class Counts implements EventSink {
    int events;
    int rejections;

    @Override
    public void connection(ConnectionEvent event) {
      events++;
    }

    @Override
    public void logon(LogonEvent event) {
      events++;
    }

    @Override
    public void reject(String reason) {
      rejections++;
    }
  }

  /** Any bytes, as a stream of their own, as lines, and as binary XML within a proper file. */
  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] input) {
    WindowsParserProvider provider = new WindowsParserProvider();
    int score = provider.sniff(input);
    assertTrue(score >= 0 && score <= 100);
    Counts counts = new Counts();
    framed(provider.framing(input), input, provider, counts);
    framed(new EvtxFraming(), planted(input), provider, counts);
    LogParser parser = provider.open(ParserContext.of("test", LocalDate.ofEpochDay(0)));
    RecordSlice line = new RecordSlice();
    int from = 0;
    long number = 0;
    while (from < input.length) {
      int to = from;
      while (to < input.length && input[to] != '\n') {
        to++;
      }
      if (to > from) {
        provider.claims(line.at(input, from, to, ++number));
        parser.parse(line, counts);
      }
      from = to + 1;
    }
    parser.finish(counts);
    // An event takes some bytes to say.
    assertTrue(counts.events + counts.rejections <= 3 * input.length + 300);
  }

  private static void framed(
      @Nullable RecordFraming framing,
      byte[] input,
      WindowsParserProvider provider,
      Counts counts) {
    if (framing == null) {
      return;
    }
    LogParser parser = provider.open(ParserContext.of("test", LocalDate.ofEpochDay(0)));
    ByteArrayInputStream content = new ByteArrayInputStream(input);
    RecordSlice record = new RecordSlice();
    try {
      RecordFraming.Next next;
      while ((next = framing.next(content, record)) != RecordFraming.Next.END) {
        if (next == RecordFraming.Next.RECORD && record.length() > 0) {
          parser.parse(record, counts);
        } else {
          assertTrue(!framing.problem().isEmpty() || record.length() == 0);
          counts.rejections++;
        }
      }
    } catch (IOException e) {
      assertTrue(!String.valueOf(e.getMessage()).isEmpty());
    }
    parser.finish(counts);
  }

  /* Overwrites the first events of a file, its headers left as they are. */
  private static byte[] planted(byte[] input) {
    byte[] file = LOG.clone();
    int from = 4096 + 512 + 24;
    System.arraycopy(input, 0, file, from, Math.min(input.length, 3000));
    return file;
  }
}
