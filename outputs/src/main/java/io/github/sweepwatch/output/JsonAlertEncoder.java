package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.explain.Explanation;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * One JSON object a line ({@code json}). Times are numbers, in seconds since 1970-01-01T00:00:00Z
 * with six decimals, written exactly. Everything outside printable ASCII is escaped, so neither a
 * control character nor a Unicode line separator in a name can break a line or reach a terminal.
 *
 * <p>Thread-safe.
 */
public final class JsonAlertEncoder implements AlertEncoder {
  /** The version of the fields: raised when one changes its meaning or goes, not when one comes. */
  public static final int SCHEMA = 1;

  /** An encoder. */
  public JsonAlertEncoder() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    JsonLine.write(out, json -> writeMembers(json, alert));
  }

  /** Everything that is said of an alert; other JSON formats carry it beside their own fields. */
  static void writeMembers(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("id", alert.id());
    json.writeNumberField("seq", alert.seq());
    json.writeStringField("state", lower(alert.state()));
    json.writeStringField("type", lower(alert.type()));
    JsonLine.addresses(json, "sources", alert.sources());
    AddressBlock network = alert.sourceNetwork();
    JsonLine.string(json, "source_network", network == null ? null : network.toString());
    writeTime(json, "detected_at", alert.detectedAtMicros());
    writeTime(json, "first_seen", alert.firstSeenMicros());
    writeTime(json, "last_seen", alert.lastSeenMicros());
    EndReason end = alert.endReason();
    if (end != null) {
      writeTime(json, "ended_at", alert.endedAtMicros());
      json.writeStringField("end_reason", lower(end));
    }
    json.writeNumberField("unique_targets", alert.uniqueTargets());
    json.writeNumberField("unique_ports", alert.uniquePorts());
    json.writeNumberField("connections", alert.connections());
    json.writeNumberField("failed", alert.failed());
    json.writeBooleanField("estimated", alert.estimated());
    // By rounding to a whole number: how a double is printed differs between Java versions.
    json.writeNumberField(
        "relative_error", BigDecimal.valueOf(Math.round(alert.relativeError() * 10_000), 4));
    writePorts(json, alert);
    JsonLine.strings(json, "protocols", AlertFacts.protocols(alert));
    JsonLine.addresses(json, "targets", alert.targets());
    json.writeStringField("severity", lower(alert.severity()));
    json.writeNumberField("confidence", alert.confidence());
    json.writeStringField("technique", alert.technique());
    json.writeStringField("tactic", alert.tactic());
    writeReasons(json, alert);
    JsonLine.strings(json, "sensors", alert.sensors());
    json.writeBooleanField("muted", alert.muted());
    String authority = alert.authorisedBy();
    json.writeBooleanField("authorised", authority != null);
    if (authority != null) {
      json.writeStringField("authorised_by", authority);
    }
    Explanation explanation = alert.explanation();
    if (explanation != null) {
      json.writeFieldName("explain");
      JsonExplanation.write(json, explanation);
    }
  }

  private static void writePorts(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeObjectFieldStart("ports");
    json.writeArrayFieldStart("ranges");
    for (PortRange range : alert.ports()) {
      json.writeString(range.toString());
    }
    json.writeEndArray();
    json.writeBooleanField("truncated", alert.portsTruncated());
    json.writeEndObject();
  }

  private static void writeReasons(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeArrayFieldStart("reasons");
    for (Reason reason : alert.reasons()) {
      json.writeStartObject();
      json.writeStringField("rule", reason.rule());
      json.writeNumberField("count", reason.count());
      json.writeNumberField("threshold", reason.threshold());
      json.writeNumberField("window_s", reason.windowSeconds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void writeTime(JsonGenerator json, String field, long micros) throws IOException {
    json.writeNumberField(field, BigDecimal.valueOf(micros, 6));
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
