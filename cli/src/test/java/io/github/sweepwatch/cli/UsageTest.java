package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                 | sweepwatch: no command",
        "guess                              | guess",
        "detect                             | sweepwatch detect: Missing required parameter:"
            + " 'FILE'",
        "detect --colour conn.log           | --colour",
        "detect --policy strict conn.log    | 'strict' is neither default nor spl",
        "detect --policy p.yaml conn.log    | 'p.yaml' is neither default nor spl, nor a file",
        "detect --output xml conn.log       | no output 'xml'; there are: table, json, ecs, ocsf,"
            + " cef, stix, csv",
        "detect --parser nosuch conn.log    | no parser 'nosuch'; there are: zeek",
        "detect --zone Mars conn.log        | 'Mars' is no zone",
        "detect --reference-date 1.2.26 x   | '1.2.26' is no date",
        "detect --local 10.0.0.0/33 x       | 10.0.0.0/33",
        "respond alerts.json                | Missing required option: '--for=TARGET'",
        "respond --for pf a.json            | no target 'pf'; there are: nftables, iptables",
        "respond --for zeek --expires 1y a  | '1y' is no time such as 30m",
        "respond --for zeek --expires 1s a  | answers hold for 1 minute to 366 days",
        "respond --for zeek --now today a   | 'today' is no time such as",
        "respond --for zeek --limit 5 a     | --limit is for nftables and iptables, not for zeek",
        "respond --for nftables --limit 0 a | connections a minute not 1 to 10,000",
        "respond --for zeek --force 10.0.0.0/8 a   | wider than /24",
        "respond --for zeek --protect 10.0.0.0/x a | prefix length",
        "respond --for zeek - -             | can be read only once",
        "calibrate --alerts-a-day -1 a      | alerts a day not 0 to 1,000,000",
        "calibrate --alerts-a-day NaN a     | alerts a day not 0 to 1,000,000",
        "calibrate --output json a          | Invalid value for option '--output'",
        "calibrate                          | Missing required parameter: 'FILE'",
        "calibrate --policy strict a        | 'strict' is neither default nor spl",
        "stats - -                          | can be read only once",
        "parse - conn.log -                 | can be read only once"
      })
  void wrongUsageIsOneLineAndAHint(String arguments, String message) {
    CommandRun run =
        CommandRun.of(arguments.isBlank() ? new String[0] : arguments.trim().split(" +"));
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals("", run.out());
    assertEquals(2, run.errLines().size(), run.err());
    assertTrue(run.errLines().get(0).contains(message), run.err());
    assertTrue(run.errLines().get(1).matches("Try 'sweepwatch[a-z ]* --help'\\."), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect",
        "parse",
        "stats",
        "respond",
        "parsers",
        "policy",
        "inspect",
        "calibrate"
      })
  void helpTeaches(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertEquals(ExitCode.OK, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().contains("Usage: sweepwatch " + command), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
    if (command.equals("respond")) {
      for (String part : List.of("Examples:", "--for", "--expires", "--rollback", "--force")) {
        assertTrue(run.out().contains(part), part);
      }
    } else if (!List.of("parsers", "policy").contains(command)) {
      for (String part :
          List.of("Examples:", "--parser", "--zone", "--reference-date", "--local", "--strict")) {
        assertTrue(run.out().contains(part), part);
      }
    }
  }

  @Test
  void helpOfTheWholeListsCommandsAndExitCodes() {
    CommandRun run = CommandRun.of("--help");
    assertEquals(ExitCode.OK, run.code());
    for (String part :
        List.of("detect", "parse", "stats", "respond", "parsers", "Exit codes:", "Examples:")) {
      assertTrue(run.out().contains(part), part);
    }
  }

  @Test
  void tellsItsVersion() {
    assertTrue(CommandRun.of("--version").out().matches("sweepwatch [0-9]+\\.[0-9]+\\.[0-9]+.*\n"));
  }

  @Test
  void listsParsersWithTheirFormats() {
    CommandRun run = CommandRun.of("parsers");
    assertEquals(ExitCode.OK, run.code());
    assertEquals("zeek", run.outLines().get(0));
    assertTrue(run.out().contains("conn.log"), run.out());
  }
}
