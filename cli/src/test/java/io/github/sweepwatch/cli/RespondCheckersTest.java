package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that read these files accept them; each in an empty network namespace. */
class RespondCheckersTest {
  @TempDir private Path folder;
  private Path alerts = Path.of("");

  /** The sample's incidents, and others of either family with text that means to break out. */
  @BeforeEach
  void collectAlerts() throws IOException {
    String sample = ReadmeTest.root().resolve("samples/zeek-conn.log.gz").toString();
    StringBuilder lines =
        new StringBuilder(CommandRun.of("detect", "--output", "json", sample).out());
    String hostile =
        "\\\"; flush ruleset; \\n"
            + "-A INPUT -j ACCEPT\\n"
            + " | = \\\\ <script> \\u001b[31m \\u0000 \\u202e";
    List<String> types =
        List.of(
            "horizontal",
            "vertical",
            "block",
            "ping_sweep",
            "distributed_horizontal",
            "distributed_vertical");
    for (int i = 0; i < 240; i++) {
      String source = i % 2 == 0 ? "2001:db8::" + Integer.toHexString(i + 1) : "203.0.113." + i;
      lines.append(
          String.format(
              "{\"schema\":1,\"id\":\"%016x\",\"seq\":1,\"state\":\"ended\",\"type\":\"%s\","
                  + "\"sources\":[\"%s\"],\"first_seen\":%d,\"last_seen\":%d,\"connections\":%d,"
                  + "\"unique_targets\":9,\"unique_ports\":9,\"confidence\":80,\"tactic\":\"%s\","
                  + "\"severity\":\"high\",\"ports\":{\"ranges\":[%s],\"truncated\":%b},"
                  + "\"protocols\":[%s],\"sensors\":[\"%s\"],\"reasons\":[{\"rule\":\"%s\",\"count\":20,"
                  + "\"threshold\":20,\"window_s\":300}]}%n",
              0x1000 + i,
              types.get(i % types.size()),
              source,
              1_795_486_000L - i * 40L,
              1_795_486_000L + i * 9_000_000L,
              10 + i * 5,
              i % 3 == 0 ? "TA0007" : "TA0043",
              ports(i),
              i % 5 == 0,
              List.of("", "\"tcp\"", "\"udp\"", "\"tcp\",\"udp\"", "\"icmp\",\"253\"").get(i % 5),
              hostile,
              hostile));
    }
    alerts = Files.writeString(folder.resolve("alerts.json"), lines);
  }

  private static String ports(int count) {
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ranges.append(i == 0 ? "" : ",");
      ranges.append('"').append(i * 100).append(i % 2 == 0 ? "" : "-" + (i * 100 + 7)).append('"');
    }
    return ranges.toString();
  }

  private String file(String target, String... options) throws IOException {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "respond";
    arguments[1] = "--for";
    arguments[2] = target;
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[arguments.length - 1] = alerts.toString();
    CommandRun run = CommandRun.of(arguments);
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.err().contains(" 0 lines rejected. 25"), run.err());
    return Files.writeString(folder.resolve(target + String.join("", options) + ".txt"), run.out())
        .toString();
  }

  private static String[] alone(String... command) {
    String[] whole = new String[command.length + 2];
    whole[0] = "unshare";
    whole[1] = "--net";
    System.arraycopy(command, 0, whole, 2, command.length);
    return whole;
  }

  @Test
  void nft() throws Exception {
    Program.assumeInstalled("nft", "unshare");
    for (String file :
        List.of(
            file("nftables"), file("nftables", "--limit", "10"), file("nftables", "--rollback"))) {
      Program.ok(alone("nft", "-c", "-f", file));
    }
    String both =
        "nft -f \"$0\" && nft list ruleset && nft -f \"$1\" && echo == && nft list ruleset";
    String listed =
        Program.ok(alone("sh", "-c", both, file("nftables"), file("nftables", "--rollback")));
    assertTrue(listed.contains("table inet sweepwatch"), listed);
    assertTrue(listed.endsWith("==\n"), listed);
    Path broken = Files.writeString(folder.resolve("broken"), "table inet x { set y; }\n");
    assertNotEquals(0, Program.run(alone("nft", "-c", "-f", broken.toString())).code());
  }

  @Test
  void iptables() throws Exception {
    Program.assumeInstalled("iptables-restore", "ip6tables-restore", "unshare");
    String undo = file("iptables", "--rollback");
    for (String file : List.of(file("iptables"), file("iptables", "--limit", "10"))) {
      for (String program : List.of("iptables", "ip6tables")) {
        Program.ok(alone(program + "-restore", "--test", "--noflush", file));
        String both =
            program
                + "-restore -n \"$0\" && "
                + program
                + "-save && "
                + program
                + "-restore -n \"$1\" && echo == && "
                + program
                + "-save";
        String[] listed = Program.ok(alone("sh", "-c", both, file, undo)).split("==\n", -1);
        assertTrue(listed[0].contains("-A sweepwatch -s "), listed[0]);
        assertTrue(!listed[1].contains("sweepwatch"), listed[1]);
      }
    }
    Path broken =
        Files.writeString(folder.resolve("broken"), "*filter\n-A INPUT --nosuch\nCOMMIT\n");
    assertNotEquals(0, Program.run(alone("iptables-restore", "--test", broken.toString())).code());
  }

  @Test
  void suricata() throws Exception {
    Program.assumeInstalled("suricata");
    Program tested = testSuricata(file("suricata"));
    assertEquals(0, tested.code(), tested.output());
    assertTrue(!tested.output().contains("no rules were loaded"), tested.output());
    Path broken = Files.writeString(folder.resolve("broken"), "alert tcp any any (sid:1;)\n");
    assertNotEquals(0, testSuricata(broken.toString()).code());
  }

  private Program testSuricata(String rules) throws IOException, InterruptedException {
    return Program.run(
        "suricata",
        "-T",
        "-c",
        "/etc/suricata/suricata.yaml",
        "-S",
        rules,
        "-l",
        folder.toString());
  }
}
