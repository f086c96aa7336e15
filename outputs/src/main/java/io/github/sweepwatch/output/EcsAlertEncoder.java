package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.LogonTarget;
import io.github.sweepwatch.explain.ToolHint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One document of the Elastic Common Schema a line ({@code ecs}), ready for a data stream: fields
 * of ECS where it has one, and everything that {@link JsonAlertEncoder} writes in the object {@code
 * sweepwatch}. Escaped as JSON alerts are.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
 */
public final class EcsAlertEncoder implements AlertEncoder {
  /** The version of ECS that the fields are those of. */
  public static final String ECS_VERSION = "9.0.0";

  /** An encoder. */
  public EcsAlertEncoder() {}

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    JsonLine.write(
        out,
        json -> {
          json.writeStringField("@timestamp", IsoTime.micros(AlertFacts.changedMicros(alert)));
          json.writeStringField("message", AlertText.summary(alert));
          json.writeObjectFieldStart("ecs");
          json.writeStringField("version", ECS_VERSION);
          json.writeEndObject();
          writeEvent(json, alert);
          writeRule(json, alert.reasons());
          writeEndpoint(json, "source", AlertFacts.onlySource(alert), -1);
          writeEndpoint(
              json, "destination", AlertFacts.onlyTarget(alert), AlertFacts.onlyPort(alert));
          writeNetwork(json, alert);
          writeActor(json, alert.explanation());
          writeThreat(json, alert);
          writeRelated(json, alert);
          writeObserver(json, alert.sensors());
          json.writeObjectFieldStart("sweepwatch");
          JsonAlertEncoder.writeMembers(json, alert);
          json.writeEndObject();
        });
  }

  private static void writeEvent(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeObjectFieldStart("event");
    json.writeStringField("kind", "alert");
    JsonLine.strings(json, "category", List.of("network", "intrusion_detection"));
    JsonLine.strings(json, "type", List.of("info"));
    json.writeStringField("action", "scan-" + JsonAlertEncoder.lower(alert.state()));
    json.writeStringField("code", JsonAlertEncoder.lower(alert.type()));
    json.writeStringField("id", alert.id() + "-" + alert.seq());
    json.writeNumberField("sequence", alert.seq());
    json.writeStringField("module", "sweepwatch");
    json.writeStringField("dataset", "sweepwatch.alert");
    json.writeStringField("provider", "sweepwatch");
    json.writeStringField("reason", String.join("; ", AlertText.reasons(alert)));
    json.writeNumberField("severity", severity(alert.severity()));
    json.writeStringField("start", IsoTime.micros(alert.firstSeenMicros()));
    json.writeStringField("end", IsoTime.micros(alert.lastSeenMicros()));
    json.writeNumberField("duration", (alert.lastSeenMicros() - alert.firstSeenMicros()) * 1_000);
    json.writeEndObject();
  }

  /** The figures that Elastic's own detection rules give these words. */
  private static int severity(Severity severity) {
    return switch (severity) {
      case LOW -> 21;
      case MEDIUM -> 47;
      case HIGH -> 73;
      case CRITICAL -> 99;
    };
  }

  private static void writeRule(JsonGenerator json, List<Reason> reasons) throws IOException {
    if (!reasons.isEmpty()) {
      json.writeObjectFieldStart("rule");
      json.writeStringField("name", reasons.get(0).rule());
      json.writeEndObject();
    }
  }

  private static void writeEndpoint(
      JsonGenerator json, String field, @Nullable IpAddress address, int port) throws IOException {
    if (address == null && port < 0) {
      return;
    }
    json.writeObjectFieldStart(field);
    if (address != null) {
      json.writeStringField("address", address.toString());
      json.writeStringField("ip", address.toString());
    }
    if (port >= 0) {
      json.writeNumberField("port", port);
    }
    json.writeEndObject();
  }

  private static void writeNetwork(JsonGenerator json, ScanAlert alert) throws IOException {
    json.writeObjectFieldStart("network");
    boolean v4 = alert.sources().stream().anyMatch(IpAddress::isIpv4);
    boolean v6 = alert.sources().stream().anyMatch(source -> !source.isIpv4());
    if (v4 != v6) {
      json.writeStringField("type", v4 ? "ipv4" : "ipv6");
    }
    JsonLine.string(json, "transport", Protocol.name(AlertFacts.onlyProtocol(alert)));
    Explanation explanation = alert.explanation();
    if (explanation != null) {
      json.writeStringField("direction", direction(explanation.source().direction()));
    }
    json.writeEndObject();
  }

  private static String direction(Direction direction) {
    return switch (direction) {
      case EXTERNAL -> "inbound";
      case INTERNAL -> "internal";
      case OUTBOUND -> "outbound";
    };
  }

  /** Where one actor is known; of several, {@code related} has the names. */
  private static void writeActor(JsonGenerator json, @Nullable Explanation explanation)
      throws IOException {
    List<Actor> actors = explanation == null ? List.of() : explanation.source().actors();
    if (actors.size() != 1) {
      return;
    }
    Actor actor = actors.get(0);
    writeName(json, "host", actor.host());
    writeName(json, "user", actor.user());
    String image = actor.image();
    if (image != null) {
      json.writeObjectFieldStart("process");
      json.writeStringField("executable", image);
      json.writeStringField("name", image.substring(lastSeparator(image) + 1));
      json.writeEndObject();
    }
  }

  private static int lastSeparator(String path) {
    return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  }

  private static void writeName(JsonGenerator json, String field, @Nullable String name)
      throws IOException {
    if (name != null) {
      json.writeObjectFieldStart(field);
      json.writeStringField("name", name);
      json.writeEndObject();
    }
  }

  private static void writeThreat(JsonGenerator json, ScanAlert alert) throws IOException {
    List<AttackTechnique> techniques = Attack.techniques(alert);
    Explanation explanation = alert.explanation();
    ToolHint tool = explanation == null ? null : explanation.scope().tool();
    if (techniques.isEmpty() && tool == null) {
      return;
    }
    json.writeObjectFieldStart("threat");
    if (!techniques.isEmpty()) {
      json.writeStringField("framework", Attack.FRAMEWORK);
      json.writeObjectFieldStart("tactic");
      JsonLine.strings(json, "id", distinct(techniques.stream().map(AttackTechnique::tacticId)));
      JsonLine.strings(json, "name", distinct(techniques.stream().map(AttackTechnique::tactic)));
      JsonLine.strings(json, "reference", distinct(techniques.stream().map(Attack::tacticUrl)));
      json.writeEndObject();
      json.writeObjectFieldStart("technique");
      JsonLine.strings(json, "id", distinct(techniques.stream().map(Attack::parentId)));
      JsonLine.strings(json, "name", distinct(techniques.stream().map(Attack::parentName)));
      JsonLine.strings(
          json,
          "reference",
          distinct(techniques.stream().map(Attack::parentId).map(Attack::techniqueUrl)));
      List<AttackTechnique> parts = techniques.stream().filter(Attack::isSubTechnique).toList();
      if (!parts.isEmpty()) {
        json.writeObjectFieldStart("subtechnique");
        JsonLine.strings(json, "id", parts.stream().map(AttackTechnique::id).toList());
        JsonLine.strings(json, "name", parts.stream().map(Attack::ownName).toList());
        JsonLine.strings(
            json,
            "reference",
            parts.stream().map(AttackTechnique::id).map(Attack::techniqueUrl).toList());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    if (tool != null) {
      json.writeObjectFieldStart("software");
      json.writeStringField("name", tool.tool());
      json.writeStringField("type", "Tool");
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static List<String> distinct(Stream<String> texts) {
    return texts.distinct().toList();
  }

  private static void writeRelated(JsonGenerator json, ScanAlert alert) throws IOException {
    Set<IpAddress> addresses = new LinkedHashSet<>(alert.sources());
    addresses.addAll(alert.targets());
    Set<String> hosts = new LinkedHashSet<>();
    Set<String> users = new LinkedHashSet<>();
    Explanation explanation = alert.explanation();
    if (explanation != null) {
      explanation.scope().answered().stream().map(AnsweredProbe::host).forEach(addresses::add);
      for (Actor actor : explanation.source().actors()) {
        addIfKnown(hosts, actor.host());
        addIfKnown(users, actor.user());
      }
      for (LogonTarget target : explanation.logons().targets()) {
        addIfKnown(addresses, target.address());
        addIfKnown(hosts, target.host());
      }
      users.addAll(explanation.logons().accounts());
    }
    json.writeObjectFieldStart("related");
    JsonLine.addresses(json, "ip", List.copyOf(addresses));
    if (!hosts.isEmpty()) {
      JsonLine.strings(json, "hosts", hosts);
    }
    if (!users.isEmpty()) {
      JsonLine.strings(json, "user", users);
    }
    json.writeEndObject();
  }

  private static <T> void addIfKnown(Collection<T> to, @Nullable T value) {
    if (value != null) {
      to.add(value);
    }
  }

  private static void writeObserver(JsonGenerator json, List<String> sensors) throws IOException {
    json.writeObjectFieldStart("observer");
    json.writeStringField("vendor", Product.NAME);
    json.writeStringField("product", Product.NAME);
    json.writeStringField("version", Product.VERSION);
    json.writeStringField("type", "ids");
    if (sensors.size() == 1) {
      json.writeStringField("name", sensors.get(0));
    }
    json.writeEndObject();
  }
}
