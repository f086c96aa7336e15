package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.read.ReadSummary;
import io.github.sweepwatch.read.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a stream gave, each event and rejection as one line of text. */
final class Parsed implements ReadHandler {
  final List<String> lines = new ArrayList<>();
  final List<ConnectionEvent> connections = new ArrayList<>();
  final List<LogonEvent> logons = new ArrayList<>();
  final List<String> rejections = new ArrayList<>();
  @Nullable String damage;

  static Parsed of(String... lines) {
    return of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Parsed of(byte[] content) {
    return of(new ByteArrayInputStream(content), "windows");
  }

  static Parsed of(InputStream content, @Nullable String parser) {
    Parsed parsed = new Parsed();
    EventReader.Builder builder =
        EventReader.builder().parsers(ParserCatalog.of(List.of(new WindowsParserProvider())));
    if (parser != null) {
      builder.parser(parser);
    }
    try (EventReader log = builder.open(content, "log")) {
      ReadSummary summary = log.read(parsed);
      parsed.damage = summary.damage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parsed;
  }

  @Override
  public void connection(ConnectionEvent event, long line) {
    connections.add(event);
    String name = Protocol.name(event.protocol());
    StringBuilder text = new StringBuilder();
    text.append(line).append(' ').append(event.timeMicros()).append(' ').append(name);
    text.append(' ').append(event.source()).append(' ').append(event.sourcePort());
    text.append(event.initiatorCertain() ? " > " : " ? ");
    text.append(event.destination()).append(' ').append(event.destinationPort());
    if (event.icmpType() >= 0) {
      text.append(" icmp ").append(event.icmpType()).append('/').append(event.icmpCode());
    }
    text.append(' ').append(event.outcome().name().toLowerCase(Locale.ROOT));
    text.append(" host=").append(event.host()).append(" user=").append(event.user());
    text.append(" image=").append(event.image());
    lines.add(text.toString());
  }

  @Override
  public void logon(LogonEvent event, long line) {
    logons.add(event);
    lines.add(
        line
            + " "
            + event.timeMicros()
            + " logon "
            + event.method()
            + " "
            + event.source()
            + " > "
            + event.targetHost()
            + " as "
            + event.account()
            + (event.success() ? " succeeded" : " failed"));
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection.reason());
    lines.add(rejection.line() + " rejected: " + rejection.reason());
  }
}
