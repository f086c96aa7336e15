package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.output.AlertEncoder;
import io.github.sweepwatch.output.EncoderCatalog;
import io.github.sweepwatch.read.EventReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages on alerts show is what happens: each page is compared with itself where every
 * example has been made anew. With {@code -Dsweepwatch.docs.write=true} the pages are written.
 */
class DocumentedOutputTest {
  private static final String FENCE = "```\n";

  @TempDir private Path folder;

  private static String sample() throws IOException {
    return ReadmeTest.root().resolve("samples/zeek-conn.log.gz").toString();
  }

  private static void compare(String page, Page real) throws IOException {
    Path path = ReadmeTest.root().resolve("docs").resolve(page);
    if (Boolean.getBoolean("sweepwatch.docs.write")) {
      Files.writeString(path, real.text);
    }
    assertEquals(real.text, Files.readString(path));
  }

  /** A page whose examples are replaced one by one. */
  private static final class Page {
    private String text;

    Page(String name) throws IOException {
      text = Files.readString(ReadmeTest.root().resolve("docs").resolve(name));
    }

    /** Replaces what stands in the first example after some words. */
    void show(String after, String example) {
      int place = text.indexOf(after);
      assertTrue(place >= 0, after);
      int from = text.indexOf(FENCE, place) + FENCE.length();
      assertTrue(!example.isBlank(), after);
      text = text.substring(0, from) + example + text.substring(text.indexOf(FENCE, from));
    }
  }

  @Test
  void outputs() throws IOException {
    List<ScanAlert> alerts = new ArrayList<>();
    ScanDetector detector =
        ScanDetector.builder()
            .secretKey(DetectCommand.FIXED_KEY, DetectCommand.FIXED_KEY)
            .onAlert(alerts::add)
            .build();
    try (EventReader log = EventReader.open(Path.of(sample()))) {
      log.forEach(detector);
    }
    ScanAlert alert =
        alerts.stream()
            .filter(each -> each.sources().toString().equals("[10.66.0.26]"))
            .findFirst()
            .orElseThrow();
    Page page = new Page("outputs.md");
    EncoderCatalog encoders = EncoderCatalog.load(getClass().getClassLoader());
    assertEquals(6, encoders.names().size());
    for (String name : encoders.names()) {
      AlertEncoder encoder = encoders.find(name).orElseThrow();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      encoder.begin(out);
      encoder.encode(alert, out);
      page.show("\n## " + name + "\n", out.toString(StandardCharsets.UTF_8).replace("\r", ""));
    }
    compare("outputs.md", page);
  }

  @Test
  void triage() throws IOException {
    StringBuilder ssh =
        new StringBuilder(
            "#separator \\x09\n#unset_field\t-\n#path\tssh\n#fields\tts\tid.orig_h\tid.orig_p"
                + "\tid.resp_h\tid.resp_p\tauth_success\n");
    for (int i = 0; i < 200; i++) {
      String target = "10.77.0." + List.of(27, 37, 42, 47).get(i % 4);
      ssh.append(1_795_486_350 + 2 * i).append("\t10.66.0.26\t40000\t" + target + "\t22\tF\n");
    }
    ssh.append("1795493700\t10.66.0.26\t40000\t10.77.0.37\t22\tT\n");
    String eve =
        "{\"timestamp\":\"2026-11-24T02:12:10.000000+0000\",\"flow_id\":1,\"event_type\":\"alert\","
            + "\"src_ip\":\"10.66.0.26\",\"src_port\":40000,\"dest_ip\":\"10.77.0.37\","
            + "\"dest_port\":22,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\","
            + "\"signature\":\"SSH brute force\",\"severity\":2}}\n";
    Page page = new Page("triage.md");
    int assets = page.text.indexOf("```yaml\n") + "```yaml\n".length();
    CommandRun run =
        CommandRun.of(
            "detect",
            "--details",
            "--assets",
            file("assets.yaml", page.text.substring(assets, page.text.indexOf(FENCE, assets))),
            sample(),
            file("eve.json", eve),
            file("ssh.log", ssh.toString()));
    assertEquals(ExitCode.OK, run.code(), run.err());
    int from = run.out().indexOf("  10.66.0.26  ");
    from = run.out().lastIndexOf('\n', from) + 1;
    int to = run.out().indexOf("\n2026-", from) + 1;
    page.show("## One incident", run.out().substring(from, to));
    compare("triage.md", page);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void response() throws IOException {
    String source = "\"10.66.0.11\"";
    String all = CommandRun.of("detect", "--output", "json", sample()).out();
    String alerts = lines(all, line -> line.contains(source));
    Page page = new Page("response.md");
    page.show("## 1. ", firstRecord("10.66.0.11"));
    page.show(
        "## 2. ",
        "$ ./sweepwatch detect --output json samples/zeek-conn.log.gz > alerts.json\n"
            + "$ grep -m 1 '\"10.66.0.11\"' alerts.json | cut -c 1-150\n"
            + alerts.substring(0, 150)
            + "\n");
    CommandRun file = CommandRun.withInput(alerts, "respond", "--for", "nftables", "-");
    page.show(
        "## 3. ",
        "$ grep '\"10.66.0.11\"' alerts.json | ./sweepwatch respond --for nftables - > block.nft\n"
            + file.err()
            + "$ cat block.nft\n"
            + file.out());
    page.show(
        "## 5. ",
        "$ ./sweepwatch respond --for nftables --rollback alerts.json > unblock.nft\n"
            + "$ cat unblock.nft\n"
            + CommandRun.withInput(all, "respond", "--for", "nftables", "--rollback", "-").out()
            + "# nft -f unblock.nft\n");
    Predicate<String> ofSource = line -> line.contains(" -s 10.66.0.11 ");
    page.show(
        "**nftables, iptables.**",
        lines(respond(alerts, "iptables"), ofSource)
            + lines(respond(alerts, "iptables", "--limit", "10"), ofSource));
    page.show(
        "**windows.**",
        lines(respond(alerts, "windows"), line -> line.startsWith("New-NetFirewallRule")));
    page.show("**cisco.**", lines(respond(alerts, "cisco"), line -> line.startsWith(" deny")));
    page.show(
        "**suricata.**", lines(respond(alerts, "suricata"), line -> line.startsWith("alert")));
    compare("response.md", page);
  }

  private static String respond(String alerts, String target, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "respond";
    arguments[1] = "--for";
    arguments[2] = target;
    System.arraycopy(options, 0, arguments, 3, options.length);
    arguments[arguments.length - 1] = "-";
    return CommandRun.withInput(alerts, arguments).out();
  }

  private static String lines(String text, Predicate<String> which) {
    return text.lines().filter(which).collect(Collectors.joining("\n", "", "\n"));
  }

  /** Time, source, port, destination, port, protocol and state of a source's first record. */
  private static String firstRecord(String source) throws IOException {
    try (Reader log =
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(sample()))),
                StandardCharsets.UTF_8);
        java.io.BufferedReader rows = new java.io.BufferedReader(log)) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        List<String> values = List.of(row.split("\t", -1));
        if (values.size() > 11 && values.get(2).equals(source)) {
          return String.join(
                  " ", values.get(0), String.join(" ", values.subList(2, 7)), values.get(11))
              + "\n";
        }
      }
    }
    throw new IOException("no record of " + source);
  }
}
