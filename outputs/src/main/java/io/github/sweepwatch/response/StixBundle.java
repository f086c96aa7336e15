package io.github.sweepwatch.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.sweepwatch.detect.ScanAlert;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A STIX 2.1 bundle with an indicator for each source, valid until its answer expires. The rollback
 * revokes the same indicators.
 */
final class StixBundle implements ResponseFile {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String file(ResponsePlan plan) {
    return bundle(plan, false);
  }

  @Override
  public String rollback(ResponsePlan plan) {
    return bundle(plan, true);
  }

  private static String bundle(ResponsePlan plan, boolean revoked) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      // Line feeds on every system.
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      StringBuilder members = new StringBuilder("sweepwatch bundle ").append(revoked);
      for (Answer answer : plan.answers()) {
        members.append(' ').append(id(answer));
      }
      json.writeStartObject();
      json.writeStringField("type", "bundle");
      json.writeStringField("id", "bundle--" + uuid(members.toString()));
      if (!plan.answers().isEmpty()) {
        json.writeArrayFieldStart("objects");
        for (Answer answer : plan.answers()) {
          indicator(json, answer, revoked);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void indicator(JsonGenerator json, Answer answer, boolean revoked)
      throws IOException {
    ScanAlert incident = answer.incidents().get(0);
    boolean ipv4 = answer.source().isIpv4();
    json.writeStartObject();
    json.writeStringField("type", "indicator");
    json.writeStringField("spec_version", "2.1");
    json.writeStringField("id", id(answer));
    Instant from = PlainText.instant(answer.fromMicros());
    json.writeStringField("created", TIME.format(from));
    json.writeStringField("modified", TIME.format(revoked ? from.plusMillis(1) : from));
    json.writeBooleanField("revoked", revoked);
    json.writeStringField("name", "Scanner " + answer.source());
    json.writeStringField("description", PlainText.describe(incident));
    json.writeArrayFieldStart("indicator_types");
    json.writeString("anomalous-activity");
    json.writeEndArray();
    json.writeStringField(
        "pattern", "[" + (ipv4 ? "ipv4" : "ipv6") + "-addr:value = '" + answer.source() + "']");
    json.writeStringField("pattern_type", "stix");
    json.writeStringField("valid_from", TIME.format(from));
    json.writeStringField("valid_until", TIME.format(PlainText.instant(answer.untilMicros())));
    json.writeArrayFieldStart("kill_chain_phases");
    json.writeStartObject();
    json.writeStringField("kill_chain_name", "mitre-attack");
    json.writeStringField("phase_name", answer.inside() ? "discovery" : "reconnaissance");
    json.writeEndObject();
    json.writeEndArray();
    json.writeNumberField("confidence", incident.confidence());
    json.writeEndObject();
  }

  private static String id(Answer answer) {
    return "indicator--"
        + uuid("sweepwatch indicator " + answer.source() + " " + answer.fromMicros());
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
