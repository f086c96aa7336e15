package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a parser made of some lines: a short line an event or rejection. */
final class Parsed implements EventSink {
  final List<String> results = new ArrayList<>();
  final List<NoticeEvent> notices = new ArrayList<>();
  private final LogParser parser =
      new SuricataParserProvider()
          .open(new ParserContext("test", ZoneId.of("Europe/Berlin"), LocalDate.EPOCH));
  private long lines;
  private String started = "";

  static List<String> of(List<String> lines) {
    Parsed parsed = new Parsed();
    lines.forEach(line -> parsed.parse(line.getBytes(StandardCharsets.UTF_8)));
    return parsed.finish();
  }

  /** Ends the stream; returns all results. */
  List<String> finish() {
    parser.finish(this);
    return results;
  }

  void parse(byte[] line) {
    parse(line, 0, line.length);
  }

  void parse(byte[] bytes, int from, int to) {
    started = "";
    parser.parse(new RecordSlice().at(bytes, from, to, ++lines), this);
  }

  @Override
  public void connection(ConnectionEvent event, long line) {
    String before = started;
    started = line == lines ? "" : "line " + line + ": ";
    connection(event);
    started = before;
  }

  @Override
  public void startedAt(long line) {
    if (line != lines) {
      started = "line " + line + ": ";
    }
  }

  @Override
  public void connection(ConnectionEvent event) {
    String name = Protocol.name(event.protocol());
    StringBuilder text = new StringBuilder(started).append(time(event.timeMicros()));
    text.append(' ').append(name == null ? "protocol-" + event.protocol() : name);
    text.append(' ').append(end(event.source().toString(), event.sourcePort()));
    text.append(" > ").append(end(event.destination().toString(), event.destinationPort()));
    if (event.icmpType() >= 0) {
      text.append(" type ").append(event.icmpType()).append('/').append(event.icmpCode());
    }
    text.append(' ').append(event.outcome().toString().toLowerCase(Locale.ROOT));
    if (!event.probe().toString().equals("NONE")) {
      text.append(' ').append(event.probe());
    }
    text.append(event.initiatorCertain() ? "" : " either-way");
    append(text, "packets", event.sourcePackets(), event.destinationPackets());
    append(text, "bytes", event.sourceBytes(), event.destinationBytes());
    append(text, "micros", event.durationMicros(), ConnectionEvent.NOT_GIVEN);
    results.add(text + (event.sensor() == null ? "" : " by " + event.sensor()));
  }

  @Override
  public void logon(LogonEvent event) {
    results.add(
        time(event.timeMicros())
            + " logon "
            + event.method()
            + (event.success() ? " in " : " refused ")
            + event.account()
            + ' '
            + event.source()
            + " > "
            + event.target()
            + (event.sensor() == null ? "" : " by " + event.sensor()));
  }

  @Override
  public void notice(NoticeEvent event) {
    notices.add(event);
  }

  @Override
  public void reject(String reason) {
    results.add(started + "rejected: " + reason);
    started = "";
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static String end(String address, int port) {
    return port < 0 ? address : address + ' ' + port;
  }

  private static void append(StringBuilder text, String name, long first, long second) {
    if (first >= 0) {
      text.append(' ').append(name).append(' ').append(first);
      text.append(second >= 0 ? "/" + second : "");
    }
  }
}
