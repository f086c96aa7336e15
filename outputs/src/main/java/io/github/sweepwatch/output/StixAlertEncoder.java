package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.AttackTechnique;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One STIX 2.1 bundle a line ({@code stix}): the sources as addresses and observed data, an
 * indicator of them, the technique as an attack pattern, and the sighting with its count and
 * description. Objects of an incident keep their ids in all its alerts, with rising {@code
 * modified} times, so a later bundle replaces what an earlier one said. An authorised source is
 * sighted but is no indicator. Targets are left out: these objects are made to be shared.
 *
 * <p>Ids are UUIDs of version 5: those of addresses in the namespace of STIX, as its section 2.9
 * asks for, others in one of our own. Escaped as JSON alerts are.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html">STIX 2.1</a>
 */
public final class StixAlertEncoder implements AlertEncoder {
  private static final UUID STIX_SPACE = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

  /** The greatest number that a count may have. */
  private static final long MOST = 999_999_999;

  /** The birthday of objects that are always the same. */
  private static final String ALWAYS = "2026-11-24T00:00:00.000Z";

  private static final String KILL_CHAIN = "mitre-attack";

  private static final String SELF = id("identity", "self");

  /** An encoder. */
  public StixAlertEncoder() {}

  @Override
  public String name() {
    return "stix";
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    JsonLine.write(
        out,
        json -> {
          json.writeStringField("type", "bundle");
          json.writeStringField("id", id("bundle", alert.id() + "-" + alert.seq()));
          json.writeArrayFieldStart("objects");
          writeIdentity(json, SELF, Product.NAME);
          for (String sensor : alert.sensors()) {
            writeIdentity(json, sensorId(sensor), sensor);
          }
          for (IpAddress source : alert.sources()) {
            writeAddress(json, source);
          }
          writeObservedData(json, alert);
          List<AttackTechnique> techniques = Attack.techniques(alert);
          for (AttackTechnique technique : techniques) {
            writeAttackPattern(json, technique);
          }
          if (!alert.authorised()) {
            writeIndicator(json, alert, techniques);
            for (AttackTechnique technique : techniques) {
              writeIndicates(json, alert, technique);
            }
            writeSighting(json, alert, indicatorId(alert));
          } else if (!techniques.isEmpty()) {
            writeSighting(json, alert, patternId(techniques.get(0)));
          }
          json.writeEndArray();
        });
  }

  private static String id(String type, String name) {
    return type + "--" + NameUuid.of(NameUuid.PRODUCT_SPACE, type + ":" + name);
  }

  private static String sensorId(String sensor) {
    return id("identity", "sensor:" + sensor);
  }

  private static String patternId(AttackTechnique technique) {
    return id("attack-pattern", technique.id());
  }

  private static String indicatorId(ScanAlert alert) {
    return id("indicator", alert.id());
  }

  private static String observedId(ScanAlert alert) {
    return id("observed-data", alert.id());
  }

  private static String addressType(IpAddress address) {
    return address.isIpv4() ? "ipv4-addr" : "ipv6-addr";
  }

  /** Of the one property that identifies an address, as canonical JSON (RFC 8785). */
  private static String addressId(IpAddress address) {
    return addressType(address) + "--" + NameUuid.of(STIX_SPACE, "{\"value\":\"" + address + "\"}");
  }

  private static void begin(JsonGenerator json, String type, String id) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeStringField("spec_version", "2.1");
    json.writeStringField("id", id);
  }

  private static void writeAlways(JsonGenerator json) throws IOException {
    json.writeStringField("created", ALWAYS);
    json.writeStringField("modified", ALWAYS);
  }

  /**
   * The version that an alert makes of its incident's objects. Later alerts must have later times,
   * and several may change within one millisecond: so each alert adds one.
   */
  private static void writeVersion(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeStringField("created_by_ref", SELF);
    json.writeStringField("created", time(alert.detectedAtMicros()));
    long changed = Math.floorDiv(AlertFacts.changedMicros(alert), 1_000L);
    json.writeStringField("modified", IsoTime.millis(changed + alert.seq() - 1));
  }

  private static String time(long micros) {
    return IsoTime.millis(Math.floorDiv(micros, 1_000L));
  }

  private static void writeIdentity(JsonGenerator json, String id, String name) throws IOException {
    begin(json, "identity", id);
    writeAlways(json);
    json.writeStringField("name", name);
    json.writeStringField("identity_class", "system");
    json.writeEndObject();
  }

  private static void writeAddress(JsonGenerator json, IpAddress address) throws IOException {
    begin(json, addressType(address), addressId(address));
    json.writeStringField("value", address.toString());
    json.writeEndObject();
  }

  private static void writeObservedData(JsonGenerator json, ScanAlert alert) throws IOException {
    begin(json, "observed-data", observedId(alert));
    writeVersion(json, alert);
    json.writeStringField("first_observed", time(alert.firstSeenMicros()));
    json.writeStringField("last_observed", time(alert.lastSeenMicros()));
    json.writeNumberField("number_observed", Math.max(1, Math.min(alert.connections(), MOST)));
    JsonLine.strings(
        json, "object_refs", alert.sources().stream().map(StixAlertEncoder::addressId).toList());
    json.writeEndObject();
  }

  private static void writeAttackPattern(JsonGenerator json, AttackTechnique technique)
      throws IOException {
    begin(json, "attack-pattern", patternId(technique));
    json.writeStringField("created_by_ref", SELF);
    writeAlways(json);
    json.writeStringField(
        "name", Attack.isSubTechnique(technique) ? Attack.ownName(technique) : technique.title());
    writeKillChain(json, List.of(technique));
    json.writeArrayFieldStart("external_references");
    json.writeStartObject();
    json.writeStringField("source_name", KILL_CHAIN);
    json.writeStringField("external_id", technique.id());
    json.writeStringField("url", Attack.techniqueUrl(technique.id()));
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeKillChain(JsonGenerator json, List<AttackTechnique> techniques)
      throws IOException {
    if (techniques.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("kill_chain_phases");
    for (String tactic : techniques.stream().map(AttackTechnique::tactic).distinct().toList()) {
      json.writeStartObject();
      json.writeStringField("kill_chain_name", KILL_CHAIN);
      json.writeStringField("phase_name", tactic.toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeIndicator(
      JsonGenerator json, ScanAlert alert, List<AttackTechnique> techniques) throws IOException {
    begin(json, "indicator", indicatorId(alert));
    writeVersion(json, alert);
    json.writeStringField("name", AlertText.title(alert));
    json.writeStringField("description", String.join("; ", AlertText.reasons(alert)));
    JsonLine.strings(json, "indicator_types", List.of("anomalous-activity"));
    json.writeStringField("pattern", pattern(alert.sources()));
    json.writeStringField("pattern_type", "stix");
    json.writeStringField("pattern_version", "2.1");
    json.writeStringField("valid_from", time(alert.detectedAtMicros()));
    writeKillChain(json, techniques);
    writeBelief(json, alert);
    json.writeArrayFieldStart("external_references");
    json.writeStartObject();
    json.writeStringField("source_name", "sweepwatch");
    json.writeStringField("external_id", alert.id());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String pattern(List<IpAddress> sources) {
    return sources.stream()
        .map(source -> addressType(source) + ":value = '" + source + "'")
        .collect(Collectors.joining(" OR ", "[", "]"));
  }

  private static void writeBelief(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeNumberField("confidence", alert.confidence());
    List<String> labels = new ArrayList<>();
    labels.add(JsonAlertEncoder.lower(alert.type()).replace('_', '-'));
    if (alert.muted()) {
      labels.add("muted");
    }
    if (alert.authorised()) {
      labels.add("authorised");
    }
    JsonLine.strings(json, "labels", labels);
  }

  private static void writeIndicates(JsonGenerator json, ScanAlert alert, AttackTechnique technique)
      throws IOException {
    begin(json, "relationship", id("relationship", alert.id() + "-" + technique.id()));
    json.writeStringField("created_by_ref", SELF);
    String time = time(alert.detectedAtMicros());
    json.writeStringField("created", time);
    json.writeStringField("modified", time);
    json.writeStringField("relationship_type", "indicates");
    json.writeStringField("source_ref", indicatorId(alert));
    json.writeStringField("target_ref", patternId(technique));
    json.writeEndObject();
  }

  private static void writeSighting(JsonGenerator json, ScanAlert alert, String of)
      throws IOException {
    begin(json, "sighting", id("sighting", alert.id()));
    writeVersion(json, alert);
    json.writeStringField("description", AlertText.summary(alert));
    json.writeStringField("first_seen", time(alert.firstSeenMicros()));
    json.writeStringField("last_seen", time(alert.lastSeenMicros()));
    json.writeNumberField("count", Math.min(alert.connections(), MOST));
    writeBelief(json, alert);
    json.writeStringField("sighting_of_ref", of);
    JsonLine.strings(json, "observed_data_refs", List.of(observedId(alert)));
    if (!alert.sensors().isEmpty()) {
      JsonLine.strings(
          json,
          "where_sighted_refs",
          alert.sensors().stream().map(StixAlertEncoder::sensorId).toList());
    }
    json.writeEndObject();
  }
}
