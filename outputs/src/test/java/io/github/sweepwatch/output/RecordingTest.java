package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.read.EventReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * All alerts of a whole log, in every format: each must be valid. The log is the sample, or the one
 * that the system property {@code sweepwatch.recording} names.
 */
class RecordingTest {
  private static final List<ScanAlert> ALERTS = new ArrayList<>();

  @BeforeAll
  static void detect() throws IOException {
    Path log = Path.of(System.getProperty("sweepwatch.recording", "../samples/zeek-conn.log.gz"));
    ScanDetector detector = ScanDetector.builder().secretKey(1, 2).onAlert(ALERTS::add).build();
    try (EventReader reader = EventReader.open(log)) {
      reader.forEach(detector);
    }
    detector.finish();
    assertTrue(ALERTS.size() > 20, ALERTS.size() + " alerts");
  }

  private static void assertAllValid(
      AlertEncoder encoder, Function<JsonNode, List<String>> errors) {
    int valid = 0;
    List<String> wrong = new ArrayList<>();
    for (ScanAlert alert : ALERTS) {
      String line = AlertSamples.encode(encoder, alert);
      assertEquals(1, line.lines().count());
      List<String> found = errors.apply(JsonTree.parse(line));
      valid += found.isEmpty() ? 1 : 0;
      found.forEach(error -> wrong.add(error + " in " + line));
    }
    assertEquals(List.of(), wrong);
    System.out.printf("%s: %d of %d alerts valid%n", encoder.name(), valid, ALERTS.size());
  }

  @Test
  void json() {
    assertAllValid(new JsonAlertEncoder(), document -> List.of());
  }

  @Test
  void ecs() {
    assertAllValid(new EcsAlertEncoder(), new EcsSchema()::errors);
  }

  @Test
  void ocsf() {
    assertAllValid(new OcsfAlertEncoder(), new OcsfSchema()::errors);
  }

  @Test
  void stixAndItsVersionsRise() {
    StixSchema schema = new StixSchema();
    Map<String, String> versions = new HashMap<>();
    Map<String, String> created = new HashMap<>();
    assertAllValid(
        new StixAlertEncoder(),
        bundle -> {
          List<String> errors = new ArrayList<>(schema.errors(bundle));
          for (JsonNode object : bundle.path("objects")) {
            String id = object.path("id").asString();
            String modified = object.path("modified").asString("");
            String birth = object.path("created").asString("");
            String before = versions.put(id, modified);
            boolean grows = id.matches("(indicator|sighting|observed-data)--.*");
            if (before != null
                && (grows ? before.compareTo(modified) >= 0 : !before.equals(modified))) {
              errors.add(id + " modified " + before + " and then " + modified);
            }
            String first = created.putIfAbsent(id, birth);
            if (first != null && !first.equals(birth)) {
              errors.add(id + " created " + first + " and " + birth);
            }
          }
          return errors;
        });
  }

  @Test
  void cef() {
    for (ScanAlert alert : ALERTS) {
      CefLine line = CefLine.parse(AlertSamples.encode(new CefAlertEncoder(), alert));
      assertEquals(alert.id(), line.extension().get("externalId"));
    }
    System.out.printf("cef: %d of %d alerts valid%n", ALERTS.size(), ALERTS.size());
  }

  @Test
  void csv() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvAlertEncoder encoder = new CsvAlertEncoder();
    encoder.begin(out);
    for (ScanAlert alert : ALERTS) {
      encoder.encode(alert, out);
    }
    // As many cells in each line as there are names, or the reader throws.
    List<String> ids =
        CsvReader.builder().ofNamedCsvRecord(out.toString(StandardCharsets.UTF_8)).stream()
            .map(record -> record.getField("id"))
            .toList();
    assertEquals(ALERTS.stream().map(ScanAlert::id).toList(), ids);
    System.out.printf("csv: %d of %d alerts valid%n", ids.size(), ALERTS.size());
  }
}
