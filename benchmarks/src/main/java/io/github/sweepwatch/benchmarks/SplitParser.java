package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The peer for tab-separated logs: the parser one writes in an afternoon, a string a line, {@code
 * String.split}, and the library's parse methods for each field. It fills in the same fields of the
 * event, with a simpler verdict.
 */
final class SplitParser implements LogParser {
  private List<String> names = List.of();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  @Override
  public void parse(RecordSlice record, EventSink sink) {
    String line =
        new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
    if (line.startsWith("#")) {
      if (line.startsWith("#fields\t")) {
        names = Arrays.asList(line.substring(8).split("\t"));
      }
      return;
    }
    String[] fields = line.split("\t");
    if (fields.length != names.size()) {
      sink.reject("columns");
      return;
    }
    try {
      event.reset();
      event
          .timeMicros(Math.round(Double.parseDouble(field(fields, "ts")) * 1e6))
          .source(IpAddress.parse(field(fields, "id.orig_h")))
          .destination(IpAddress.parse(field(fields, "id.resp_h")))
          .protocol(Protocol.number(field(fields, "proto")))
          .bytes(number(field(fields, "orig_bytes")), number(field(fields, "resp_bytes")))
          .packets(number(field(fields, "orig_pkts")), number(field(fields, "resp_pkts")))
          .sourceLocality(locality(field(fields, "local_orig")))
          .destinationLocality(locality(field(fields, "local_resp")));
      String duration = field(fields, "duration");
      if (!duration.equals("-")) {
        event.durationMicros(Math.round(Double.parseDouble(duration) * 1e6));
      }
      int origPort = Integer.parseInt(field(fields, "id.orig_p"));
      int respPort = Integer.parseInt(field(fields, "id.resp_p"));
      if (field(fields, "proto").equals("icmp")) {
        event.icmp(origPort, respPort);
      } else {
        event.sourcePort(origPort).destinationPort(respPort);
      }
      verdict(field(fields, "conn_state"), field(fields, "history"));
      sink.connection(event.build());
    } catch (IllegalArgumentException e) {
      sink.reject(String.valueOf(e.getMessage()));
    }
  }

  private String field(String[] fields, String name) {
    return fields[names.indexOf(name)];
  }

  private static long number(String text) {
    return text.equals("-") ? ConnectionEvent.NOT_GIVEN : Long.parseLong(text);
  }

  private static Locality locality(String text) {
    return text.equals("T")
        ? Locality.LOCAL
        : text.equals("F") ? Locality.REMOTE : Locality.UNSPECIFIED;
  }

  private void verdict(String state, String history) {
    switch (state) {
      case "S0", "SH" -> event.outcome(Outcome.NO_REPLY);
      case "REJ", "RSTOS0" -> event.outcome(Outcome.REFUSED);
      case "SF", "S1", "S2", "S3", "RSTO", "RSTR" -> event.outcome(Outcome.ESTABLISHED);
      default -> event.outcome(Outcome.UNKNOWN);
    }
    if (history.equals("S") || history.equals("Sr") || history.equals("ShR")) {
      event.probe(Probe.SYN);
    }
    event.initiatorCertain(history.indexOf('^') < 0);
  }
}
