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
 * The peers for firewall logs: a compiled regular expression or {@code String.split} a line, as the
 * grok patterns and scripts for these formats have it, and the library's parse methods for each
 * field. They fill in the same fields of the event, with simpler verdicts, and join nothing.
 */
final class TextPeers {
  private static final Pattern PALO_ALTO =
      Pattern.compile(
          ",([^,]*),[^,]*,TRAFFIC,([^,]*),[^,]*,([^,]*),([^,]*),([^,]*),[^,]*,[^,]*,[^,]*,([^,]*),"
              + "[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,(\\d*),(\\d*),(\\d*),(\\d*),"
              + "[^,]*,[^,]*,[^,]*,([^,]*),([^,]*),[^,]*,(\\d*),(\\d*),[^,]*,([^,]*),(\\d*),[^,]*,"
              + "[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,(\\d*),(\\d*),([^,]*),[^,]*,[^,]*,[^,]*,[^,]*,"
              + "[^,]*,([^,]*)");
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
          .source(IpAddress.parse(pairs.get("srcip")))
          .destination(IpAddress.parse(pairs.get("dstip")))
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

  /** AWS by splitting at blanks. */
  static LogParser aws() {
    ConnectionEvent.Builder event = ConnectionEvent.builder();
    return (record, sink) -> {
      String[] columns = line(record).split(" ", -1);
      if (columns.length < 14) {
        sink.reject("columns");
        return;
      }
      long start = Long.parseLong(columns[10]);
      event
          .reset()
          .timeMicros(start * 1_000_000)
          .source(IpAddress.parse(columns[3]))
          .destination(IpAddress.parse(columns[4]))
          .sourcePort(Integer.parseInt(columns[5]))
          .destinationPort(Integer.parseInt(columns[6]))
          .protocol(Integer.parseInt(columns[7]))
          .packets(Long.parseLong(columns[8]), ConnectionEvent.NOT_GIVEN)
          .bytes(Long.parseLong(columns[9]), ConnectionEvent.NOT_GIVEN)
          .durationMicros((Long.parseLong(columns[11]) - start) * 1_000_000)
          .outcome(columns[12].equals("REJECT") ? Outcome.BLOCKED : Outcome.UNKNOWN)
          .sensor(columns[2]);
      sink.connection(event.build());
    };
  }

  private static String line(RecordSlice record) {
    return new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
  }
}
