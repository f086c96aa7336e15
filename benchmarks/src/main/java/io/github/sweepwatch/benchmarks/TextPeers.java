package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The peers for firewall logs: a compiled regular expression a line, or a pair, as the grok
 * patterns for these formats have it, and the library's parse methods for each field. They fill in
 * the same fields of the event, with simpler verdicts, and join nothing.
 */
final class TextPeers {
  private static final Pattern PALO_ALTO =
      Pattern.compile(
          ",([^,]*),[^,]*,TRAFFIC,([^,]*),[^,]*,([^,]*),([^,]*),([^,]*),[^,]*,[^,]*,[^,]*,([^,]*),"
              + "[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,(\\d*),(\\d*),(\\d*),(\\d*),"
              + "[^,]*,[^,]*,[^,]*,([^,]*),([^,]*),[^,]*,(\\d*),(\\d*),[^,]*,([^,]*),(\\d*),[^,]*,"
              + "[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,(\\d*),(\\d*),([^,]*),[^,]*,[^,]*,[^,]*,[^,]*,"
              + "[^,]*,([^,]*)");
  private static final Pattern AWS =
      Pattern.compile(
          "\\S+ \\S+ (\\S+) (\\S+) (\\S+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\S+)"
              + " \\S+");
  private static final Pattern PAIR = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S*))");
  private static final DateTimeFormatter PALO_ALTO_TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

  private TextPeers() {}

  /** Palo Alto by one expression for the whole line. */
  static LogParser paloAlto() {
    ConnectionEvent.Builder event = ConnectionEvent.builder();
    return (record, sink) -> {
      Matcher matcher = PALO_ALTO.matcher(line(record));
      if (!matcher.find()) {
        sink.reject("no match");
        return;
      }
      LocalDateTime start = LocalDateTime.parse(matcher.group(15), PALO_ALTO_TIME);
      event
          .reset()
          .timeMicros(start.toEpochSecond(ZoneOffset.UTC) * 1_000_000)
          .source(IpAddress.parse(matcher.group(4)))
          .destination(IpAddress.parse(matcher.group(5)))
          .user(matcher.group(6))
          .count(Long.parseLong(matcher.group(8)))
          .sourcePort(Integer.parseInt(matcher.group(9)))
          .destinationPort(Integer.parseInt(matcher.group(10)))
          .protocol(Protocol.number(matcher.group(11)))
          .outcome(matcher.group(12).equals("allow") ? Outcome.ESTABLISHED : Outcome.BLOCKED)
          .bytes(Long.parseLong(matcher.group(13)), Long.parseLong(matcher.group(14)))
          .durationMicros(Long.parseLong(matcher.group(16)) * 1_000_000)
          .packets(Long.parseLong(matcher.group(17)), Long.parseLong(matcher.group(18)))
          .sensor(matcher.group(20));
      sink.connection(event.build());
    };
  }

  /** FortiGate by an expression for a pair, into a map. */
  static LogParser fortiGate() {
    ConnectionEvent.Builder event = ConnectionEvent.builder();
    return (record, sink) -> {
      Map<String, String> pairs = new HashMap<>();
      Matcher matcher = PAIR.matcher(line(record));
      while (matcher.find()) {
        String quoted = matcher.group(2);
        pairs.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted);
      }
      if (!"traffic".equals(pairs.get("type"))) {
        return;
      }
      event
          .reset()
          .timeMicros(Long.parseLong(pairs.get("eventtime")) / 1000)
          .source(IpAddress.parse(pairs.getOrDefault("srcip", "")))
          .destination(IpAddress.parse(pairs.getOrDefault("dstip", "")))
          .sourcePort(Integer.parseInt(pairs.get("srcport")))
          .destinationPort(Integer.parseInt(pairs.get("dstport")))
          .protocol(Integer.parseInt(pairs.get("proto")))
          .outcome("deny".equals(pairs.get("action")) ? Outcome.BLOCKED : Outcome.ESTABLISHED)
          .bytes(Long.parseLong(pairs.get("sentbyte")), Long.parseLong(pairs.get("rcvdbyte")))
          .packets(Long.parseLong(pairs.get("sentpkt")), Long.parseLong(pairs.get("rcvdpkt")))
          .durationMicros(Long.parseLong(pairs.get("duration")) * 1_000_000)
          .sensor(pairs.get("devname"));
      sink.connection(event.build());
    };
  }

  /** AWS by one expression for the whole line. */
  static LogParser aws() {
    ConnectionEvent.Builder event = ConnectionEvent.builder();
    return (record, sink) -> {
      Matcher matcher = AWS.matcher(line(record));
      if (!matcher.matches()) {
        sink.reject("no match");
        return;
      }
      long start = Long.parseLong(matcher.group(9));
      event
          .reset()
          .timeMicros(start * 1_000_000)
          .source(IpAddress.parse(matcher.group(2)))
          .destination(IpAddress.parse(matcher.group(3)))
          .sourcePort(Integer.parseInt(matcher.group(4)))
          .destinationPort(Integer.parseInt(matcher.group(5)))
          .protocol(Integer.parseInt(matcher.group(6)))
          .packets(Long.parseLong(matcher.group(7)), ConnectionEvent.NOT_GIVEN)
          .bytes(Long.parseLong(matcher.group(8)), ConnectionEvent.NOT_GIVEN)
          .durationMicros((Long.parseLong(matcher.group(10)) - start) * 1_000_000)
          .outcome(matcher.group(11).equals("REJECT") ? Outcome.BLOCKED : Outcome.UNKNOWN)
          .sensor(matcher.group(1));
      sink.connection(event.build());
    };
  }

  private static String line(RecordSlice record) {
    return new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
  }
}
