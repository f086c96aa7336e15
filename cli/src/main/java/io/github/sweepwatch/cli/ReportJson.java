package io.github.sweepwatch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.github.sweepwatch.detect.RuleReading;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A report on a source as one JSON object. */
final class ReportJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private ReportJson() {}

  static void write(
      IpAddress source, long connections, Optional<SourceReport> report, ResultStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("source", source.toString());
      json.writeNumberField("connections", connections);
      json.writeBooleanField("known", report.isPresent());
      if (report.isPresent()) {
        fields(report.get(), json);
        json.writeArrayFieldStart("authorised");
        for (SourceReport apart : report.get().authorised()) {
          json.writeStartObject();
          json.writeStringField("authorised_by", apart.authorisedBy());
          fields(apart, json);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fields(SourceReport report, JsonGenerator json) throws IOException {
    json.writeNumberField("last_seen_ms", report.latestMicros() / 1_000);
    json.writeNumberField("contacts", report.contacts());
    json.writeNumberField("hosts", report.hosts());
    json.writeNumberField("services", report.services());
    json.writeNumberField("relative_error", report.relativeError());
    json.writeBooleanField("one_service_of_one_host", report.contacts() == 1);
    strings("open_incidents", report.openIncidents(), json);
    strings("muted_incidents", report.mutedIncidents(), json);
    json.writeArrayFieldStart("rules");
    for (RuleReading reading : report.rules()) {
      json.writeStartObject();
      json.writeStringField("rule", reading.reason().rule());
      json.writeNumberField("count", reading.reason().count());
      json.writeNumberField("threshold", reading.reason().threshold());
      json.writeNumberField("window_s", reading.reason().windowSeconds());
      json.writeStringField("cause", PolicyWriter.word(reading.cause()));
      json.writeNumberField("has", reading.has());
      json.writeNumberField("needs", reading.needs());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void strings(String name, List<String> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
