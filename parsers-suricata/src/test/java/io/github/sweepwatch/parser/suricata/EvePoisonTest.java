package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvePoisonTest {
  private static final String FLOW =
      "{\"timestamp\":\"2026-03-01T10:00:09.500000+0000\",\"flow_id\":1,\"event_type\":\"flow\","
          + "\"src_ip\":\"198.51.100.7\",\"src_port\":50000,\"dest_ip\":\"192.0.2.10\","
          + "\"dest_port\":22,\"proto\":\"TCP\",\"flow\":{\"pkts_toserver\":1,\"pkts_toclient\":0,"
          + "\"start\":\"2026-03-01T10:00:00.250000+0000\",\"state\":\"n\\u0065w\"},"
          + "\"tcp\":{\"tcp_flags_ts\":\"02\",\"tcp_flags_tc\":\"00\"}}";

  @Test
  void aRecordThatIsCutAnywhereIsRejected() {
    byte[] whole = FLOW.getBytes(StandardCharsets.UTF_8);
    for (int end = 1; end < whole.length; end++) {
      Parsed parsed = new Parsed();
      parsed.parse(whole, 0, end);
      assertEquals(1, parsed.finish().size(), FLOW.substring(0, end));
      assertTrue(parsed.results.get(0).startsWith("rejected: "));
    }
  }

  @Test
  void aRecordWithOneByteBrokenGivesAtMostOneResult() {
    byte[] whole = FLOW.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < whole.length; i++) {
      for (int broken : new int[] {0, 0xff, '"', '}', '\\', '9'}) {
        byte[] line = whole.clone();
        line[i] = (byte) broken;
        Parsed parsed = new Parsed();
        parsed.parse(line);
        assertTrue(parsed.finish().size() <= 1);
      }
    }
  }

  @Test
  void deepNestingIsRejected() {
    String deep = FLOW.substring(0, FLOW.length() - 1) + ",\"x\":" + "[".repeat(100_000) + "]";
    assertTrue(one(deep).contains("nested deeper than"));
    assertTrue(one("{\"flow\":".repeat(100_000)).contains("nested deeper than"));
  }

  @Test
  void aLineOfTenMegabytesIsReadOrRejected() {
    String name = "x".repeat(10_000_000);
    assertTrue(one(FLOW.replace("198.51.100.7", name)).startsWith("rejected: src_ip is no IP"));
    assertTrue(one(FLOW.replace("TCP", name)).length() < 200);
    assertTrue(
        one(FLOW.substring(0, FLOW.length() - 1) + ",\"host\":\"" + name + "\"}").endsWith("xxx"));
    assertTrue(one("{\"message\":\"" + "\\\"".repeat(5_000_000) + "{\"}").isEmpty());
  }

  @Test
  void otherEncodingsAreRejected() {
    Parsed parsed = new Parsed();
    parsed.parse(FLOW.getBytes(StandardCharsets.UTF_16LE));
    parsed.parse(FLOW.getBytes(StandardCharsets.UTF_16BE));
    parsed.parse(new byte[1000]);
    assertEquals(3, parsed.results.size());
    parsed.results.forEach(result -> assertTrue(result.startsWith("rejected: ")));
  }

  @Test
  void manyFlowsDoNotPileUp() {
    Parsed parsed = new Parsed();
    String alert = FLOW.replace("event_type\":\"flow", "event_type\":\"alert");
    for (int i = 0; i < 100_000; i++) {
      parsed.parse(alert.replace("flow_id\":1", "flow_id\":" + i).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(100_000 - HeldAlerts.MAX_HELD, parsed.results.size());
    // The last ones are still known, the first ones are not.
    parsed.parse(alert.replace("flow_id\":1", "flow_id\":99999").getBytes(StandardCharsets.UTF_8));
    assertEquals(100_000 - HeldAlerts.MAX_HELD, parsed.results.size());
    parsed.parse(alert.replace("flow_id\":1", "flow_id\":0").getBytes(StandardCharsets.UTF_8));
    assertEquals(100_001, parsed.finish().size());
  }

  private static String one(String line) {
    return String.join("\n", Parsed.of(List.of(line)));
  }
}
