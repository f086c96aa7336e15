package io.github.sweepwatch.parser.firewall.gcp;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.HalfFlows;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import org.jspecify.annotations.Nullable;

/** Parses log entries: flows, a direction each, and what firewall rules did with connections. */
final class GcpLogParser implements LogParser, JsonObjects.Parser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "jsonPayload.connection.src_ip", "connection.src_ip")
          .put(Field.DESTINATION, "jsonPayload.connection.dest_ip", "connection.dest_ip")
          .put(Field.SOURCE_PORT, "jsonPayload.connection.src_port", "connection.src_port")
          .put(Field.DESTINATION_PORT, "jsonPayload.connection.dest_port", "connection.dest_port")
          .put(Field.PROTOCOL, "jsonPayload.connection.protocol", "connection.protocol")
          .put(Field.SOURCE_BYTES, "jsonPayload.bytes_sent", "bytes_sent")
          .put(Field.SOURCE_PACKETS, "jsonPayload.packets_sent", "packets_sent")
          .put(Field.START, "jsonPayload.start_time", "start_time")
          .put(Field.END, "jsonPayload.end_time", "end_time")
          .put(Field.TIME, "timestamp", "receiveTimestamp")
          .put(Field.ACTION, "jsonPayload.disposition", "disposition")
          .put(Field.REASON, "jsonPayload.rtt_msec", "rtt_msec")
          .put(Field.SENSOR, "resource.labels.subnetwork_name", "jsonPayload.instance.vm_name")
          .put(Field.SENSOR, "instance.vm_name", "jsonPayload.vpc.subnetwork_name")
          .build();

  private final JsonObjects json = new JsonObjects(this);
  private final JsonMembers members = new JsonMembers(NAMES);
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final HalfFlows halves = new HalfFlows();
  private final Stamps stamps;
  private String problem = "";

  GcpLogParser(ParserContext context) {
    stamps = new Stamps(context);
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    json.parse(line, sink);
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    if (!members.read(bytes, from, to, fields)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (!fields.has(Field.SOURCE) && !fields.has(Field.DESTINATION)) {
      return JsonObjects.Found.OTHER;
    }
    String reason = decode(sink);
    if (reason != null) {
      sink.reject(reason);
    }
    return JsonObjects.Found.RECORD;
  }

  private @Nullable String decode(EventSink sink) {
    String reason = decoder.decode(fields);
    if (reason != null) {
      return reason;
    }
    long start = stamps.read(fields, Field.START);
    long micros = start < 0 ? stamps.read(fields, Field.TIME) : start;
    if (micros < 0) {
      Field field = fields.has(Field.START) ? Field.START : Field.TIME;
      return ConnectionDecoder.problem(fields, field, "time", "time");
    }
    decoder.event().timeMicros(micros);
    if (fields.has(Field.ACTION)) {
      // A rule is asked when a connection begins, so the source began it.
      decoder.event().outcome(Dispositions.outcome(fields, Field.ACTION));
    } else {
      long end = stamps.read(fields, Field.END);
      if (end >= micros) {
        decoder.event().durationMicros(end - micros);
      }
      flow(micros);
    }
    sink.connection(decoder.event().build());
    return null;
  }

  private void flow(long micros) {
    long bytes = decoder.sourceBytes();
    boolean established =
        decoder.protocol() == Protocol.TCP && (bytes > 0 || fields.has(Field.REASON));
    halves.orient(
        decoder,
        micros,
        HalfFlows.NOTHING_SHOWN,
        false,
        bytes,
        decoder.sourcePackets(),
        false,
        established ? Outcome.ESTABLISHED : Outcome.UNKNOWN);
  }

  @Override
  public String problem() {
    return problem;
  }
}
