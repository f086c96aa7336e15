package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  /** Twelve connections, a second apart, in Zeek's JSON. */
  private static String log(IntFunction<String> target, IntFunction<Integer> port) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      log.append("{\"ts\":")
          .append(1_700_000_000 + i)
          .append(",\"uid\":\"C")
          .append(i)
          .append("\",\"id.orig_h\":\"10.1.1.1\",\"id.orig_p\":40000,\"id.resp_h\":\"")
          .append(target.apply(i))
          .append("\",\"id.resp_p\":")
          .append(port.apply(i))
          .append(
              ",\"proto\":\"tcp\",\"conn_state\":\"S0\",\"history\":\"S\",\"local_orig\":true}\n");
    }
    return log.toString();
  }

  private static CommandRun inspect(String log, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "inspect";
    arguments[1] = "--source";
    arguments[2] = "10.1.1.1";
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[arguments.length - 1] = "-";
    return CommandRun.withInput(log, arguments);
  }

  @Test
  void saysWhatIsMissing() {
    CommandRun run = inspect(log(i -> "10.2.0." + i, i -> 80));
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(
        run.out().startsWith("10.1.1.1: 12 connections, the latest 2023-11-14T22:13:30Z\n"),
        run.out());
    assertTrue(
        run.out().contains("  horizontal-failed: 12 of 25 in 5 min: below the limit\n"), run.out());
  }

  @Test
  void aFloodIsNoScan() {
    CommandRun run = inspect(log(i -> "10.2.0.1", i -> 80));
    assertTrue(
        run.out().contains("one port of one host is no scan: a flood or brute force"), run.out());
  }

  @Test
  void tellsApartWhatIsAuthorised(@TempDir Path folder) throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy, "preset: default\nauthorised: [{sources: 10.1.1.1, targets: [10.2.0.0/29]}]\n");
    String log = log(i -> "10.2.0." + i, i -> 445);
    CommandRun run = inspect(log, "--policy", policy.toString());
    assertTrue(run.out().contains("authorised, and not raised: 10.1.1.1/32\n"), run.out());
    assertTrue(run.out().contains("in 24 h: 4 distinct pairs"), run.out());
    assertTrue(run.out().contains("in 24 h: 8 distinct pairs"), run.out());
    CommandRun json = inspect(log, "--policy", policy.toString(), "--output", "json");
    assertTrue(
        json.out().startsWith("{\"source\":\"10.1.1.1\",\"connections\":12,\"known\":true,"),
        json.out());
    assertTrue(
        json.out().contains("\"authorised\":[{\"authorised_by\":\"10.1.1.1/32\","), json.out());
    assertTrue(json.out().contains("\"cause\":\"below_threshold\""), json.out());
  }

  @Test
  void namesWhatIsNoAddressAndWhatIsUnknown() {
    CommandRun wrong = CommandRun.of("inspect", "--source", "10.1.1", "-");
    assertEquals(ExitCode.USAGE, wrong.code());
    CommandRun unknown =
        CommandRun.withInput(log(i -> "10.2.0.1", i -> 80), "inspect", "--source", "10.9.9.9", "-");
    assertEquals("10.9.9.9: 0 connections; nothing is kept of it\n", unknown.out());
  }
}
