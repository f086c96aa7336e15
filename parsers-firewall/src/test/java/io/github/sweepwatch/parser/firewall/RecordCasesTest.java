package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Records beside what is to come of them. A file of cases begins with the parser's name; a case is
 * a line {@code # title}, the record's lines, and after {@code =>} each event or rejection, or
 * {@code => nothing}. Cases are read by parsers of their own.
 */
class RecordCasesTest {
  private static final List<String> FILES =
      List.of(
          "paloalto",
          "fortigate",
          "cef",
          "leef",
          "checkpoint",
          "aws-vpc",
          "azure-flow",
          "gcp-flow",
          "netflow");

  @TestFactory
  Stream<DynamicTest> cases() {
    return FILES.stream().flatMap(RecordCasesTest::casesOf);
  }

  private static Stream<DynamicTest> casesOf(String name) {
    ParserProvider provider = RecordFormats.named(name);
    List<DynamicTest> tests = new ArrayList<>();
    String title = "";
    List<String> record = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String line : (read(name) + "\n# end").split("\n", -1)) {
      if (line.startsWith("# ")) {
        if (!record.isEmpty()) {
          tests.add(test(name + ": " + title, provider, record, expected));
        }
        title = line.substring(2);
        record = new ArrayList<>();
        expected = new ArrayList<>();
      } else if (line.startsWith("=> ")) {
        expected.add(line.substring(3));
      } else if (!line.isBlank()) {
        record.add(line.replace("<TAB>", "\t"));
      }
    }
    return tests.stream();
  }

  private static DynamicTest test(
      String title, ParserProvider provider, List<String> record, List<String> expected) {
    assertFalse(expected.isEmpty(), title);
    return DynamicTest.dynamicTest(
        title,
        () ->
            assertEquals(
                String.join("\n", expected), String.join("\n", parse(provider, record)), title));
  }

  private static List<String> parse(ParserProvider provider, List<String> lines) {
    Described sink = new Described();
    LogParser parser = provider.open(ParserContext.of("test", LocalDate.of(2026, 11, 24)));
    long number = 0;
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      parser.parse(new RecordSlice().at(bytes, 0, bytes.length, ++number), sink);
    }
    parser.finish(sink);
    return sink.lines.isEmpty() ? List.of("nothing") : sink.lines;
  }

  private static String read(String name) {
    String file = "cases/" + name + ".txt";
    try (InputStream in = RecordCasesTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes events as lines. */
  static final class Described implements EventSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void connection(ConnectionEvent event) {
      StringBuilder line = new StringBuilder();
      line.append(Instant.ofEpochMilli(event.timeMicros() / 1000)).append(' ');
      String protocol = Protocol.name(event.protocol());
      line.append(protocol == null ? String.valueOf(event.protocol()) : protocol).append(' ');
      line.append(endpoint(event.source().toString(), event.sourcePort())).append(" > ");
      line.append(endpoint(event.destination().toString(), event.destinationPort()));
      line.append(' ').append(event.outcome().name().toLowerCase(Locale.ROOT));
      if (!event.initiatorCertain()) {
        line.append(" initiator-unknown");
      }
      if (event.icmpType() >= 0) {
        line.append(" icmp=").append(event.icmpType()).append('/').append(event.icmpCode());
      }
      pair(line, " bytes=", event.sourceBytes(), event.destinationBytes());
      pair(line, " packets=", event.sourcePackets(), event.destinationPackets());
      if (event.count() > 1) {
        line.append(" count=").append(event.count());
      }
      if (event.durationMicros() >= 0) {
        line.append(" lasted=").append(event.durationMicros() / 1000);
      }
      if (event.probe() != Probe.NONE) {
        line.append(" probe=").append(event.probe().name().toLowerCase(Locale.ROOT));
      }
      if (event.sensor() != null) {
        line.append(" sensor=").append(event.sensor());
      }
      if (event.user() != null) {
        line.append(" user=").append(event.user());
      }
      lines.add(line.toString());
    }

    private static String endpoint(String address, int port) {
      return port < 0 ? address : address + " " + port;
    }

    private static void pair(StringBuilder line, String name, long source, long destination) {
      if (source >= 0 || destination >= 0) {
        line.append(name).append(source < 0 ? "-" : String.valueOf(source));
        line.append('/').append(destination < 0 ? "-" : String.valueOf(destination));
      }
    }

    @Override
    public void logon(LogonEvent event) {
      lines.add("logon " + event);
    }

    @Override
    public void reject(String reason) {
      lines.add("rejected: " + reason);
    }
  }
}
