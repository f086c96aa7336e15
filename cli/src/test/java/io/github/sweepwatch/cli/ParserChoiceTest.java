package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParserChoiceTest {
  private static final String EVE =
      "{\"timestamp\":\"2026-03-01T10:00:00.0+0000\",\"flow_id\":1,\"event_type\":\"flow\","
          + "\"src_ip\":\"198.51.100.7\",\"src_port\":1,\"dest_ip\":\"192.0.2.10\",\"dest_port\":22,"
          + "\"proto\":\"TCP\",\"flow\":{\"start\":\"2026-03-01T10:00:00.0+0000\"}}";
  private static final String ZEEK =
      "{\"ts\":1772359200.5,\"uid\":\"C\",\"id.orig_h\":\"198.51.100.8\",\"id.orig_p\":1,"
          + "\"id.resp_h\":\"192.0.2.11\",\"id.resp_p\":80,\"proto\":\"tcp\",\"conn_state\":\"S0\"}";
  private static final String SSH =
      "{\"_path\":\"ssh\",\"ts\":1772359200.5,\"uid\":\"C\",\"id.orig_h\":\"198.51.100.8\","
          + "\"id.orig_p\":1,\"id.resp_h\":\"192.0.2.11\",\"id.resp_p\":22,\"auth_success\":true,"
          + "\"auth_attempts\":1}";

  @TempDir Path directory;
  private String eve = "";

  @BeforeEach
  void writeEve() throws IOException {
    eve = file("eve.json", EVE, EVE.replace("\"flow\"", "\"dns\""));
  }

  private String file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n").toString();
  }

  @Test
  void recordsOfSeveralSystemsAreToldApart() throws IOException {
    String mixed =
        file(
            "mixed.log",
            "<134>1 2026-03-01T10:00:00Z probe suricata 42 - - " + EVE,
            "Mar  1 10:00:01 probe zeek: " + ZEEK,
            ZEEK,
            "<13>Mar  1 10:00:01 probe bro_ssh[7]: " + SSH);
    CommandRun run = CommandRun.of("parse", "--verbose", mixed);
    assertEquals(0, run.code());
    List<String> lines = run.outLines();
    assertEquals(4, lines.size(), run::out);
    assertTrue(lines.get(0).contains("\"line\":1,\"kind\":\"connection\""));
    assertTrue(lines.get(0).contains("\"src_ip\":\"198.51.100.7\""));
    assertTrue(lines.get(1).contains("\"line\":2,\"kind\":\"connection\""));
    assertTrue(lines.get(2).contains("\"line\":3,\"kind\":\"connection\""));
    assertTrue(lines.get(3).contains("\"line\":4,\"kind\":\"logon\""));
    String err = String.join("\n", run.errLines());
    assertTrue(err.contains("mixed.log: read as "), err);
    assertTrue(err.contains("mixed.log: mixed; records went to "), err);
  }

  @Test
  void aLogonLogGivesLogons() throws IOException {
    CommandRun run = CommandRun.of("parse", file("ssh.log", SSH));
    assertEquals(0, run.code());
    assertTrue(run.out().contains("\"kind\":\"logon\",\"ts_ms\":1772359200500"), run::out);
  }

  @Test
  void whichParserReadsAFileIsToldOnRequestOnly() throws IOException {
    assertEquals("", CommandRun.of("parse", eve).err());
    CommandRun run = CommandRun.of("parse", "--verbose", eve);
    assertEquals(List.of(eve + ": read as suricata (score 90)"), run.errLines());
    // Both recognise a stream whose first bytes are of both.
    String both = file("both", ZEEK, EVE);
    run = CommandRun.of("parse", "--verbose", both);
    assertEquals(
        List.of(
            both + ": read as zeek (score 90); recognised too by suricata (score 90)",
            both + ": mixed; records went to suricata, too"),
        run.errLines());
    assertEquals(2, run.outLines().size());
  }

  @Test
  void aWrongParserSaysSo() throws IOException {
    CommandRun run = CommandRun.of("stats", "--parser", "zeek", eve);
    assertEquals(1, run.code());
    assertEquals(
        eve + ": parser 'zeek' made nothing of its 2 lines; it looks like suricata",
        run.errLines().get(0));
    run = CommandRun.of("detect", "--parser", "zeek", file("notes", "milk", "bread"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("made nothing of its 2 lines; no parser recognises it"));
    assertTrue(run.err().contains("1 file not understood"), run::err);
    run = CommandRun.withInput("milk\n", "parse", "--parser", "suricata", "-");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("-: parser 'suricata' made nothing of its 1 line"), run::err);
  }

  @Test
  void aRightParserMayFindNothing() throws IOException {
    String quiet = file("dns.json", EVE.replace("\"flow\"", "\"dns\""));
    CommandRun run = CommandRun.of("parse", "--parser", "suricata", quiet);
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertEquals(0, CommandRun.withInput("{}\n", "parse", "--parser", "suricata", "-").code());
    assertEquals(0, CommandRun.of("parse", "--parser", "suricata", eve).code());
    assertEquals(0, CommandRun.of("parse", "--parser", "zeek", file("empty", "")).code());
  }
}
