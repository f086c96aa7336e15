package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
  @TempDir private Path folder;

  @Test
  void tableSaysWhoWhatWhenAndWhy() {
    CommandRun run = CommandRun.withInput(ZeekText.sweep(24), "detect", "-");
    assertEquals(
        List.of(
            "DETECTED (UTC)       SOURCE       SCAN        TARGETS  PORTS  SEVERITY  CONFIDENCE",
            "2026-11-24 02:06:50  203.0.113.7  horizontal       24      1  high            83 %",
            "    what  445 microsoft-ds/SMB on 10.0.0.5, 10.0.0.6, 10.0.0.7, 10.0.0.8, 10.0.0.9,"
                + " 10.0.0.10, 10.0.0.11, +17 more",
            "    when  02:06:40 to 02:07:04 (24 s), still open when the input ended; 24"
                + " connections, 24 failed",
            "    why   10 hosts failed on one port in 5 min (limit 10)"),
        run.outLines());
    assertEquals(
        "Read 30 lines: 24 connections, 0 records rejected.\nFound 1 scan: 1 horizontal.\n",
        run.err());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void tableIsInTheZone() {
    CommandRun run = CommandRun.withInput(ZeekText.sweep(24), "detect", "--zone", "+02:00", "-");
    assertTrue(run.outLines().get(0).startsWith("DETECTED (+02:00)"), run.out());
    assertTrue(run.outLines().get(1).startsWith("2026-11-24 04:06:50"), run.out());
  }

  @Test
  void quietLogHasNoScans() {
    CommandRun run = CommandRun.withInput(ZeekText.sweep(9), "detect", "-");
    assertEquals("No scans found.\n", run.out());
    assertEquals("Read 15 lines: 9 connections, 0 records rejected.\nNo scans found.\n", run.err());
  }

  @Test
  void severalFilesAreOneInput() throws IOException {
    String log = ZeekText.sweep(24);
    int half = log.indexOf("10.0.0.12\t");
    int cut = log.lastIndexOf('\n', half) + 1;
    Path first = Files.writeString(folder.resolve("1.log"), log.substring(0, cut));
    Path second =
        Files.write(
            folder.resolve("2.log.gz"), ZeekText.gzip(ZeekText.HEADER + log.substring(cut)));
    CommandRun run = CommandRun.of("detect", first.toString(), second.toString());
    assertEquals(CommandRun.withInput(log, "detect", "-").out(), run.out());
    assertTrue(run.err().startsWith("Read 36 lines of 2 files: 24 connections"), run.err());
  }

  @Test
  void jsonIsOneLineAStateChange() {
    CommandRun run = CommandRun.withInput(ZeekText.sweep(60), "detect", "--output", "json", "-");
    List<String> states = new ArrayList<>();
    for (String line : run.outLines()) {
      assertTrue(line.startsWith("{\"schema\":1,\"id\":\"") && line.endsWith("}"), line);
      states.add(line.replaceFirst(".*\"state\":\"([a-z]+)\".*", "$1"));
    }
    assertEquals(List.of("opened", "updated", "updated", "ended"), states);
    assertTrue(run.out().contains("\"detected_at\":1795486010.500000"), run.out());
    assertTrue(run.outLines().get(3).contains("\"end_reason\":\"end_of_input\""), run.out());
  }

  private static List<String> sweepAs(String format) {
    return CommandRun.withInput(ZeekText.sweep(60), "detect", "--output", format, "-").outLines();
  }

  @Test
  void everyOtherFormatIsOneLineAStateChangeToo() {
    int alerts = sweepAs("json").size();
    Map<String, String> beginnings =
        Map.of(
            "ecs", "{\"@timestamp\":\"2026-11-24T02:0",
            "ocsf", "{\"activity_id\":",
            "cef", "CEF:0|Sweepwatch|Sweepwatch|",
            "stix", "{\"type\":\"bundle\",");
    beginnings.forEach(
        (format, beginning) -> {
          List<String> lines = sweepAs(format);
          assertEquals(alerts, lines.size(), lines::toString);
          lines.forEach(line -> assertTrue(line.startsWith(beginning), line));
        });
  }

  @Test
  void csvHasTheNamesOfItsColumnsOnce() {
    List<String> lines = sweepAs("csv");
    assertEquals(1 + sweepAs("json").size(), lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("id,seq,state,type,sources,"), lines::toString);
    CommandRun quiet = CommandRun.withInput(ZeekText.sweep(3), "detect", "--output", "csv", "-");
    assertEquals(lines.subList(0, 1), quiet.outLines());
  }

  @Test
  void helpNamesEveryFormat() {
    CommandRun run = CommandRun.of("detect", "--help");
    assertTrue(run.out().contains("One of table, json, ecs, ocsf, cef, stix, csv."), run.out());
  }

  @Test
  void sameInputGivesTheSameBytes() throws IOException {
    String sample = ReadmeTest.root().resolve("samples/zeek-conn.log.gz").toString();
    CommandRun first = CommandRun.of("detect", "--output", "json", sample);
    CommandRun second = CommandRun.of("detect", "--output", "json", sample);
    assertTrue(first.outLines().size() > 20, first.out());
    assertEquals(first, second);
  }

  @Test
  void jsonOfStandardInputComesWhileTheInputGoesOn() {
    // Hands out the log up to the row that completes the sweep, then looks before it goes on.
    String log = ZeekText.sweep(40);
    String[] rows = log.split("(?<=\n)", -1);
    StringBuilder written = new StringBuilder();
    List<Integer> seenAtRow = new ArrayList<>();
    InputStream in =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            throw new AssertionError("reads one byte at a time");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (next == rows.length - 1) {
              return -1;
            }
            if (written.indexOf("opened") >= 0) {
              seenAtRow.add(next);
            }
            byte[] row = rows[next++].getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(row, 0, buffer, offset, row.length);
            return row.length;
          }
        };
    java.io.OutputStream out =
        new java.io.OutputStream() {
          @Override
          public void write(int value) {
            written.append((char) value);
          }
        };
    Streams streams =
        new Streams(
            in,
            new ResultStream("standard output", out),
            false,
            new PrintWriter(new StringWriter()),
            0);
    assertEquals(0, Sweepwatch.run(streams, "detect", "--output", "json", "-"));
    // Six lines of header and ten hosts.
    assertTrue(!seenAtRow.isEmpty() && seenAtRow.get(0) == 16, seenAtRow::toString);
  }

  @Test
  void splCountsWhateverTheOutcome() {
    StringBuilder log = new StringBuilder(ZeekText.HEADER);
    for (int i = 1; i <= 21; i++) {
      log.append(ZeekText.row(i, "10.0.0.99", "198.51.100." + i, 443, "SF"));
    }
    assertEquals("No scans found.\n", CommandRun.withInput(log.toString(), "detect", "-").out());
    CommandRun spl = CommandRun.withInput(log.toString(), "detect", "--policy", "spl", "-");
    assertTrue(spl.out().contains("why   21 hosts in 5 min (limit 21)"), spl.out());
  }

  @Test
  void localNetworksDecideWhereTheLogDoesNotSay() {
    // Other TCP ports: 10 hosts for a source outside, 25 for one inside.
    String log = ZeekText.sweep(22).replace("\t445\t", "\t8080\t");
    assertTrue(CommandRun.withInput(log, "detect", "-").out().contains("203.0.113.7"));
    assertEquals(
        "No scans found.\n",
        CommandRun.withInput(log, "detect", "--local", "203.0.113.0/24", "-").out());
  }

  @Test
  void closedStandardOutputEndsQuietly() {
    assertEquals("", errorsWithOutput("Broken pipe", 0));
  }

  @Test
  void fullDiskIsAnError() {
    assertEquals(
        "standard output: No space left on device\n",
        errorsWithOutput("No space left on device", 1));
  }

  private static String errorsWithOutput(String failure, int code) {
    StringWriter err = new StringWriter();
    Streams streams =
        new Streams(
            new java.io.ByteArrayInputStream(
                ZeekText.sweep(60).getBytes(StandardCharsets.US_ASCII)),
            new ResultStream("standard output", ResultStreamTest.failing(failure)),
            false,
            new PrintWriter(err),
            0);
    assertEquals(code, Sweepwatch.run(streams, "detect", "--output", "json", "-"));
    return err.toString();
  }

  @Test
  void errorsOfTheMachineAreOneLine() {
    InputStream exhausted =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    CommandRun run = CommandRun.of(exhausted, "detect", "-");
    assertEquals(ExitCode.INPUT, run.code());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith("sweepwatch: out of memory"), run.err());
  }
}
