package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
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

class HeldBackTest {
  /** Holds back every connection but the record {@code end}'s, and fails at the end if told to. */
  private static final class Holder implements ParserProvider, LogParser {
    private final List<Long> lines = new ArrayList<>();
    private boolean failing;

    @Override
    public String name() {
      return "holder";
    }

    @Override
    public List<String> formats() {
      return List.of("lines");
    }

    @Override
    public int sniff(byte[] head) {
      return 1;
    }

    @Override
    public LogParser open(ParserContext context) {
      return this;
    }

    @Override
    public void parse(RecordSlice record, EventSink sink) {
      if (record.toString().equals("end")) {
        sink.connection(event(record.line()));
      } else {
        failing |= record.toString().equals("fail");
        lines.add(record.line());
      }
    }

    @Override
    public void finish(EventSink sink) {
      for (long line : lines) {
        sink.connection(event(line), line);
      }
      if (failing) {
        throw new IllegalStateException("at the end");
      }
    }
  }

  private static ConnectionEvent event(long time) {
    IpAddress address = IpAddress.parse("10.0.0.1");
    return ConnectionEvent.builder().timeMicros(time).source(address).destination(address).build();
  }

  private static EventReader open(String text) throws IOException {
    return EventReader.builder()
        .parsers(ParserCatalog.of(List.of(new Holder())))
        .open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "log");
  }

  @Test
  void connectionsHeldBackComeOnceAtTheEndWithTheirLines() throws IOException {
    try (EventReader log = open("begin\n\nend\nbegin\n")) {
      List<String> seen = new ArrayList<>();
      ReadHandler handler = (event, line) -> seen.add(event.timeMicros() + " on " + line);
      assertEquals(3, log.read(handler).connections());
      assertEquals(List.of("3 on 3", "1 on 1", "4 on 4"), seen);
      assertEquals(3, log.read(handler).connections());
      assertEquals(3, seen.size());
    }
  }

  @Test
  void aFailureAtTheEndIsARejection() throws IOException {
    try (EventReader log = open("fail\n")) {
      ReadSummary summary = log.forEach(event -> {});
      assertEquals(1, summary.connections());
      assertEquals(1, summary.rejected());
    }
  }

  @Test
  void aSinkThatKnowsNoLinesTakesThemAsTheyAre() {
    List<ConnectionEvent> events = new ArrayList<>();
    EventSink sink =
        new EventSink() {
          @Override
          public void connection(ConnectionEvent event) {
            events.add(event);
          }

          @Override
          public void logon(LogonEvent event) {}

          @Override
          public void reject(String reason) {}
        };
    ((RecordSliceParser) (record, to) -> to.connection(event(1))).finish(sink);
    sink.connection(event(2), 7);
    assertEquals(1, events.size());
  }

  /** A parser that holds nothing back. */
  private interface RecordSliceParser extends LogParser {}
}
