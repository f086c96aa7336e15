package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import org.jspecify.annotations.Nullable;

/** Parses the JSON forms: that of the logging service, and that of HTTP forwarding. */
final class TrafficJsonParser implements JsonObjects.Parser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.TYPE, "LogType", "log_type", "logtype", "type", "log_type.value")
          .put(Field.SUBTYPE, "Subtype", "sub_type", "sub_type.value", "log_subtype", "LogSubtype")
          .put(Field.TIME, "TimeGenerated", "time_generated", "generated_time", "GeneratedTime")
          .put(Field.TIME, "TimeReceived", "receive_time", "receive_time", "ReceiveTime", "time")
          .put(Field.TIME, "event_time", "_time")
          .put(Field.START, "SessionStartTime", "session_start_time", "start", "start_time")
          .put(Field.START, "StartTime")
          .put(Field.SOURCE, "SourceAddress", "source_ip", "source_ip.value", "src", "src_ip")
          .put(Field.SOURCE, "SourceIP", "source_address")
          .put(Field.DESTINATION, "DestinationAddress", "dest_ip", "dest_ip.value", "dst", "dst_ip")
          .put(Field.DESTINATION, "DestinationIP", "destination_address", "destination_ip")
          .put(Field.SOURCE_PORT, "SourcePort", "source_port", "sport", "src_port")
          .put(Field.DESTINATION_PORT, "DestinationPort", "dest_port", "dport", "dst_port")
          .put(Field.DESTINATION_PORT, "destination_port")
          .put(Field.PROTOCOL, "Protocol", "protocol", "protocol.value", "proto", "IPProtocol")
          .put(Field.ACTION, "Action", "action", "action.value")
          .put(Field.REASON, "SessionEndReason", "session_end_reason", "session_end_reason.value")
          .put(Field.SOURCE_BYTES, "BytesSent", "bytes_sent")
          .put(Field.DESTINATION_BYTES, "BytesReceived", "bytes_received")
          .put(Field.SOURCE_PACKETS, "PacketsSent", "packets_sent", "pkts_sent")
          .put(Field.DESTINATION_PACKETS, "PacketsReceived", "packets_received", "pkts_received")
          .put(Field.DURATION, "SessionDuration", "total_time_elapsed", "elapsed", "elapsed_time")
          .put(Field.SESSION, "SessionID", "session_id", "sessionid")
          .put(Field.COUNT, "RepeatCount", "CountOfRepeats", "count_of_repeats", "repeatcnt")
          .put(Field.USER, "SourceUser", "source_user", "srcuser")
          .put(Field.SENSOR, "DeviceName", "log_source_name", "device_name")
          .build();

  private final JsonMembers members = new JsonMembers(NAMES);
  private final Fields fields = new Fields();
  private final TrafficDecoder decoder;
  private String problem = "";

  TrafficJsonParser(TrafficDecoder decoder) {
    this.decoder = decoder;
  }

  /** Whether a line may be JSON. */
  static boolean isJson(byte[] bytes, int from, int to) {
    int brace = Text.find(bytes, from, to, '{');
    return brace < to && (brace == from || bytes[brace - 1] <= ' ' || bytes[from] == '[');
  }

  /** Whether a line is one of these objects, a traffic record or another log's. */
  static boolean isPaloAlto(byte[] bytes, int from, int to) {
    return isJson(bytes, from, to)
        && Text.find(bytes, from, to, "\"TRAFFIC\"") >= 0
        && (Text.contains(bytes, from, to, "\"src") || Text.contains(bytes, from, to, "\"source"));
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    if (!members.read(bytes, from, to, fields)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (!fields.is(Field.TYPE, "traffic") || !fields.has(Field.SOURCE)) {
      return JsonObjects.Found.OTHER;
    }
    @Nullable String reason = decoder.decode(fields, sink);
    if (reason != null) {
      sink.reject(reason);
    }
    return JsonObjects.Found.RECORD;
  }

  @Override
  public String problem() {
    return problem;
  }
}
