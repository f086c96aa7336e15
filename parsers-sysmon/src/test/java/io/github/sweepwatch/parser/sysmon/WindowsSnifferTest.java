package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsSnifferTest {
  private final WindowsParserProvider provider = new WindowsParserProvider();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "sysmon", "filtering", "logons", "json", "text"})
  void knowsEachCase(String file) {
    for (CasesTest.Case each : CasesTest.cases(file + ".txt")) {
      if (!each.title().equals("not ours") && !each.raw().contains("\"EventID\": \"x\"")) {
        assertTrue(provider.sniff(bytes(each.raw())) >= 85, each.title());
        assertTrue(provider.sniff(bytes("\n# noise\n\nnoise\n" + each.raw())) >= 85, each.title());
      }
    }
  }

  @Test
  void knowsBinaryLogs() {
    assertEquals(100, provider.sniff(EvtxFramingTest.writer(1).file()));
    assertEquals(100, provider.sniff(bytes("ElfFile\0")));
    assertEquals(0, provider.sniff(bytes("ElfFil")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "#fields\tts\tuid\n",
        "{\"event_type\":\"flow\",\"src_ip\":\"192.0.2.1\"}\n",
        "<13>Nov 24 02:05:01 fw kernel: IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP\n",
        "<?xml version=\"1.0\"?><nmaprun></nmaprun>\n",
        "CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:5156|x|3|src=a\n",
        "11/24/2026 02:05:01 PM something else\n"
      })
  void leavesOthersAlone(String head) {
    assertEquals(0, provider.sniff(bytes(head)));
    byte[] record = bytes(head);
    assertFalse(provider.claims(new RecordSlice().at(record, 0, record.length, 1)));
  }

  @Test
  void claimsMarkedRecords() {
    byte[] record = bytes("<13>Nov 24 02:05:01 h x: {\"SourceName\":\"Microsoft-Windows-Sysmon\"}");
    assertTrue(provider.claims(new RecordSlice().at(record, 0, record.length, 1)));
  }

  @Test
  void isFoundAndNamed() {
    assertTrue(
        ServiceLoader.load(ParserProvider.class).stream()
            .anyMatch(each -> each.type() == WindowsParserProvider.class));
    assertEquals("windows", provider.name());
    assertEquals(4, provider.formats().size());
  }
}
