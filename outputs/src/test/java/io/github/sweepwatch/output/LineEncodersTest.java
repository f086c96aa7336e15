package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formats that have no schema: what stands where. */
class LineEncodersTest {
  private static ScanAlert.Builder sweep(boolean v4) {
    return AlertSamples.alert(ScanType.HORIZONTAL, ScanAlert.State.ENDED, v4);
  }

  private static Map<String, String> cef(ScanAlert alert) {
    return CefLine.parse(AlertSamples.encode(new CefAlertEncoder(), alert)).extension();
  }

  @Test
  void cefIsALineOfKeysOfTheDictionary() {
    assertEquals(
        "CEF:0|Sweepwatch|Sweepwatch|"
            + Product.VERSION
            + "|vertical|Vertical scan|8|rt=1795486079310 start=1795486073310 end=1795486079310"
            + " externalId=00ff00ff00ff00ff cat=scan cnt=40 src=198.51.100.0 dst=10.0.0.8 proto=TCP"
            + " cn1=1 cn1Label=targets cn2=15 cn2Label=services cn3=39 cn3Label=failed connections"
            + " flexNumber1=83 flexNumber1Label=confidence flexNumber2=1 flexNumber2Label=sequence"
            + " flexString1=opened flexString1Label=state cs2=22;8000-8013 cs2Label=ports"
            + " cs3=10.0.0.8 cs3Label=targets cs4=T1595.002 cs4Label=ATT&CK cs5=fw-1"
            + " cs5Label=sensors dvchost=fw-1 reason=hosts-failed: 20 in 300 s (limit"
            + " 20);pairs-failed: 40 in 300 s (limit 25) msg=Vertical scan by 198.51.100.0: 1 host,"
            + " 15 services (tcp 22, 8000-8013), 40 connections, 39 failed\n",
        AlertSamples.encode(
            new CefAlertEncoder(),
            AlertSamples.alert(ScanType.VERTICAL, ScanAlert.State.OPENED, true).build()));
  }

  @Test
  void cefHasFieldsOfItsOwnForIpv6() {
    Map<String, String> cef =
        cef(AlertSamples.alert(ScanType.VERTICAL, ScanAlert.State.OPENED, false).build());
    assertEquals("2001:db8::", cef.get("c6a2"));
    assertEquals("Source IPv6 Address", cef.get("c6a2Label"));
    assertEquals("fd00::8", cef.get("c6a3"));
    assertEquals("Destination IPv6 Address", cef.get("c6a3Label"));
    assertTrue(!cef.containsKey("src") && !cef.containsKey("dst"), cef::toString);
  }

  @Test
  void cefKeepsWithinTheLengthsOfTheDictionary() {
    Map<String, String> cef =
        cef(
            AlertSamples.alert(ScanType.DISTRIBUTED_VERTICAL, ScanAlert.State.OPENED, false)
                .sources(AlertSamples.addresses("2001:db8:1:2:3:4:5:0", 1_000))
                .connections(1L << 40)
                .sensors(List.of("s".repeat(5_000)))
                .explanation(AlertSamples.explanation(Direction.EXTERNAL, true, "x".repeat(5_000)))
                .build());
    assertEquals("2147483647", cef.get("cnt"));
    assertTrue(cef.getOrDefault("cs1", "").endsWith(" more"), cef::toString);
    cef.forEach(
        (key, value) -> {
          int most = key.matches("cs[1-6]") ? 4_000 : key.equals("dvchost") ? 100 : 1_023;
          assertTrue(value.length() <= most, () -> key + " has " + value.length());
        });
  }

  @Test
  void cefTellsWhoAndWhetherItGotIn() {
    Map<String, String> cef =
        cef(
            sweep(true)
                .muted(true)
                .authorisedBy("scanners")
                .explanation(AlertSamples.explanation(Direction.OUTBOUND, true, "root"))
                .build());
    assertEquals("445", cef.get("dpt"));
    assertEquals("TCP", cef.get("proto"));
    assertEquals("idle", cef.get("flexString2"));
    assertEquals("scanners", cef.get("cs6"));
    assertEquals("true", cef.get("SweepwatchMuted"));
    assertEquals("1", cef.get("deviceDirection"));
    assertEquals(
        List.of("root", "root", "root", "root", "root"),
        List.of(
            cef.get("shost"),
            cef.get("suser"),
            cef.get("sproc"),
            cef.get("duser"),
            cef.get("dhost")));
    assertEquals("10.0.0.9:445/tcp;10.0.0.9/icmp", cef.get("SweepwatchAnswered"));
    assertEquals("7", cef.get("SweepwatchLogons"));
    assertTrue(
        cef.getOrDefault("msg", "").contains("; logged on as root to root by root; muted"),
        cef::toString);
  }

  @Test
  void cefListsProtocolsWhereThereAreSeveral() {
    Map<String, String> cef =
        cef(AlertSamples.alert(ScanType.BLOCK, ScanAlert.State.OPENED, true).build());
    assertEquals("tcp;udp;253", cef.get("SweepwatchProtocols"));
    assertTrue(!cef.containsKey("proto"), cef::toString);
  }

  @Test
  void csvHasALineOfNamesAndALineAnAlert() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvAlertEncoder encoder = new CsvAlertEncoder();
    encoder.begin(out);
    encoder.encode(sweep(true).build(), out);
    encoder.encode(
        sweep(false)
            .explanation(AlertSamples.explanation(Direction.INTERNAL, false, "=1+1"))
            .build(),
        out);
    List<NamedCsvRecord> records =
        CsvReader.builder().ofNamedCsvRecord(out.toString(StandardCharsets.UTF_8)).stream()
            .toList();
    assertEquals(2, records.size());
    Map<String, String> plain = records.get(0).getFieldsAsMap();
    assertEquals("2026-11-24T02:07:53.310489Z", plain.get("first_seen"));
    assertEquals("idle", plain.get("end_reason"));
    assertEquals("445", plain.get("ports"));
    assertEquals("tcp", plain.get("protocols"));
    assertEquals("hosts-failed 20/20 in 300 s;pairs-failed 40/25 in 300 s", plain.get("reasons"));
    assertEquals("", plain.get("direction"));
    Map<String, String> explained = records.get(1).getFieldsAsMap();
    assertEquals("2001:db8::", explained.get("sources"));
    assertEquals("fw-1;zeek", explained.get("sensors"));
    assertEquals("internal", explained.get("direction"));
    assertEquals("'=1+1", explained.get("users"));
    assertEquals("[fd00::9]:445/tcp;fd00::9/ipv6-icmp", explained.get("answered"));
    assertEquals("high", explained.get("criticality"));
  }
}
