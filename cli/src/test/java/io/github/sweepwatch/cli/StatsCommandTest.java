package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.read.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatsCommandTest {
  @Test
  void equalsSqlOnTheSample() throws IOException, SQLException {
    Path sample = ReadmeTest.root().resolve("samples/zeek-conn.log.gz");
    List<ConnectionEvent> events = new ArrayList<>();
    try (EventReader log = EventReader.open(sample)) {
      log.forEach(events::add);
    }
    String expected;
    try (SqlOracle oracle = new SqlOracle()) {
      for (ConnectionEvent event : events) {
        oracle.add(event);
      }
      expected = new String(oracle.csv(), StandardCharsets.US_ASCII);
    }
    CommandRun run = CommandRun.of("stats", sample.toString());
    assertTrue(run.outLines().size() > 15, run.out());
    assertEquals(expected, run.out());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void listsWhoPassesEitherLimit() {
    StringBuilder log = new StringBuilder(ZeekText.HEADER);
    for (int i = 1; i <= 21; i++) {
      log.append(ZeekText.row(i, "203.0.113.21", "10.0.0." + i, 22 + i % 2, "REJ"));
    }
    for (int i = 1; i <= 20; i++) {
      log.append(ZeekText.row(i, "203.0.113.20", "10.0.0." + i, 22, "REJ"));
    }
    log.append(ZeekText.row(1, "203.0.113.101", "10.0.0.1", 80, "SF").repeat(101));
    log.append(ZeekText.row(1, "203.0.113.100", "10.0.0.1", 80, "SF").repeat(100));
    CommandRun run = CommandRun.withInput(log.toString(), "stats", "-");
    assertEquals(
        "src_ip,unique_targets,ports,count\n203.0.113.21,21,22 23,21\n203.0.113.101,1,80,101\n",
        run.out());
    assertEquals("Read 248 lines: 242 connections, 0 records rejected.\n", run.err());
  }
}
