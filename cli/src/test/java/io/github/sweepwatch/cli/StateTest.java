package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where others were, or were killed. */
class StateTest {
  private static final Pattern NAME = Pattern.compile("\"id\":\"([^\"]+)\",\"seq\":(\\d+),");
  private static final String HEADER =
      """
      #separator \\x09
      #set_separator\t,
      #empty_field\t(empty)
      #unset_field\t-
      #path\tconn
      #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state
      #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring
      """;

  @TempDir private Path directory;

  @Test
  void aRunGoesOnWhereTheLastOneWas() throws IOException {
    List<String> lines = lines(4_000);
    Map<String, String> whole = incidents(detect(log("whole.log", lines), "whole.state"));
    List<String> alerts = new ArrayList<>();
    // The file grows, gets another name, and another one takes its own.
    Path log = log("conn.log", lines.subList(0, 1_000));
    alerts.addAll(detect(log, "conn.state"));
    Files.writeString(log, HEADER + text(lines.subList(0, 1_900)));
    alerts.addAll(detect(log, "conn.state"));
    Files.writeString(log, HEADER + text(lines.subList(0, 2_500)));
    Path renamed = Files.move(log, directory.resolve("conn.1.log"));
    log = log("conn.log", lines.subList(2_500, 4_000));
    alerts.addAll(detect("conn.state", renamed, log));
    assertEquals(List.of(), detect("conn.state", renamed, log));
    assertEquals(whole, incidents(alerts));
    assertTrue(whole.size() > 10, () -> "incidents: " + whole.size());
  }

  @Test
  void aStateThatCannotBeUsedIsSaidAndLeft() throws IOException {
    Path log = log("conn.log", lines(500));
    Path state = directory.resolve("conn.state");
    detect(log, "conn.state");
    byte[] good = Files.readAllBytes(state);
    CommandRun other = run("--policy", "spl", state, log);
    assertEquals(1, other.code());
    assertEquals(List.of(state + ": made under another policy"), other.errLines());
    byte[] bad = good.clone();
    bad[20] ^= 1;
    Files.write(state, bad);
    CommandRun damaged = run("--policy", "default", state, log);
    assertEquals(1, damaged.code());
    assertEquals("", damaged.out());
    assertArrayEquals(bad, Files.readAllBytes(state));
    Files.write(state, new byte[0]);
    assertEquals(
        List.of(state + ": not a state of detect"),
        run("--policy", "default", state, log).errLines());
  }

  private static CommandRun run(String option, String value, Path state, Path log) {
    return CommandRun.of(
        "detect", option, value, "--output", "json", "--state", state.toString(), log.toString());
  }

  @Test
  void aStateThatCannotBeSavedIsSaid() throws IOException {
    Path log = log("conn.log", lines(500));
    Path state = directory.resolve("nowhere").resolve("conn.state");
    CommandRun run = run("--policy", "default", state, log);
    assertEquals(1, run.code());
    assertTrue(run.err().contains(state + ": cannot be saved"), run.err());
  }

  @Test
  void aRunThatIsKilledAtAnyMomentLosesAndDoublesNoIncident() throws Exception {
    Path log = log("conn.log", lines(120_000));
    List<String> expected = detect(log, "whole.state");
    SplittableRandom random = new SplittableRandom();
    int kills = 0;
    int resumed = 0;
    // Each state is worked on until a run comes to its end; some runs die before their first save.
    for (int round = 0; kills < 20; round++) {
      Path out = directory.resolve("out." + round);
      Path state = directory.resolve("killed." + round);
      boolean done = false;
      for (int run = 0; !done; run++) {
        resumed += Files.exists(state) ? 1 : 0;
        Process process = start(log, state, out);
        // The later runs are let go further, so that each round comes to its end.
        done = process.waitFor(200 + random.nextInt(1_200) + 300L * run, TimeUnit.MILLISECONDS);
        if (!done) {
          process.destroyForcibly().waitFor();
          kills++;
        } else {
          assertEquals(0, process.exitValue());
        }
      }
      assertSameAlerts(expected, Files.readAllLines(out));
    }
    assertTrue(resumed > 0, "no run found a state");
  }

  /** Nothing is missing; what is there twice is the same to the byte. */
  private static void assertSameAlerts(List<String> expected, List<String> found) {
    Map<String, String> alerts = new TreeMap<>();
    for (String line : found) {
      Matcher alert = alert(line);
      String name = alert.group(1) + " #" + alert.group(2);
      String before = alerts.put(name, line);
      assertTrue(before == null || before.equals(line), () -> "two of " + name);
    }
    assertEquals(expected.stream().sorted().toList(), alerts.values().stream().sorted().toList());
    assertEquals(incidents(expected), incidents(new ArrayList<>(found)));
  }

  private static Process start(Path log, Path state, Path out) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "detect",
            "--output",
            "json",
            "--state",
            state.toString(),
            log.toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
        .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
        .start();
  }

  private List<String> detect(Path log, String state) {
    return detect(state, log);
  }

  private List<String> detect(String state, Path... logs) {
    List<String> arguments =
        new ArrayList<>(
            List.of("detect", "--output", "json", "--state", directory.resolve(state).toString()));
    for (Path log : logs) {
      arguments.add(log.toString());
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertFalse(Files.exists(directory.resolve(state + ".new")));
    return run.outLines();
  }

  /** By id the last that was told of it. */
  private static Map<String, String> incidents(List<String> lines) {
    Map<String, Integer> latest = new HashMap<>();
    Map<String, String> incidents = new TreeMap<>();
    for (String line : lines) {
      Matcher alert = alert(line);
      String id = alert.group(1);
      int seq = Integer.parseInt(alert.group(2));
      if (seq >= latest.getOrDefault(id, 0)) {
        latest.put(id, seq);
        incidents.put(id, line);
      }
    }
    return incidents;
  }

  private static Matcher alert(String line) {
    Matcher alert = NAME.matcher(line);
    assertTrue(alert.find() && line.endsWith("}"), () -> "no alert: " + line);
    return alert;
  }

  private Path log(String name, List<String> lines) throws IOException {
    return Files.writeString(directory.resolve(name), HEADER + text(lines));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** Scanners come and go among ordinary hosts; the scans pass their limits one after the other. */
  private static List<String> lines(int number) {
    SplittableRandom random = new SplittableRandom(11);
    List<String> lines = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      double time = 1_700_000_000 + i * 0.25;
      boolean scans = random.nextInt(3) > 0;
      int scanner = i / 150 + random.nextInt(3);
      String source =
          scans
              ? "203.0." + (scanner >> 8) + '.' + (scanner & 255)
              : "198.51.100." + random.nextInt(200);
      String host = "10.77." + random.nextInt(scans ? 4 : 1) + '.' + random.nextInt(250);
      int port = scans ? (scanner % 2 == 0 ? 445 : 1 + random.nextInt(900)) : 443;
      lines.add(
          time
              + "\tC"
              + i
              + '\t'
              + source
              + "\t40000\t"
              + (scans && scanner % 2 == 1 ? "10.77.0.9" : host)
              + '\t'
              + port
              + "\ttcp\t"
              + (scans ? "S0" : "SF"));
    }
    return lines;
  }
}
