package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault is one clear line, and whatever else there is gets used. */
class BadInputTest {
  private static final String GOOD = ZeekText.row(1, "203.0.113.7", "10.0.0.1", 445, "REJ");
  private static final String ALSO_GOOD = ZeekText.row(2, "203.0.113.7", "10.0.0.2", 445, "SF");

  @TempDir private Path folder;
  private String good = "";

  @BeforeEach
  void writeGoodLog() throws IOException {
    good = file("good.log", ZeekText.HEADER + GOOD + ALSO_GOOD);
  }

  private String file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  /** The bad file is one line on standard error, and the good one behind it is read. */
  private void assertUnusable(String bad, String reason) {
    CommandRun run = CommandRun.of("parse", bad, good);
    assertEquals(List.of(bad + ": " + reason), run.errLines());
    assertEquals(2, run.outLines().size());
    assertEquals(ExitCode.INPUT, run.code());
    for (String command : List.of("detect", "stats")) {
      CommandRun other = CommandRun.of(command, bad, good);
      assertEquals(bad + ": " + reason, other.errLines().get(0));
      assertTrue(other.err().contains("2 connections, 0 records rejected, 1 file not read."));
      assertEquals(ExitCode.INPUT, other.code());
    }
  }

  /** Between two good rows, a bad one: a line with its number, and both others are used. */
  private CommandRun assertRejected(String row, String reason) throws IOException {
    String log = file("rows.log", ZeekText.HEADER + GOOD + row + ALSO_GOOD);
    CommandRun run = CommandRun.of("parse", log);
    assertEquals(1, run.errLines().size(), run.err());
    String line = run.errLines().get(0);
    assertTrue(line.startsWith(log + ":8: "), line);
    assertTrue(line.contains(reason), line);
    assertTrue(line.length() < log.length() + 400, line);
    assertEquals(2, run.outLines().size());
    assertEquals(ExitCode.OK, run.code());
    assertEquals(ExitCode.INPUT, CommandRun.of("parse", "--strict", log).code());
    CommandRun detect = CommandRun.of("detect", log);
    assertEquals(line, detect.errLines().get(0));
    assertTrue(detect.err().contains("2 connections, 1 record rejected."), detect.err());
    return run;
  }

  @Test
  void missing() {
    assertUnusable(folder.resolve("missing.log").toString(), "no such file");
  }

  @Test
  void directory() {
    assertUnusable(folder.toString(), "is a directory");
  }

  @Test
  void unreadable() throws IOException {
    String secret = file("secret.log", ZeekText.HEADER + GOOD);
    Files.setPosixFilePermissions(Path.of(secret), PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(Path.of(secret)), "the superuser may read everything");
    assertUnusable(secret, "permission denied");
  }

  @Test
  void empty() throws IOException {
    assertUnusable(file("empty.log", ""), "empty, so its format cannot be told");
    assertUnusable(file("empty.log.gz", ZeekText.gzip("")), "empty, so its format cannot be told");
  }

  @Test
  void unknownFormat() throws IOException {
    assertUnusable(file("notes.txt", "milk\nbread\n"), "no parser recognises it; " + available());
  }

  @Test
  void binaryGarbage() throws IOException {
    byte[] garbage = new byte[100_000];
    new Random(7).nextBytes(garbage);
    assertUnusable(file("garbage", garbage), "no parser recognises it; " + available());
  }

  @Test
  void headerWithoutTheNeededFields() throws IOException {
    String log = file("short.log", "#separator \\x09\n#path\tconn\n#fields\tts\tuid\n1.0\tC1\n");
    CommandRun run = CommandRun.of("parse", log, good);
    assertEquals(2, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith(log + ":3: unusable header: no column id.orig_h"), run.err());
    assertTrue(run.errLines().get(1).startsWith(log + ":4: "), run.err());
    assertEquals(2, run.outLines().size());
  }

  @Test
  void truncatedGzip() throws IOException {
    byte[] whole = ZeekText.gzip(ZeekText.sweep(250));
    String log = file("cut.log.gz", Arrays.copyOf(whole, whole.length / 2));
    CommandRun run = CommandRun.of("parse", log, good);
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith(log + ": "), run.err());
    assertTrue(run.outLines().size() > 20, run.out());
    assertTrue(run.out().contains(good));
    assertEquals(ExitCode.INPUT, run.code());
    CommandRun detect = CommandRun.of("detect", log);
    assertTrue(detect.err().contains("1 file damaged"), detect.err());
    assertTrue(detect.out().contains("203.0.113.7"), detect.out());
  }

  @Test
  void tooFewColumns() throws IOException {
    assertRejected("1795486001.0\tC1\t203.0.113.7\n", "column");
  }

  @Test
  void tooManyColumns() throws IOException {
    assertRejected(GOOD.stripTrailing() + "\tmore\tand more\n", "column");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "-5.0, -5.0",
    "NaN, NaN",
    "253402300799.0, 253402300799",
    "99999999999999999999.0, 9999"
  })
  void timeThatIsNone(String time, String reason) throws IOException {
    assertRejected(ZeekText.row(time, "203.0.113.7", "10.0.0.1", "445", "REJ"), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.256", "10.0.0", "fe80::%eth0", "host.example", "-"})
  void addressThatIsNone(String address) throws IOException {
    assertRejected(ZeekText.row("1795486001.0", address, "10.0.0.1", "445", "REJ"), address);
    assertRejected(ZeekText.row("1795486001.0", "203.0.113.7", address, "445", "REJ"), address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "http", "4294967297"})
  void portThatIsNone(String port) throws IOException {
    assertRejected(ZeekText.row("1795486001.0", "203.0.113.7", "10.0.0.1", port, "REJ"), port);
  }

  @Test
  void lineOfTenMegabytes() throws IOException {
    assertRejected("x".repeat(10 << 20) + "\n", "longer than the limit of 1048576 bytes");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() throws IOException {
    CommandRun run =
        assertRejected(
            ZeekText.row("1795486001.0", "\u001b[2J10.0.0.1", "10.0.0.1", "445", "REJ"),
            "10.0.0.1");
    assertTrue(run.err().chars().allMatch(c -> c >= ' ' || c == '\n'), run.err());
  }

  @Test
  void deeplyNestedJson() throws IOException {
    String row =
        "{\"ts\":1795486001.0,\"uid\":\"C1\",\"id.orig_h\":\"203.0.113.7\",\"id.orig_p\":40000,"
            + "\"id.resp_h\":\"10.0.0.1\",\"id.resp_p\":445,\"proto\":\"tcp\",\"conn_state\":\"S0\"";
    String nested = row + ",\"deep\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n";
    String log = file("conn.json", row + "}\n" + nested + row + "}\n");
    CommandRun run = CommandRun.of("parse", log);
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith(log + ":2: "), run.err());
    assertEquals(2, run.outLines().size());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void duplicateKeys() throws IOException {
    String row =
        "{\"ts\":1795486001.0,\"uid\":\"C1\",\"id.orig_h\":\"203.0.113.7\",\"id.orig_p\":40000,"
            + "\"id.resp_h\":\"10.0.0.1\",\"id.resp_p\":445,\"proto\":\"tcp\",\"conn_state\":\"S0\"";
    String twice = row + ",\"id.resp_h\":\"10.0.0.2\"}\n";
    String log = file("twice.json", row + "}\n" + twice + row + "}\n");
    CommandRun run = CommandRun.of("parse", log);
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith(log + ":2: "), run.err());
    assertEquals(2, run.outLines().size());
  }

  @Test
  void manyRejectionsAreCountedInTheSummary() throws IOException {
    String log = file("many.log", ZeekText.HEADER + "bad\n".repeat(12) + GOOD);
    CommandRun run = CommandRun.of("stats", log);
    assertEquals(7, run.errLines().size(), run.err());
    assertEquals(log + ": 7 more records rejected", run.errLines().get(5));
    assertTrue(run.err().contains("1 connection, 12 records rejected."), run.err());
    assertEquals(12, CommandRun.of("parse", log).errLines().size());
  }

  private static String available() {
    return ParserCatalog.load(BadInputTest.class.getClassLoader()).providers().stream()
        .map(ParserProvider::name)
        .collect(Collectors.joining(", ", "the parsers are: ", ""));
  }
}
