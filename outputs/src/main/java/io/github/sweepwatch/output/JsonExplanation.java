package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Criticality;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.LogonTarget;
import io.github.sweepwatch.explain.ScanScope;
import io.github.sweepwatch.explain.ScanSource;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ToolHint;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object {@code explain} of a JSON alert. What is not known is left out. */
final class JsonExplanation {
  private static final int SHARE_DIGITS = 6;

  private JsonExplanation() {}

  static void write(JsonGenerator json, Explanation explanation) throws IOException {
    json.writeStartObject();
    writeSource(json, explanation.source());
    writeScope(json, explanation.scope());
    writeLogons(json, explanation.logons());
    writeIds(json, explanation.ids());
    writeTechniques(json, explanation.techniques());
    json.writeEndObject();
  }

  private static void writeSource(JsonGenerator json, ScanSource source) throws IOException {
    json.writeStringField("direction", JsonAlertEncoder.lower(source.direction()));
    Asset asset = source.asset();
    if (asset != null) {
      json.writeObjectFieldStart("asset");
      json.writeStringField("block", asset.block().toString());
      writeText(json, "role", asset.role());
      writeText(json, "owner", asset.owner());
      Criticality criticality = asset.criticality();
      writeText(
          json, "criticality", criticality == null ? null : JsonAlertEncoder.lower(criticality));
      writeText(json, "zone", asset.zone());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("actors");
    for (Actor actor : source.actors()) {
      json.writeStartObject();
      writeText(json, "host", actor.host());
      writeText(json, "user", actor.user());
      writeText(json, "image", actor.image());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeScope(JsonGenerator json, ScanScope scope) throws IOException {
    json.writeArrayFieldStart("services");
    for (ScannedService service : scope.services()) {
      json.writeStartObject();
      json.writeNumberField("port", service.port());
      json.writeStringField("name", service.name());
      json.writeStringField("nature", JsonAlertEncoder.lower(service.nature()));
      json.writeStringField("precedes", service.nature().precedes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("services_truncated", scope.servicesTruncated());
    Coverage coverage = scope.coverage();
    if (coverage != null) {
      json.writeObjectFieldStart("coverage");
      json.writeStringField("network", coverage.network().toString());
      json.writeNumberField("hosts", coverage.hosts());
      json.writeNumberField(
          "share", new BigDecimal(coverage.share()).setScale(SHARE_DIGITS, RoundingMode.HALF_EVEN));
      json.writeEndObject();
    }
    json.writeArrayFieldStart("answered");
    for (AnsweredProbe probe : scope.answered()) {
      json.writeStartObject();
      json.writeStringField("host", probe.host().toString());
      json.writeNumberField("port", probe.port());
      writeText(json, "proto", Protocol.name(probe.protocol()));
      json.writeNumberField("proto_num", probe.protocol());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("answered_truncated", scope.answeredTruncated());
    ToolHint tool = scope.tool();
    if (tool != null) {
      json.writeObjectFieldStart("tool");
      json.writeStringField("name", tool.tool());
      json.writeStringField("reason", tool.reason());
      json.writeEndObject();
    }
  }

  private static void writeLogons(JsonGenerator json, LogonActivity logons) throws IOException {
    json.writeObjectFieldStart("logons");
    json.writeNumberField("attempts", logons.attempts());
    json.writeNumberField("failures", logons.failures());
    json.writeNumberField("successes", logons.successes());
    json.writeArrayFieldStart("accounts");
    for (String account : logons.accounts()) {
      json.writeString(account);
    }
    json.writeEndArray();
    json.writeBooleanField("accounts_truncated", logons.accountsTruncated());
    LogonEvent success = logons.firstSuccess();
    if (success != null) {
      json.writeObjectFieldStart("first_success");
      JsonAlertEncoder.writeTime(json, "time", success.timeMicros());
      json.writeStringField("source", success.source().toString());
      writeAddress(json, "target", success.target());
      writeText(json, "host", success.targetHost());
      writeText(json, "account", success.account());
      json.writeStringField("method", success.method());
      writeText(json, "sensor", success.sensor());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("targets");
    for (LogonTarget target : logons.targets()) {
      json.writeStartObject();
      writeAddress(json, "address", target.address());
      writeText(json, "host", target.host());
      json.writeBooleanField("probed", target.probed());
      json.writeNumberField("attempts", target.attempts());
      json.writeNumberField("successes", target.successes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("targets_truncated", logons.targetsTruncated());
    json.writeBooleanField("may_be_incomplete", logons.mayBeIncomplete());
    json.writeEndObject();
  }

  private static void writeIds(JsonGenerator json, IdsActivity ids) throws IOException {
    json.writeObjectFieldStart("ids");
    json.writeArrayFieldStart("findings");
    for (IdsFinding finding : ids.findings()) {
      json.writeStartObject();
      json.writeStringField("name", finding.name());
      writeText(json, "category", finding.category());
      if (finding.priority() > 0) {
        json.writeNumberField("priority", finding.priority());
      }
      json.writeNumberField("count", finding.count());
      JsonAlertEncoder.writeTime(json, "first_seen", finding.firstMicros());
      JsonAlertEncoder.writeTime(json, "last_seen", finding.lastMicros());
      writeAddress(json, "target", finding.target());
      writeText(json, "sensor", finding.sensor());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("may_be_incomplete", ids.mayBeIncomplete());
    json.writeEndObject();
  }

  private static void writeTechniques(JsonGenerator json, List<AttackTechnique> techniques)
      throws IOException {
    json.writeObjectFieldStart("attack");
    json.writeStringField("version", AttackTechnique.VERSION);
    json.writeArrayFieldStart("techniques");
    for (AttackTechnique technique : techniques) {
      json.writeStartObject();
      json.writeStringField("id", technique.id());
      json.writeStringField("name", technique.title());
      json.writeStringField("tactic_id", technique.tacticId());
      json.writeStringField("tactic", technique.tactic());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private static void writeAddress(JsonGenerator json, String field, @Nullable IpAddress value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value.toString());
    }
  }
}
