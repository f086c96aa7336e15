package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scanner, another host and a target on the three sides of a gateway, each in a network namespace
 * of its own. The gateway applies the file for nftables.
 */
class RespondNamespaceTest {
  private static final String PREFIX = "sweepwatch" + ProcessHandle.current().pid();
  private static final String GATEWAY = PREFIX + "g";
  private static final String SCANNER = "scanner";
  private static final String OTHER = "other";
  private static final String TARGET = "target";

  private static final List<String> TARGETS = List.of("192.0.2.50", "2001:db8:3::2");

  @TempDir private Path folder;

  @BeforeEach
  void lay() throws Exception {
    Program.assumeInstalled("nft", "ip", "bash");
    assumeTrue(
        Program.run("ip", "netns", "add", GATEWAY).code() == 0,
        "network namespaces cannot be made here");
    int net = 1;
    for (String side : List.of(SCANNER, OTHER, TARGET)) {
      String space = PREFIX + side;
      Program.ok("ip", "netns", "add", space);
      ip(GATEWAY, "link add " + side + " type veth peer name eth0 netns " + space);
      for (String[] end : new String[][] {{GATEWAY, side, "1"}, {space, "eth0", "2"}}) {
        ip(
            end[0],
            "addr add 192.0.2." + (net * 16 + Integer.parseInt(end[2])) + "/28 dev " + end[1]);
        ip(end[0], "addr add 2001:db8:" + net + "::" + end[2] + "/64 dev " + end[1] + " nodad");
        ip(end[0], "link set " + end[1] + " up");
        ip(end[0], "link set lo up");
      }
      ip(space, "route add default via 192.0.2." + (net * 16 + 1));
      ip(space, "route add default via 2001:db8:" + net + "::1");
      net++;
    }
    inside(GATEWAY, "echo 1 > /proc/sys/net/ipv4/ip_forward");
    inside(GATEWAY, "echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
  }

  @AfterEach
  void clear() throws Exception {
    for (String side : List.of("g", SCANNER, OTHER, TARGET)) {
      Program.run("ip", "netns", "del", PREFIX + side);
    }
  }

  private static void ip(String space, String arguments) throws Exception {
    Program.ok("bash", "-c", "ip -n " + space + " " + arguments);
  }

  private static String inside(String space, String command) throws Exception {
    return Program.ok("ip", "netns", "exec", space, "bash", "-c", command);
  }

  /** Whether a probe by TCP reaches the target, whose closed port refuses it. */
  private static boolean reaches(String side, String target) throws Exception {
    Program probe =
        Program.run(
            "ip",
            "netns",
            "exec",
            PREFIX + side,
            "timeout",
            "2",
            "bash",
            "-c",
            "</dev/tcp/" + target + "/445");
    boolean refused = probe.output().contains("Connection refused");
    assertTrue(refused || probe.code() == 124, probe::output);
    return refused;
  }

  /** Waits until the new links carry both families; on a busy machine that takes seconds. */
  private static void settle() throws Exception {
    for (String side : List.of(SCANNER, OTHER)) {
      for (String target : TARGETS) {
        int tried = 0;
        while (!reaches(side, target)) {
          assertTrue(++tried < 15, () -> target + " is never reached");
        }
      }
    }
  }

  private static void assertReach(boolean scanner) throws Exception {
    for (String target : TARGETS) {
      assertEquals(scanner, reaches(SCANNER, target), target);
      assertTrue(reaches(OTHER, target), target);
    }
  }

  private String respond(String alerts, String... options) throws IOException {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "respond";
    arguments[1] = "--for";
    arguments[2] = "nftables";
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[arguments.length - 1] = "-";
    CommandRun run = CommandRun.withInput(alerts, arguments);
    assertEquals(ExitCode.OK, run.code(), run.err());
    return Files.writeString(folder.resolve("file" + options.length), run.out()).toString();
  }

  @Test
  void anAppliedFileStopsTheScannerOnlyAndTheRollbackRestores() throws Exception {
    StringBuilder log = new StringBuilder(ZeekText.HEADER);
    for (int i = 1; i <= 30; i++) {
      log.append(ZeekText.row(2 * i, "192.0.2.18", "10.0.0." + i, 445, "REJ"));
      log.append(ZeekText.row(2 * i, "2001:db8:1::2", "fd00::" + i, 445, "REJ"));
    }
    String alerts = CommandRun.withInput(log.toString(), "detect", "--output", "json", "-").out();
    settle();
    assertReach(true);
    inside(GATEWAY, "nft -f " + respond(alerts));
    assertReach(false);
    // Not silence of any kind: packets of both families were dropped by the rules.
    String counted = inside(GATEWAY, "nft list chain inet sweepwatch sources");
    assertTrue(counted.matches("(?s).*ip saddr @outside4 counter packets [1-9].*"), counted);
    assertTrue(counted.matches("(?s).*ip6 saddr @outside6 counter packets [1-9].*"), counted);
    inside(GATEWAY, "nft -f " + respond(alerts, "--rollback"));
    assertReach(true);
    assertEquals("", inside(GATEWAY, "nft list ruleset"));
  }
}
