package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvtxFramingTest {
  private static final Instant TIME = Instant.parse("2026-11-24T02:05:00.123456700Z");

  private static Map<String, String> sysmon(int port) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("RuleName", "-");
    data.put("UtcTime", "2026-11-24 02:05:00.123");
    data.put("Image", "C:\\Tools\\n\u00e4map \u20ac <&>.exe");
    data.put("User", "CORP\\alice");
    data.put("Protocol", "tcp");
    data.put("Initiated", "true");
    data.put("SourceIp", "192.0.2.1");
    data.put("SourcePort", "50000");
    data.put("DestinationIp", "198.51.100.7");
    data.put("DestinationPort", Integer.toString(port));
    return data;
  }

  static EvtxWriter writer(int events) {
    EvtxWriter writer = new EvtxWriter();
    for (int i = 0; i < events; i++) {
      writer.event(
          "Microsoft-Windows-Sysmon",
          3,
          TIME,
          "Microsoft-Windows-Sysmon/Operational",
          "ws1.corp.example",
          sysmon(i + 1));
    }
    return writer;
  }

  private static List<String> xml(byte[] file) throws IOException {
    RecordFraming framing = new EvtxFraming();
    ByteArrayInputStream content = new ByteArrayInputStream(file);
    RecordSlice record = new RecordSlice();
    List<String> texts = new ArrayList<>();
    while (true) {
      RecordFraming.Next next = framing.next(content, record);
      if (next == RecordFraming.Next.END) {
        return texts;
      }
      texts.add(next == RecordFraming.Next.RECORD ? record.toString() : framing.problem());
    }
  }

  @Test
  void writesWhatTheExportSays() throws IOException {
    String out = System.getProperty("evtx.out");
    if (out != null) {
      Files.write(Path.of(out), writer(300).file());
    }
    assertEquals(
        "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System><Provider"
            + " Name=\"Microsoft-Windows-Sysmon\""
            + " Guid=\"{00000000-0000-0000-0000-000000000000}\"/><EventID>3</EventID>"
            + "<Version>5</Version><Keywords>0x8000000000000000</Keywords><TimeCreated"
            + " SystemTime=\"2026-11-24T02:05:00.1234567Z\"/><EventRecordID>1</EventRecordID>"
            + "<Correlation/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>"
            + "<Computer>ws1.corp.example</Computer><Security UserID=\"S-1-5-18\"/></System>"
            + "<EventData><Data Name=\"RuleName\">-</Data>"
            + "<Data Name=\"UtcTime\">2026-11-24 02:05:00.123</Data>"
            + "<Data Name=\"Image\">C:\\Tools\\n\u00e4map \u20ac &lt;&amp;&gt;.exe</Data>"
            + "<Data Name=\"User\">CORP\\alice</Data><Data Name=\"Protocol\">tcp</Data>"
            + "<Data Name=\"Initiated\">true</Data><Data Name=\"SourceIp\">192.0.2.1</Data>"
            + "<Data Name=\"SourcePort\">50000</Data>"
            + "<Data Name=\"DestinationIp\">198.51.100.7</Data>"
            + "<Data Name=\"DestinationPort\">1</Data></EventData></Event>",
        xml(writer(1).file()).get(0));
  }

  @Test
  void eventsOverSeveralChunksKeepTheirNumbers() {
    Parsed parsed = Parsed.of(new ByteArrayInputStream(writer(300).file()), null);
    assertEquals(300, parsed.connections.size());
    assertEquals(List.of(), parsed.rejections);
    assertNull(parsed.damage);
    assertEquals(
        "300 1795485900123000 tcp 192.0.2.1 50000 > 198.51.100.7 300 unknown host=ws1.corp.example"
            + " user=CORP\\alice image=C:\\Tools\\n\u00e4map \u20ac <&>.exe",
        parsed.lines.get(299));
  }

  @Test
  void cutAnywhere() {
    byte[] file = writer(100).file();
    for (int length = 0; length < file.length; length += length < 6000 ? 1 : 501) {
      Parsed parsed = Parsed.of(Arrays.copyOf(file, length));
      assertEquals(List.of(), parsed.rejections);
      int chunk = 4096 + (1 << 16);
      boolean whole = (length - 4096) % (1 << 16) == 0;
      assertEquals(whole || length < 8, parsed.damage == null, "at " + length);
      assertTrue(length <= chunk || !parsed.connections.isEmpty());
    }
  }

  @Test
  void dirtyFileIsReadBeyondWhatItsHeaderSays() {
    EvtxWriter writer = writer(20);
    writer.dirty = true;
    byte[] file = writer.file();
    // As if the chunk's header had not been written since the first event.
    Arrays.fill(file, 4096 + 44, 4096 + 56, (byte) 0);
    file[4096 + 49] = 2;
    Parsed parsed = Parsed.of(file);
    assertEquals(20, parsed.connections.size());
    assertEquals(List.of(), parsed.rejections);
  }

  @Test
  void damageIsReportedAndSkipped() {
    byte[] file = writer(300).file();
    byte[] changed = file.clone();
    changed[4096 + 40_000] ^= 1;
    Parsed parsed = Parsed.of(changed);
    assertEquals(
        "the checksum of chunk 1 is wrong; some of its events may be, too",
        parsed.rejections.get(0));
    assertTrue(parsed.connections.size() > 295);

    changed = file.clone();
    changed[4096 + (1 << 16)] = 'X';
    parsed = Parsed.of(changed);
    assertEquals(List.of("chunk 2 is none"), parsed.rejections);
    assertTrue(parsed.connections.size() > 100 && parsed.connections.size() < 300);

    byte[] padded = Arrays.copyOf(file, file.length + (1 << 16));
    assertEquals(List.of(), Parsed.of(padded).rejections);
    byte[] chunks = Arrays.copyOfRange(file, 4096, file.length);
    assertEquals(300, Parsed.of(new ByteArrayInputStream(chunks), null).connections.size());
  }
}
