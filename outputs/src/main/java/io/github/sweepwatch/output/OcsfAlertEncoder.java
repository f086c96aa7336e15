package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsFinding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Detection Finding (class 2004) of the Open Cybersecurity Schema Framework a line ({@code
 * ocsf}). The sources, what on them opened the connections, the probes that succeeded and a log-on
 * that succeeded are {@code evidences}; the targets are {@code resources}; what else {@link
 * JsonAlertEncoder} writes is in {@code unmapped}. Escaped as JSON alerts are.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://schema.ocsf.io/classes/detection_finding">Detection Finding</a>
 */
public final class OcsfAlertEncoder implements AlertEncoder {
  /** The version of the schema. */
  public static final String OCSF_VERSION = "1.8.0";

  private static final int CLASS = 2004;
  private static final int OBSERVABLE_IP = 2;

  /** An encoder. */
  public OcsfAlertEncoder() {}

  @Override
  public String name() {
    return "ocsf";
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    JsonLine.write(
        out,
        json -> {
          writeClassification(json, alert);
          json.writeNumberField("time", millis(alert.detectedAtMicros()));
          json.writeNumberField("start_time", millis(alert.firstSeenMicros()));
          json.writeNumberField("end_time", millis(alert.lastSeenMicros()));
          json.writeStringField("message", AlertText.summary(alert));
          json.writeBooleanField("is_alert", isAlert(alert));
          writeMetadata(json, alert);
          writeFindingInfo(json, alert);
          writeEvidences(json, alert);
          writeResources(json, alert.targets());
          writeObservables(json, alert.sources());
          json.writeObjectFieldStart("unmapped");
          JsonAlertEncoder.writeMembers(json, alert);
          json.writeEndObject();
        });
  }

  private static void writeClassification(JsonGenerator json, ScanAlert alert) throws IOException {
    int activity =
        switch (alert.state()) {
          case OPENED -> 1;
          case UPDATED -> 2;
          case ENDED -> 3;
        };
    String caption =
        switch (alert.state()) {
          case OPENED -> "Create";
          case UPDATED -> "Update";
          case ENDED -> "Close";
        };
    json.writeNumberField("activity_id", activity);
    json.writeStringField("activity_name", caption);
    json.writeNumberField("category_uid", CLASS / 1000);
    json.writeStringField("category_name", "Findings");
    json.writeNumberField("class_uid", CLASS);
    json.writeStringField("class_name", "Detection Finding");
    json.writeNumberField("type_uid", CLASS * 100L + activity);
    json.writeStringField("type_name", "Detection Finding: " + caption);
    switch (alert.severity()) {
      case LOW -> writeEnum(json, "severity", 2, "Low");
      case MEDIUM -> writeEnum(json, "severity", 3, "Medium");
      case HIGH -> writeEnum(json, "severity", 4, "High");
      case CRITICAL -> writeEnum(json, "severity", 5, "Critical");
    }
    writeConfidence(json, alert.confidence());
    if (alert.authorised()) {
      // Reviewed and found benign, by the policy.
      writeEnum(json, "status", 3, "Suppressed");
    } else {
      writeEnum(json, "status", 1, "New");
    }
  }

  /** The words of the scale in STIX 2.1, appendix A. */
  private static void writeConfidence(JsonGenerator json, int confidence) throws IOException {
    if (confidence < 30) {
      writeEnum(json, "confidence", 1, "Low");
    } else if (confidence < 70) {
      writeEnum(json, "confidence", 2, "Medium");
    } else {
      writeEnum(json, "confidence", 3, "High");
    }
    json.writeNumberField("confidence_score", confidence);
  }

  private static boolean isAlert(ScanAlert alert) {
    return alert.state() != ScanAlert.State.ENDED && !alert.muted() && !alert.authorised();
  }

  private static void writeMetadata(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeStringField("version", OCSF_VERSION);
    json.writeStringField("uid", alert.id() + "-" + alert.seq());
    json.writeStringField("correlation_uid", alert.id());
    json.writeNumberField("sequence", alert.seq());
    json.writeObjectFieldStart("product");
    json.writeStringField("name", Product.NAME);
    json.writeStringField("vendor_name", Product.NAME);
    json.writeStringField("version", Product.VERSION);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeFindingInfo(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeObjectFieldStart("finding_info");
    json.writeStringField("uid", alert.id());
    json.writeStringField("title", AlertText.title(alert));
    json.writeStringField("desc", String.join("; ", AlertText.reasons(alert)));
    JsonLine.strings(json, "types", List.of(AlertText.name(alert.type())));
    json.writeNumberField("created_time", millis(alert.detectedAtMicros()));
    json.writeNumberField("modified_time", millis(AlertFacts.changedMicros(alert)));
    json.writeNumberField("first_seen_time", millis(alert.firstSeenMicros()));
    json.writeNumberField("last_seen_time", millis(alert.lastSeenMicros()));
    JsonLine.strings(json, "data_sources", alert.sensors());
    List<Reason> reasons = alert.reasons();
    if (!reasons.isEmpty()) {
      json.writeFieldName("analytic");
      writeAnalytic(json, reasons.get(0));
    }
    if (reasons.size() > 1) {
      json.writeArrayFieldStart("related_analytics");
      for (Reason reason : reasons.subList(1, reasons.size())) {
        writeAnalytic(json, reason);
      }
      json.writeEndArray();
    }
    json.writeArrayFieldStart("attacks");
    for (AttackTechnique technique : Attack.techniques(alert)) {
      writeAttack(json, technique);
    }
    json.writeEndArray();
    Explanation explanation = alert.explanation();
    if (explanation != null && !explanation.ids().findings().isEmpty()) {
      json.writeArrayFieldStart("related_events");
      for (IdsFinding finding : explanation.ids().findings()) {
        writeRelatedEvent(json, finding);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeAnalytic(JsonGenerator json, Reason reason) throws IOException {
    json.writeStartObject();
    json.writeStringField("uid", reason.rule());
    json.writeStringField("name", reason.rule());
    writeEnum(json, "type", 1, "Rule");
    json.writeEndObject();
  }

  private static void writeAttack(JsonGenerator json, AttackTechnique technique)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("version", AttackTechnique.VERSION);
    writeEntity(
        json, "tactic", technique.tacticId(), technique.tactic(), Attack.tacticUrl(technique));
    String parent = Attack.parentId(technique);
    writeEntity(
        json, "technique", parent, Attack.parentName(technique), Attack.techniqueUrl(parent));
    if (Attack.isSubTechnique(technique)) {
      writeEntity(
          json,
          "sub_technique",
          technique.id(),
          Attack.ownName(technique),
          Attack.techniqueUrl(technique.id()));
    }
    json.writeEndObject();
  }

  private static void writeEntity(
      JsonGenerator json, String field, String uid, String name, String url) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("uid", uid);
    json.writeStringField("name", name);
    json.writeStringField("src_url", url);
    json.writeEndObject();
  }

  private static void writeRelatedEvent(JsonGenerator json, IdsFinding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField(
        "uid", NameUuid.of(NameUuid.PRODUCT_SPACE, "ids:" + finding.name()).toString());
    json.writeStringField("title", finding.name());
    JsonLine.string(json, "type", finding.category());
    json.writeNumberField("count", finding.count());
    json.writeNumberField("first_seen_time", millis(finding.firstMicros()));
    json.writeNumberField("last_seen_time", millis(finding.lastMicros()));
    switch (finding.priority()) {
      case 1 -> writeEnum(json, "severity", 4, "High");
      case 2 -> writeEnum(json, "severity", 3, "Medium");
      case 3 -> writeEnum(json, "severity", 2, "Low");
      default -> writeEnum(json, "severity", 0, "Unknown");
    }
    json.writeEndObject();
  }

  private static void writeEvidences(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeArrayFieldStart("evidences");
    Explanation explanation = alert.explanation();
    for (IpAddress source : alert.sources()) {
      json.writeStartObject();
      json.writeStringField("name", "source");
      json.writeObjectFieldStart("src_endpoint");
      json.writeStringField("ip", source.toString());
      // The explanation is of the first.
      if (explanation != null && source.equals(alert.sources().get(0))) {
        writeAsset(json, explanation.source().asset());
      }
      json.writeEndObject();
      IpAddress target = AlertFacts.onlyTarget(alert);
      if (target != null) {
        json.writeObjectFieldStart("dst_endpoint");
        json.writeStringField("ip", target.toString());
        int port = AlertFacts.onlyPort(alert);
        if (port >= 0) {
          json.writeNumberField("port", port);
        }
        json.writeEndObject();
      }
      writeConnection(json, source, AlertFacts.onlyProtocol(alert), explanation);
      json.writeEndObject();
    }
    if (explanation != null) {
      for (Actor actor : explanation.source().actors()) {
        writeActor(json, alert.sources().get(0), actor);
      }
      for (AnsweredProbe probe : explanation.scope().answered()) {
        writeAnswered(json, alert.sources(), probe, explanation);
      }
      LogonEvent success = explanation.logons().firstSuccess();
      if (success != null) {
        writeLogon(json, success);
      }
    }
    json.writeEndArray();
  }

  private static void writeAsset(JsonGenerator json, @Nullable Asset asset) throws IOException {
    if (asset == null) {
      return;
    }
    JsonLine.string(json, "zone", asset.zone());
    String owner = asset.owner();
    if (owner != null) {
      json.writeObjectFieldStart("owner");
      json.writeStringField("name", owner);
      json.writeEndObject();
    }
    String role = asset.role();
    if (role != null) {
      boolean server = role.equals("server");
      writeEnum(json, "type", server ? 1 : 99, server ? "Server" : role);
    }
  }

  private static void writeActor(JsonGenerator json, IpAddress source, Actor actor)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", "actor");
    json.writeObjectFieldStart("src_endpoint");
    json.writeStringField("ip", source.toString());
    JsonLine.string(json, "hostname", actor.host());
    json.writeEndObject();
    String user = actor.user();
    if (user != null || actor.image() != null) {
      json.writeObjectFieldStart("actor");
      writeUser(json, user);
      JsonLine.string(json, "app_name", actor.image());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeAnswered(
      JsonGenerator json, List<IpAddress> sources, AnsweredProbe probe, Explanation explanation)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", "answered probe");
    if (sources.size() == 1) {
      json.writeObjectFieldStart("src_endpoint");
      json.writeStringField("ip", sources.get(0).toString());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("dst_endpoint");
    json.writeStringField("ip", probe.host().toString());
    if (Protocol.hasPorts(probe.protocol())) {
      json.writeNumberField("port", probe.port());
    }
    json.writeEndObject();
    writeConnection(json, probe.host(), probe.protocol(), explanation);
    json.writeEndObject();
  }

  private static void writeLogon(JsonGenerator json, LogonEvent success) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", "log-on");
    json.writeObjectFieldStart("src_endpoint");
    json.writeStringField("ip", success.source().toString());
    json.writeEndObject();
    IpAddress target = success.target();
    if (target != null || success.targetHost() != null) {
      json.writeObjectFieldStart("dst_endpoint");
      JsonLine.string(json, "ip", target == null ? null : target.toString());
      JsonLine.string(json, "hostname", success.targetHost());
      json.writeEndObject();
    }
    writeUser(json, success.account());
    json.writeEndObject();
  }

  private static void writeUser(JsonGenerator json, @Nullable String name) throws IOException {
    if (name != null) {
      json.writeObjectFieldStart("user");
      json.writeStringField("name", name);
      json.writeEndObject();
    }
  }

  private static void writeConnection(
      JsonGenerator json, IpAddress address, int protocol, @Nullable Explanation explanation)
      throws IOException {
    json.writeObjectFieldStart("connection_info");
    writeDirection(json, explanation);
    json.writeNumberField("protocol_ver_id", address.isIpv4() ? 4 : 6);
    if (protocol != Protocol.UNKNOWN) {
      json.writeNumberField("protocol_num", protocol);
    }
    JsonLine.string(json, "protocol_name", Protocol.name(protocol));
    json.writeEndObject();
  }

  private static void writeDirection(JsonGenerator json, @Nullable Explanation explanation)
      throws IOException {
    if (explanation == null) {
      writeEnum(json, "direction", 0, "Unknown");
      return;
    }
    switch (explanation.source().direction()) {
      case EXTERNAL -> writeEnum(json, "direction", 1, "Inbound");
      case OUTBOUND -> writeEnum(json, "direction", 2, "Outbound");
      case INTERNAL -> writeEnum(json, "direction", 3, "Lateral");
    }
  }

  private static void writeResources(JsonGenerator json, List<IpAddress> targets)
      throws IOException {
    json.writeArrayFieldStart("resources");
    for (IpAddress target : targets) {
      json.writeStartObject();
      json.writeStringField("uid", target.toString());
      json.writeStringField("ip", target.toString());
      writeEnum(json, "role", 1, "Target");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeObservables(JsonGenerator json, List<IpAddress> sources)
      throws IOException {
    json.writeArrayFieldStart("observables");
    for (int i = 0; i < sources.size(); i++) {
      json.writeStartObject();
      json.writeStringField("name", "evidences[" + i + "].src_endpoint.ip");
      writeEnum(json, "type", OBSERVABLE_IP, "IP Address");
      json.writeStringField("value", sources.get(i).toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** An attribute of numbered values: the number, and its caption beside it. */
  private static void writeEnum(JsonGenerator json, String field, int id, String caption)
      throws IOException {
    json.writeNumberField(field + "_id", id);
    json.writeStringField(field, caption);
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1_000L);
  }
}
