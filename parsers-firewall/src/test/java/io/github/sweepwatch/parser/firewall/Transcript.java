package io.github.sweepwatch.parser.firewall;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a parser made of a stream, as one text an event, by the line it stands on. */
final class Transcript implements EventSink {
  /** The date near all records that say no year. */
  static final LocalDate REFERENCE = LocalDate.of(2026, 11, 20);

  private final Map<Long, List<String>> byLine = new TreeMap<>();
  private long line;

  /** Parses lines as one stream. */
  static Transcript of(ParserProvider provider, List<String> lines) {
    Transcript transcript = new Transcript();
    LogParser parser = provider.open(ParserContext.of("test", REFERENCE));
    for (String text : lines) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      transcript.line++;
      if (bytes.length > 0) {
        parser.parse(new RecordSlice().at(bytes, 0, bytes.length, transcript.line), transcript);
      }
    }
    parser.finish(transcript);
    return transcript;
  }

  /** What stands on a line, from 1. */
  List<String> on(long number) {
    return byLine.getOrDefault(number, List.of());
  }

  private void add(long number, String text) {
    byLine.computeIfAbsent(number, key -> new ArrayList<>()).add(text);
  }

  @Override
  public void connection(ConnectionEvent event) {
    add(line, text(event));
  }

  @Override
  public void connection(ConnectionEvent event, long number) {
    add(number, text(event));
  }

  @Override
  public void logon(LogonEvent event) {
    add(
        line,
        time(event.timeMicros())
            + " "
            + event.method()
            + " logon from "
            + event.source()
            + " as "
            + event.account()
            + " on "
            + event.targetHost()
            + (event.success() ? " succeeded" : " failed"));
  }

  @Override
  public void reject(String reason) {
    add(line, "! " + reason);
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static String text(ConnectionEvent event) {
    StringBuilder text = new StringBuilder(time(event.timeMicros()));
    String name = Protocol.name(event.protocol());
    text.append(' ').append(name == null ? "protocol " + event.protocol() : name);
    text.append(' ').append(endpoint(event.source(), event.sourcePort()));
    text.append(event.initiatorCertain() ? " -> " : " - ");
    text.append(endpoint(event.destination(), event.destinationPort()));
    if (event.icmpType() != NOT_GIVEN) {
      text.append(" type ").append(event.icmpType());
      if (event.icmpCode() != NOT_GIVEN) {
        text.append('/').append(event.icmpCode());
      }
    }
    text.append(' ').append(event.outcome());
    if (event.probe() != Probe.NONE) {
      text.append(" probe ").append(event.probe());
    }
    if (event.count() != 1) {
      text.append(" count ").append(event.count());
    }
    both(text, "bytes", event.sourceBytes(), event.destinationBytes());
    both(text, "packets", event.sourcePackets(), event.destinationPackets());
    if (event.durationMicros() != NOT_GIVEN) {
      text.append(" for ").append(event.durationMicros() / 1_000_000.0).append('s');
    }
    if (event.sensor() != null) {
      text.append(" at ").append(event.sensor());
    }
    if (event.user() != null) {
      text.append(" user ").append(event.user());
    }
    return text.toString();
  }

  private static void both(StringBuilder text, String name, long source, long destination) {
    if (source != NOT_GIVEN || destination != NOT_GIVEN) {
      text.append(' ').append(name).append(' ');
      text.append(source == NOT_GIVEN ? "?" : "" + source).append('/');
      text.append(destination == NOT_GIVEN ? "?" : "" + destination);
    }
  }

  private static String endpoint(IpAddress address, int port) {
    if (port == NOT_GIVEN) {
      return address.toString();
    }
    return address.isIpv4() ? address + ":" + port : "[" + address + "]:" + port;
  }
}
