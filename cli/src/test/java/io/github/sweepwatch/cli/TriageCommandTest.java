package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From several logs to one answer. */
class TriageCommandTest {
  private static final String START = "#separator \\x09\n#set_separator\t,\n#unset_field\t-\n";
  private static final String SSH =
      START
          + "#path\tssh\n"
          + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tauth_success\n"
          + "1795486100.0\tC2\t203.0.113.7\t40001\t10.0.0.3\t22\tF\n"
          + "1795486101.0\tC3\t203.0.113.7\t40002\t10.0.0.3\t22\tF\n"
          + "1795486102.0\tC4\t198.51.100.9\t40003\t10.0.0.3\t22\tT\n"
          + "1795489000.0\tC5\t203.0.113.7\t40004\t10.0.0.3\t22\tT\n";
  private static final String NOTICE =
      START
          + "#path\tnotice\n"
          + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tnote\tmsg\tsrc\tdst\n"
          + "1795486103.0\t-\t-\t-\t-\t-\tSSH::Password_Guessing\ttext\t203.0.113.7\t-\n"
          + "1795486104.0\t-\t-\t-\t-\t-\tCaptureLoss::Too_Much_Loss\ttext\t-\t-\n";
  private static final String EVE =
      "{\"timestamp\":\"2026-11-24T02:30:00.000000+0000\",\"flow_id\":7,\"event_type\":\"alert\","
          + "\"src_ip\":\"10.0.0.3\",\"src_port\":22,\"dest_ip\":\"203.0.113.7\",\"dest_port\":40002,"
          + "\"proto\":\"TCP\",\"direction\":\"to_client\",\"alert\":{\"action\":\"allowed\",\"signature\":\"ET"
          + " ATTACK_RESPONSE id\\u001b[31m\",\"category\":\"Attack\",\"severity\":1}}\n";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String sweep() {
    StringBuilder log = new StringBuilder(ZeekText.HEADER);
    for (int i = 1; i <= 60; i++) {
      // A whole connection, on which neither side says a word: a probe that found something.
      log.append(
          i == 50
              ? ZeekText.row(i, "203.0.113.7", "10.0.0." + i, 22, "S1")
              : ZeekText.row(i, "203.0.113.7", "10.0.0." + i, 22, "REJ"));
    }
    return log.toString();
  }

  private List<String> details(String... files) throws IOException {
    String[] arguments = new String[files.length + 4];
    arguments[0] = "detect";
    arguments[1] = "--details";
    arguments[2] = "--assets";
    arguments[3] =
        file("assets.csv", "address,role,owner\n203.0.113.0/24,\u001bpartner,abuse desk\n");
    System.arraycopy(files, 0, arguments, 4, files.length);
    CommandRun run = CommandRun.of(arguments);
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertFalse(run.out().contains("\u001b"), run.out());
    return run.outLines();
  }

  @Test
  void logonsAndNoticesAreJoinedInAnyOrderOfFiles() throws IOException {
    String conn = file("conn.log", sweep());
    String ssh = file("ssh.log", SSH);
    String notice = file("notice.log", NOTICE);
    String eve = file("eve.json", EVE);
    List<String> lines = details(conn, ssh, notice, eve);
    String text = String.join("\n", lines);
    assertTrue(lines.get(1).contains("critical"), text);
    assertTrue(
        lines.contains("    from  outside, ?partner, owner abuse desk (203.0.113.0/24)"), text);
    assertTrue(lines.contains("    in    10.0.0.0/26: 60 hosts, 93.8 % of it"), text);
    assertTrue(lines.contains("    found 10.0.0.50 22/tcp; perhaps more"), text);
    assertTrue(lines.contains("    logon 3 attempts, 2 failed, 1 succeeded"), text);
    assertTrue(
        lines.contains("          first in: 2026-11-24 02:56:40, by ssh, on 10.0.0.3"), text);
    assertTrue(lines.contains("    ids   ET ATTACK_RESPONSE id?[31m, 2026-11-24 02:30:00"), text);
    assertTrue(lines.contains("    ids   SSH::Password_Guessing, 2026-11-24 02:08:23"), text);
    assertTrue(
        lines.contains("    att&ck T1595.001 Active Scanning: Scanning IP Blocks (TA0043)"), text);
    assertFalse(text.contains("Too_Much_Loss"), text);
    assertEquals(found(lines), found(details(ssh, eve, notice, conn)));
  }

  private static List<String> found(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches(" +(ids|logon|first|found|by|as) .*"))
        .toList();
  }

  @Test
  void aSuccessIsAnUpdateWhenItComes() throws IOException {
    CommandRun run =
        CommandRun.of(
            "detect", "--output", "json", file("conn.log", sweep()), file("ssh.log", SSH));
    List<String> states =
        run.outLines().stream()
            .map(
                line ->
                    line.replaceFirst(
                        ".*\"state\":\"([a-z]+)\".*\"severity\":\"([a-z]+)\".*\"explain\":.*"
                            + "\"successes\":([0-9]+),\"accounts.*",
                        "$1 $2 $3"))
            .toList();
    assertEquals("updated critical 1", states.get(states.size() - 2));
    assertEquals("ended critical 1", states.get(states.size() - 1));
    assertTrue(states.get(0).startsWith("opened ") && !states.get(0).contains("critical"));
  }
}
