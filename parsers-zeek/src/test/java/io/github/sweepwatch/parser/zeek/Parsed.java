package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a parser made of some lines. */
final class Parsed implements EventSink {
  final List<ConnectionEvent> events = new ArrayList<>();
  final List<LogonEvent> logons = new ArrayList<>();
  final List<NoticeEvent> notices = new ArrayList<>();
  final List<String> rejections = new ArrayList<>();

  static Parsed of(String... lines) {
    return of(List.of(lines));
  }

  static Parsed of(List<String> lines) {
    Parsed parsed = new Parsed();
    LogParser parser =
        new ZeekParserProvider().open(ParserContext.of("test", LocalDate.ofEpochDay(0)));
    long number = 0;
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      parser.parse(new RecordSlice().at(bytes, 0, bytes.length, ++number), parsed);
    }
    return parsed;
  }

  @Override
  public void notice(NoticeEvent event) {
    notices.add(event);
  }

  /** The one event of lines without any rejection. */
  ConnectionEvent event() {
    assertEquals(List.of(), rejections);
    assertEquals(List.of(), logons);
    assertEquals(1, events.size());
    return events.get(0);
  }

  /** The one rejection of lines without any event. */
  String rejection() {
    assertEquals(0, events.size());
    assertEquals(1, rejections.size(), rejections::toString);
    return rejections.get(0);
  }

  void assertPassedOver() {
    assertEquals(List.of(), rejections);
    assertEquals(List.of(), logons);
    assertEquals(0, events.size());
  }

  /** Every value of an event, for comparison. */
  static List<Object> values(ConnectionEvent event) {
    List<Object> values = new ArrayList<>(facts(event));
    values.addAll(List.of(event.outcome(), event.probe(), event.initiatorCertain()));
    return values;
  }

  /** What stands in the record, without what is concluded from it. */
  static List<Object> facts(ConnectionEvent event) {
    return List.of(
        event.timeMicros(),
        event.source(),
        event.sourcePort(),
        event.destination(),
        event.destinationPort(),
        event.protocol(),
        event.icmpType(),
        event.icmpCode(),
        event.sourceLocality(),
        event.destinationLocality(),
        event.count(),
        event.durationMicros(),
        event.sourceBytes(),
        event.destinationBytes(),
        event.sourcePackets(),
        event.destinationPackets(),
        String.valueOf(event.sensor()));
  }

  @Override
  public void connection(ConnectionEvent event) {
    events.add(event);
  }

  @Override
  public void logon(LogonEvent event) {
    logons.add(event);
  }

  @Override
  public void reject(String reason) {
    rejections.add(reason);
  }
}
