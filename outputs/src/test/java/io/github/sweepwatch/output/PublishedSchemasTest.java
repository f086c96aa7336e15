package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Alerts of every kind against the schemas that others published. */
class PublishedSchemasTest {
  private static final EcsSchema ECS = new EcsSchema();
  private static final OcsfSchema OCSF = new OcsfSchema();
  private static final StixSchema STIX = new StixSchema();

  private static List<String> errors(
      AlertEncoder encoder, Function<JsonNode, List<String>> schema) {
    List<String> errors = new ArrayList<>();
    for (ScanAlert alert : AlertSamples.all()) {
      String line = AlertSamples.encode(encoder, alert);
      schema.apply(JsonTree.parse(line)).forEach(error -> errors.add(error + " in " + line));
    }
    return errors;
  }

  @Test
  void ecs() {
    assertEquals(List.of(), errors(new EcsAlertEncoder(), ECS::errors));
  }

  @Test
  void ocsf() {
    assertEquals(List.of(), errors(new OcsfAlertEncoder(), OCSF::errors));
  }

  @Test
  void stix() {
    assertEquals(List.of(), errors(new StixAlertEncoder(), STIX::errors));
  }

  @ParameterizedTest
  @CsvSource({
    "PING_SWEEP, true, icmp, 1",
    "PING_SWEEP, false, ipv6-icmp, 58",
    "VERTICAL, true, tcp, 6",
    "BLOCK, true, '', 0"
  })
  void theOneProtocolIsNamed(ScanType type, boolean v4, String name, int number) {
    ScanAlert alert = AlertSamples.alert(type, ScanAlert.State.OPENED, v4).build();
    JsonNode ecs = JsonTree.parse(AlertSamples.encode(new EcsAlertEncoder(), alert));
    assertEquals(name, ecs.at("/network/transport").asString(""));
    JsonNode ocsf = JsonTree.parse(AlertSamples.encode(new OcsfAlertEncoder(), alert));
    JsonNode connection = ocsf.at("/evidences/0/connection_info");
    assertEquals(name, connection.path("protocol_name").asString(""));
    assertEquals(number, connection.path("protocol_num").asInt(0));
  }

  /** The checks can fail: each of these spoils a valid document at one place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecs  | /event            | kind             | \"alarm\"",
        "ecs  | /event            | category         | \"network\"",
        "ecs  | /event            | type             | [\"creation\"]",
        "ecs  | /event            | start            | \"yesterday\"",
        "ecs  | /event            | severity         | 1.5",
        "ecs  | /source           | ip               | \"10.0.0.300\"",
        "ecs  | /source           | ip_address       | \"10.0.0.3\"",
        "ecs  | /network          | direction        | \"sideways\"",
        "ecs  | /network          | transport        | 6",
        "ecs  | /ecs              | version          | null",
        "ocsf |                   | severity_id      | 7",
        "ocsf |                   | severity         | \"Grave\"",
        "ocsf |                   | time             | \"2026-11-24T00:00:00Z\"",
        "ocsf |                   | type_uid         | 200499",
        "ocsf |                   | device           | {\"hostname\":\"a\"}",
        "ocsf |                   | attacks          | []",
        "ocsf | /finding_info     | uid              | null",
        "ocsf | /finding_info     | techniques       | []",
        "ocsf | /evidences/0      | src_endpoint     | {\"port\":70000,\"ip\":\"10.0.0.3\"}",
        "ocsf | /evidences/0      | src_endpoint     | {\"zone\":\"dmz\"}",
        "ocsf | /evidences/0/connection_info | protocol_num | \"tcp\"",
        "ocsf | /evidences/0/connection_info | protocol_name | 6",
        "ocsf | /resources/0      | ip               | \"ten\"",
        "ocsf | /observables/0    | value            | \"10.0.0.3\"",
        "ocsf | /metadata/product | name             | 1",
        "stix |                   | id               | \"bundle--1\"",
        "stix | /objects/1        | spec_version     | \"3.0\"",
        "stix | /objects/2        | value            | \"10.0.0.300\"",
        "stix | /objects/3        | number_observed  | 0",
        "stix | /objects/3        | object_refs      | []",
        "stix | /objects/3        | created          | \"2026-11-24T00:00:00.0000Z\"",
        "stix | /objects/3        | created_by_ref   |"
            + " \"identity--00000000-0000-5000-8000-000000000000\"",
        "stix | /objects/4        | name             | null",
        "stix | /objects/7        | pattern          | null",
        "stix | /objects/7        | confidence       | 101"
      })
  void aSpoiltDocumentIsFound(String format, String at, String field, String value) {
    AlertEncoder encoder =
        EncoderCatalog.load(getClass().getClassLoader()).find(format).orElseThrow();
    ScanAlert alert =
        AlertSamples.alert(ScanType.VERTICAL, ScanAlert.State.ENDED, true)
            .explanation(AlertSamples.explanation(Direction.EXTERNAL, true, "a name"))
            .build();
    JsonNode document = JsonTree.parse(AlertSamples.encode(encoder, alert));
    ObjectNode object = (ObjectNode) document.at(at == null ? "" : at);
    if (value.equals("null")) {
      object.remove(field);
    } else {
      object.set(field, JsonTree.parse(value));
    }
    List<String> errors =
        switch (format) {
          case "ecs" -> ECS.errors(document);
          case "ocsf" -> OCSF.errors(document);
          default -> STIX.errors(document);
        };
    assertFalse(errors.isEmpty(), document::toString);
  }
}
