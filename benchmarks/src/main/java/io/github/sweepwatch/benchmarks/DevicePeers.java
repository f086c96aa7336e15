package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The peers for the logs of devices: the parsers one writes in an afternoon, a string a line and
 * one compiled expression for the fields, which stand in the same event.
 */
final class DevicePeers {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM d uuuu HH:mm:ss", Locale.ROOT);

  private DevicePeers() {}

  private static String line(RecordSlice record) {
    return new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
  }

  private static long micros(String stamp) {
    return LocalDateTime.parse(stamp, STAMP).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }

  /** Reads the kernel's lines. */
  static LogParser netfilter() {
    Pattern pattern =
        Pattern.compile(
            "^(\\w{3} +\\d+) ([\\d:]{8}) (\\S+) kernel: \\[ *[\\d.]+\\] (.*?) ?IN=\\S* OUT=\\S* .*?"
                + "SRC=(\\S+) DST=(\\S+) .*?PROTO=(\\S+) SPT=(\\d+) DPT=(\\d+)(.*)$");
    ConnectionEvent.Builder event = ConnectionEvent.builder();
    return (record, sink) -> {
      Matcher fields = pattern.matcher(line(record));
      if (!fields.matches()) {
        sink.reject("no match");
        return;
      }
      sink.connection(
          event
              .reset()
              .timeMicros(micros(fields.group(1) + " 2026 " + fields.group(2)))
              .sensor(fields.group(3))
              .outcome(fields.group(4).contains("DROP") ? Outcome.BLOCKED : Outcome.UNKNOWN)
              .source(IpAddress.parse(fields.group(5)))
              .destination(IpAddress.parse(fields.group(6)))
              .protocol(Protocol.number(fields.group(7)))
              .sourcePort(Integer.parseInt(fields.group(8)))
              .destinationPort(Integer.parseInt(fields.group(9)))
              .initiatorCertain(fields.group(10).contains(" SYN "))
              .build());
    };
  }

  /** Reads ASA's denials, and joins its connections' beginnings and ends. */
  static LogParser asa() {
    return new Asa();
  }

  private static final class Asa implements LogParser {
    private static final String HEADER =
        "^<\\d+>(\\w{3} +\\d+ \\d{4} [\\d:]{8}) (\\S+) : %ASA-\\d-(\\d{6}): ";
    private static final String BOTH = "\\S+?:([^/ ]+)/(\\d+)";
    private static final Pattern DENIED =
        Pattern.compile(HEADER + "Deny (\\w+) src " + BOTH + " dst " + BOTH + " by .*$");
    private static final Pattern BUILT =
        Pattern.compile(
            HEADER + "Built (\\w+) \\w+ connection (\\d+) for " + BOTH + " .*? to " + BOTH + " .*$");
    private static final Pattern ENDED =
        Pattern.compile(
            HEADER
                + "Teardown (\\w+) connection (\\d+) for "
                + BOTH
                + " to "
                + BOTH
                + " duration ([\\d:]+) bytes (\\d+) ?(.*)$");

    private final Map<String, Long> begun = new HashMap<>();
    private final ConnectionEvent.Builder event = ConnectionEvent.builder();

    @Override
    public void parse(RecordSlice record, EventSink sink) {
      String line = line(record);
      Matcher fields = DENIED.matcher(line);
      if (fields.matches()) {
        connection(fields, 5, micros(fields.group(1)), Outcome.BLOCKED, sink);
        return;
      }
      fields = BUILT.matcher(line);
      if (fields.matches()) {
        begun.put(fields.group(5), micros(fields.group(1)));
        return;
      }
      fields = ENDED.matcher(line);
      if (!fields.matches()) {
        sink.reject("no match");
        return;
      }
      Long start = begun.remove(fields.group(5));
      long micros = start == null ? micros(fields.group(1)) : start;
      boolean answered = Long.parseLong(fields.group(11)) > 0;
      connection(fields, 6, micros, answered ? Outcome.ESTABLISHED : Outcome.UNKNOWN, sink);
    }

    private void connection(
        Matcher fields, int first, long micros, Outcome outcome, EventSink sink) {
      sink.connection(
          event
              .reset()
              .timeMicros(micros)
              .sensor(fields.group(2))
              .outcome(outcome)
              .protocol(Protocol.number(fields.group(4)))
              .source(IpAddress.parse(fields.group(first)))
              .sourcePort(Integer.parseInt(fields.group(first + 1)))
              .destination(IpAddress.parse(fields.group(first + 2)))
              .destinationPort(Integer.parseInt(fields.group(first + 3)))
              .build());
    }
  }
}
