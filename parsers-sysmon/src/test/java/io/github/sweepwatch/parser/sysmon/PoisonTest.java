package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that means harm is rejected with its line and a reason, and what follows is read. */
class PoisonTest {
  private static final String GOOD = first("xml", "single quotes");
  private static final String JSON = first("json", "Logstash, flat");

  private static String first(String file, String title) {
    return CasesTest.cases(file + ".txt").stream()
        .filter(each -> each.title().equals(title))
        .findFirst()
        .orElseThrow()
        .raw()
        .strip();
  }

  private static void assertNoFailure(Parsed parsed) {
    for (String reason : parsed.rejections) {
      assertFalse(reason.startsWith("parser windows failed"), reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "sysmon", "filtering", "logons", "json", "text"})
  void cutAtEveryByte(String file) {
    for (CasesTest.Case each : CasesTest.cases(file + ".txt")) {
      byte[] raw = each.raw().getBytes(StandardCharsets.UTF_8);
      int step = Math.max(1, raw.length / 400);
      for (int length = 0; length < raw.length; length += step) {
        assertNoFailure(Parsed.of(Arrays.copyOf(raw, length)));
      }
    }
  }

  @Test
  void eachByteOfAnEventChanged() {
    for (String record : List.of(GOOD, JSON)) {
      byte[] raw = (record + "\n").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < raw.length; i++) {
        for (byte wrong : new byte[] {0, '<', '"', (byte) 0xff, '\n', '&', ']'}) {
          byte[] changed = raw.clone();
          changed[i] = wrong;
          assertNoFailure(Parsed.of(changed));
        }
      }
    }
  }

  @Test
  void cutEventsAreRejectedWhereTheyBegin() {
    Parsed parsed = Parsed.of(GOOD, GOOD.substring(0, 700), GOOD);
    assertEquals(2, parsed.connections.size());
    assertEquals("2 rejected: the event has no end", parsed.lines.get(1));
    parsed = Parsed.of("Nov 24 02:05:01 h x: " + GOOD.substring(0, 700), "<13>x: " + GOOD);
    assertEquals(1, parsed.connections.size());
    assertEquals("1 rejected: the event ends too early: another begins", parsed.lines.get(0));
    parsed = Parsed.of("Nov 24 02:05:01 h x: " + GOOD.substring(0, 700), "more");
    assertEquals(List.of("1 rejected: the event ends too early"), parsed.lines);
    parsed = Parsed.of("x: " + GOOD.substring(0, 700) + GOOD);
    assertEquals("1 rejected: the event ends too early: another begins", parsed.lines.get(0));
    assertEquals(1, parsed.connections.size());
  }

  @Test
  void longerThanTheLimit() {
    String blanks = " ".repeat(11 << 20);
    Parsed parsed = Parsed.of(GOOD.replace("<EventData>", "<EventData>" + blanks), GOOD);
    assertEquals(
        "1 rejected: longer than the limit of 1048576 bytes an event", parsed.lines.get(0));
    assertEquals(1, parsed.connections.size());
    parsed =
        Parsed.of(JSON, JSON.replace("\"EventID\"", "\"x\":\"" + blanks + "\",\"EventID\""), JSON);
    assertEquals(
        "2 rejected: longer than the limit of 1048576 bytes a record", parsed.lines.get(1));
    assertEquals(2, parsed.connections.size());
    parsed = Parsed.of("[", JSON.replace("{", "{" + blanks) + ",", JSON, "]");
    assertEquals(
        "2 rejected: longer than the limit of 1048576 bytes an event", parsed.lines.get(0));
    assertEquals(1, parsed.connections.size());
    String line = " ".repeat(500_000);
    parsed =
        Parsed.of(
            "<13>x: " + GOOD.substring(0, 700), line + "-", line + "-", line + "-", "<13>" + GOOD);
    assertEquals(
        "1 rejected: the event is longer than the limit of 1048576 bytes", parsed.lines.get(0));
    assertEquals(1, parsed.connections.size());
  }

  @Test
  void nesting() {
    String deep = "<a>".repeat(100_000);
    Parsed parsed = Parsed.of(GOOD.replace("<EventData>", deep + "<EventData>"), GOOD);
    assertTrue(parsed.rejections.get(0).contains("nested deeper than 64"), parsed.lines::toString);
    assertEquals(1, parsed.connections.size());
    for (String open : List.of("[", "{\"EventData\":", "{\"x\":", "{\"Data\":[")) {
      parsed = Parsed.of(JSON, "{\"a\":" + open.repeat(10_000), JSON);
      assertTrue(parsed.rejections.get(0).contains("nested deeper than 64"), open);
      assertEquals(2, parsed.connections.size());
    }
  }

  @Test
  void entityBomb() {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
    Parsed parsed = Parsed.of(bomb + GOOD.replace("198.51.100.7", "&b;"));
    assertEquals(List.of("1 rejected: destination address is no IP address: '&b;'"), parsed.lines);
    parsed = Parsed.of(GOOD.replace("<System>", "<!DOCTYPE b [<!ENTITY a \"a\">]><System>"));
    assertTrue(parsed.rejections.get(0).contains("document type"), parsed.lines::toString);
  }

  @Test
  void referencesThatStandForNothing() {
    for (String wrong :
        List.of("&#0;", "&#xd800;", "&#1114112;", "&#x;", "&#99999999999;", "&", "&lt")) {
      Parsed parsed = Parsed.of(GOOD.replace("198.51.100.7", wrong));
      assertEquals(
          List.of("1 rejected: destination address is no IP address: '" + wrong + "'"),
          parsed.lines);
    }
    assertEquals(
        1, Parsed.of(GOOD.replace("198.51.100.7", "19&#56;.51&#x2e;100.7")).connections.size());
  }

  @Test
  void hugeNumbersAndWrongTypes() {
    String digits = "9".repeat(100_000);
    for (String wrong : List.of(digits, "-1", "1e3", "{}", "[]", "null", "true")) {
      Parsed parsed =
          Parsed.of(
              JSON.replace("\"445\"", wrong),
              JSON.replace("\"EventID\": 3", "\"EventID\": " + wrong));
      assertEquals(1, parsed.rejections.size(), wrong);
      assertTrue(parsed.rejections.get(0).startsWith("destination port is"), wrong);
    }
  }

  @Test
  void manyNames() {
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 5000; i++) {
      many.append("\"name").append(i).append("\":").append(i).append(',');
    }
    Parsed parsed = Parsed.of(many + JSON.substring(1), many + JSON.substring(1), JSON);
    assertEquals(3, parsed.connections.size());
  }

  @Test
  void wrongEncoding() {
    byte[] latin = GOOD.replace("nmap", "n\u00e4map").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("C:\\Tools\\n\ufffdmap.exe", Parsed.of(latin).connections.get(0).image());
    byte[] utf16 =
        ("\ufeff" + GOOD.replace("nmap", "n\u00e4map")).getBytes(StandardCharsets.UTF_16LE);
    assertEquals("C:\\Tools\\n\u00e4map.exe", Parsed.of(utf16).connections.get(0).image());
    assertEquals(List.of(), Parsed.of(new byte[5000]).lines);
  }

  @Test
  void textWithoutEnd() {
    String[] lines = new String[40_000];
    Arrays.fill(lines, "LogName=Security and so on, and so on");
    lines[0] = "11/24/2026 02:05:01 PM";
    assertEquals(List.of(), Parsed.of(lines).lines);
  }
}
