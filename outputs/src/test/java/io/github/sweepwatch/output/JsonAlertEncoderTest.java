package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.IpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonAlertEncoderTest {
  private final JsonAlertEncoder encoder = new JsonAlertEncoder();

  private static ScanAlert.Builder opened() {
    return ScanAlert.builder()
        .id("00ff00ff00ff00ff")
        .seq(1)
        .state(ScanAlert.State.OPENED)
        .type(ScanType.PING_SWEEP)
        .sources(List.of(IpAddress.parse("2001:db8::7")))
        .detectedAtMicros(1_795_486_073_310_489L)
        .firstSeenMicros(1_795_486_073_000_000L)
        .lastSeenMicros(1_795_486_073_310_489L)
        .uniqueTargets(20)
        .connections(21)
        .failed(20)
        .protocols(List.of(1, 253))
        .targets(List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2")))
        .severity(Severity.MEDIUM)
        .confidence(80)
        .technique("T1595.001")
        .tactic("TA0043")
        .reasons(List.of(new Reason("ping-sweep", 20, 20, 90)))
        .sensors(List.of("a", "b"));
  }

  private String encode(ScanAlert alert) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.encode(alert, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesAnOpenedIncident() throws IOException {
    assertEquals(
        "{\"schema\":1,\"id\":\"00ff00ff00ff00ff\",\"seq\":1,\"state\":\"opened\",\"type\":\"ping_sweep\",\"sources\":[\"2001:db8::7\"],\"detected_at\":1795486073.310489,\"first_seen\":1795486073.000000,\"last_seen\":1795486073.310489,\"unique_targets\":20,\"unique_ports\":0,\"connections\":21,\"failed\":20,\"estimated\":false,\"relative_error\":0.0000,\"ports\":{\"ranges\":[],\"truncated\":false},\"protocols\":[\"icmp\",\"253\"],\"targets\":[\"10.0.0.1\",\"10.0.0.2\"],\"severity\":\"medium\",\"confidence\":80,\"technique\":\"T1595.001\",\"tactic\":\"TA0043\",\"reasons\":[{\"rule\":\"ping-sweep\",\"count\":20,\"threshold\":20,\"window_s\":90}],\"sensors\":[\"a\",\"b\"],\"muted\":false,\"authorised\":false}\n",
        encode(opened().build()));
  }

  @Test
  void writesAnEndedAuthorisedIncident() throws IOException {
    String json =
        encode(
            opened()
                .state(ScanAlert.State.ENDED)
                .type(ScanType.DISTRIBUTED_VERTICAL)
                .endedAtMicros(1)
                .endReason(EndReason.END_OF_INPUT)
                .estimated(true)
                .relativeError(0.04063)
                .ports(List.of(new PortRange(22, 22), new PortRange(8000, 8080)))
                .portsTruncated(true)
                .muted(true)
                .authorisedBy("10.20.0.99/32")
                .build());
    assertTrue(json.contains("\"state\":\"ended\",\"type\":\"distributed_vertical\""), json);
    assertTrue(json.contains("\"ended_at\":0.000001,\"end_reason\":\"end_of_input\""), json);
    assertTrue(json.contains("\"estimated\":true,\"relative_error\":0.0406"), json);
    assertTrue(
        json.contains("\"ports\":{\"ranges\":[\"22\",\"8000-8080\"],\"truncated\":true}"), json);
    assertTrue(
        json.endsWith("\"muted\":true,\"authorised\":true,\"authorised_by\":\"10.20.0.99/32\"}\n"),
        json);
  }

  @Test
  void leavesTheStreamOpenAndUnflushed() throws IOException {
    class Watched extends ByteArrayOutputStream {
      private boolean touched;

      @Override
      public void flush() {
        touched = true;
      }

      @Override
      public void close() {
        touched = true;
      }
    }
    Watched out = new Watched();
    encoder.encode(opened().build(), out);
    encoder.encode(opened().build(), out);
    assertFalse(out.touched);
    assertEquals(2, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void passesOnWhatTheStreamThrows() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space");
          }
        };
    assertThrows(IOException.class, () -> encoder.encode(opened().build(), full));
  }

  @Test
  void isFoundByName() {
    EncoderCatalog catalog = EncoderCatalog.load(getClass().getClassLoader());
    assertEquals(List.of("json", "ecs", "ocsf", "cef", "stix", "csv"), catalog.names());
    assertEquals(JsonAlertEncoder.class, catalog.find("json").orElseThrow().getClass());
    assertTrue(catalog.find("JSON").isEmpty());
  }
}
