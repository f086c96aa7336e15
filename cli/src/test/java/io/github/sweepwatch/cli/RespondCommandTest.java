package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespondCommandTest {
  @TempDir private Path folder;

  private static String alerts() {
    return CommandRun.withInput(ZeekText.sweep(60), "detect", "--output", "json", "-").out();
  }

  @Test
  void eachTargetIsWrittenFromStandardInputAndTakenBack() {
    String alerts = alerts();
    for (String target :
        List.of("nftables", "iptables", "windows", "cisco", "suricata", "zeek", "sigma", "stix")) {
      CommandRun run = CommandRun.withInput(alerts, "respond", "--for", target, "-");
      assertEquals(ExitCode.OK, run.code());
      assertTrue(run.out().contains("203.0.113.7") || target.equals("sigma"), run.out());
      assertTrue(run.out().length() > 300, run.out());
      assertTrue(
          run.err().endsWith("1 scan, 0 lines rejected. 1 source answered, 0 left out.\n"),
          run.err());
      CommandRun back = CommandRun.withInput(alerts, "respond", "--for", target, "--rollback", "-");
      assertEquals(ExitCode.OK, back.code());
      assertTrue(!back.out().equals(run.out()) && !back.out().isEmpty(), back.out());
    }
  }

  @ParameterizedTest
  @CsvSource({"'\"tcp\"', tcp", "'\"udp\"', udp", "'\"tcp\",\"udp\"', tcp udp", "'', tcp udp"})
  void rulesAreForTheProtocolsOfTheProbes(String protocols, String expected) {
    String alerts =
        alerts().replace("\"protocols\":[\"tcp\"]", "\"protocols\":[" + protocols + "]");
    String rules = CommandRun.withInput(alerts, "respond", "--for", "suricata", "-").out();
    List<String> found =
        rules
            .lines()
            .filter(line -> line.contains("scan as in incident"))
            .map(line -> line.substring("alert ".length(), line.indexOf(" $")))
            .toList();
    assertEquals(expected, String.join(" ", found));
    String sigma = CommandRun.withInput(alerts, "respond", "--for", "sigma", "-").out();
    boolean one = !expected.contains(" ");
    assertEquals(one, sigma.contains("      protocol: " + (one ? expected + "\n" : "")));
  }

  @Test
  void expiryCountsFromTheLastEventOrFromNow() {
    String alerts = alerts();
    CommandRun run = CommandRun.withInput(alerts, "respond", "--for", "iptables", "-");
    // The sweep ends at 02:07:40.
    assertTrue(run.out().contains("--datestop 2026-11-24T03:07:40 "), run.out());
    CommandRun now =
        CommandRun.withInput(
            alerts,
            "respond",
            "--for",
            "iptables",
            "--expires",
            "2d",
            "--now",
            "2026-11-25T01:00:00+01:00",
            "-");
    assertTrue(now.out().contains("--datestop 2026-11-27T00:00:00 "), now.out());
  }

  @Test
  void whoIsLeftOutIsToldWhy() {
    CommandRun run =
        CommandRun.withInput(
            alerts(), "respond", "--for", "nftables", "--protect", "203.0.113.0/24", "-");
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.err().contains("): protected, in 203.0.113.0/24\n"), run.err());
    assertTrue(run.err().endsWith("0 sources answered, 1 left out.\n"), run.err());
    assertTrue(run.out().contains("# left out: 203.0.113.7 (incident "), run.out());
    CommandRun doubtful =
        CommandRun.withInput(
            alerts(), "respond", "--for", "nftables", "--min-confidence", "100", "-");
    assertTrue(doubtful.err().contains("): low-confidence, "), doubtful.err());
    CommandRun forced =
        CommandRun.withInput(
            alerts(),
            "respond",
            "--for",
            "nftables",
            "--min-confidence",
            "100",
            "--force",
            "203.0.113.7",
            "-");
    assertTrue(forced.err().endsWith("1 source answered, 0 left out.\n"), forced.err());
  }

  @Test
  void badLinesAndFilesStopNothing() throws IOException {
    String good = folder.resolve("good.json.gz").toString();
    Files.write(Path.of(good), ZeekText.gzip("{}\n".repeat(7) + alerts()));
    String missing = folder.resolve("missing.json").toString();
    CommandRun run = CommandRun.of("respond", "--for", "zeek", missing, folder.toString(), good);
    assertEquals(ExitCode.INPUT, run.code());
    assertEquals(missing + ": no such file", run.errLines().get(0));
    assertEquals(folder + ": is a directory", run.errLines().get(1));
    assertTrue(run.errLines().get(2).startsWith(good + ":1: without confidence, "), run.err());
    assertEquals(good + ": 2 more lines rejected", run.errLines().get(7));
    assertTrue(run.err().contains(" 7 lines rejected. 1 source answered"), run.err());
    assertEquals(ExitCode.OK, CommandRun.of("respond", "--for", "zeek", good).code());
    assertEquals(
        ExitCode.INPUT, CommandRun.of("respond", "--for", "zeek", "--strict", good).code());
    byte[] cut = Files.readAllBytes(Path.of(good));
    Files.write(Path.of(good), Arrays.copyOf(cut, cut.length / 2));
    assertEquals(ExitCode.INPUT, CommandRun.of("respond", "--for", "zeek", good).code());
  }

  @Test
  void gatewaysAndResolversAreFound() {
    assertEquals(
        List.of(IpAddress.parse("192.0.2.53"), IpAddress.parse("fe80::1")),
        OwnAddresses.resolvers(
            List.of(
                "# nameserver 192.0.2.1",
                " nameserver 192.0.2.53",
                "nameserver fe80::1%eth0",
                "nameserver none",
                "nameserver",
                "search example.com")));
    boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
    assertEquals(
        List.of(IpAddress.parse("192.0.2.1")),
        OwnAddresses.gateways(
            List.of(
                "Iface\tDestination\tGateway \tFlags",
                "eth0\t00000000\t" + (little ? "010200C0" : "C0000201") + "\t0003")));
    assertEquals(
        List.of(IpAddress.parse("fe80::1")),
        OwnAddresses.gateways6(
            List.of(
                "0".repeat(32) + " 00 " + "0".repeat(32) + " 00 fe80" + "0".repeat(27) + "1 00",
                "short")));
  }
}
