package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveSnifferTest {
  private static final SuricataParserProvider PROVIDER = new SuricataParserProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"x\",\"flow_id\":1,\"event_type\":\"dns\",\"src_ip\":\"1.1.1.1\"",
        "{\"event_type\" : \"stats\", \"stats\":{}}",
        "{\"event_type\":\"alert\",\"in_iface\":\"x\"}",
        "  @cee: {\"dest_ip\":\"x\",\"event_type\":\"flow\"}",
        "{\"firewall_name\":\"f\",\"event\":{\"event_type\":\"flow\",\"dest_ip\":\"\"}}",
        "{\"message\":\"{\\\"event_type\\\":\\\"flow\\\",\\\"dest_ip\\\":\\\"x\\\"}\"}"
      })
  void knowsItsRecords(String line) {
    assertEquals(90, score(line));
    assertEquals(90, score("noise\n\n" + line + "\nnoise"));
    assertEquals(true, claims(line));
  }

  @Test
  void knowsListsOnOneLine() {
    assertEquals(90, score("[{\"event_type\":\"flow\",\"flow_id\":1}]"));
    assertEquals(90, score("{\"events\":[{\"event_type\":\"flow\",\"flow_id\":1}]}"));
    assertEquals(true, claims("[ {\"event_type\":\"flow\",\"flow_id\":1}]"));
  }

  @Test
  void knowsRecordsOverSeveralLines() {
    assertEquals(80, score("{\n  \"event_type\": \"flow\",\n  \"dest_ip\": \"x\"\n}\n"));
    assertEquals(80, score("[\n {\n  \"event_type\": \"flow\",\n  \"dest_ip\": \"x\"\n"));
    assertEquals(0, score("{\n  \"event_type\": \"flow\"\n}\n"));
    assertEquals(0, score("x {\n  \"event_type\": \"flow\",\n  \"dest_ip\": \"x\"\n}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "@cee:",
        "{}",
        "{\"event_type\":\"audit\",\"user\":\"x\"}",
        "{\"flow_id\":1,\"dest_ip\":\"x\"}",
        "\"event_type\" \"flow_id\""
      })
  void leavesOthersAlone(String line) {
    assertEquals(0, score(line));
    assertEquals(false, claims(line));
  }

  @Test
  void saysWhatItReads() {
    assertEquals("suricata", PROVIDER.name());
    assertEquals(3, PROVIDER.formats().size());
  }

  private static int score(String head) {
    return PROVIDER.sniff(head.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean claims(String line) {
    byte[] bytes = ("<" + line + ">").getBytes(StandardCharsets.UTF_8);
    return PROVIDER.claims(new RecordSlice().at(bytes, 1, bytes.length - 1, 1));
  }
}
