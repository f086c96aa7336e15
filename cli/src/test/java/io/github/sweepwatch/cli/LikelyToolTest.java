package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The likely tool of the sample's scans, of which samples/README.md tells the true one. */
class LikelyToolTest {
  private static final Pattern SOURCE = Pattern.compile("\"sources\":\\[\"([^\"]+)\"");
  private static final Pattern TOOL = Pattern.compile("\"tool\":\\{\"name\":\"([^\"]+)\"");

  @Test
  void isTheOneThatMadeTheScanOrIsNotNamed() throws IOException {
    String sample = ReadmeTest.root().resolve("samples/zeek-conn.log.gz").toString();
    Map<String, String> tools = new TreeMap<>();
    CommandRun.of("detect", "--output", "json", sample)
        .out()
        .lines()
        .forEach(
            line -> {
              Matcher source = SOURCE.matcher(line);
              Matcher tool = TOOL.matcher(line);
              assertEquals(true, source.find(), line);
              tools.put(source.group(1), tool.find() ? tool.group(1) : "none");
            });
    assertEquals(
        Map.ofEntries(
            Map.entry("10.66.0.11", "nmap"),
            Map.entry("10.66.0.15", "nmap"),
            Map.entry("10.66.0.18", "nmap"),
            // Pings alone do not tell who sends them.
            Map.entry("10.66.0.20", "none"),
            Map.entry("10.66.0.22", "nmap"),
            Map.entry("10.66.0.26", "nmap"),
            Map.entry("10.66.0.41", "nmap"),
            Map.entry("10.66.0.43", "nmap"),
            Map.entry("fd66::35", "nmap"),
            Map.entry("fd66::36", "nmap"),
            // Plain connect loops.
            Map.entry("10.10.0.230", "none"),
            Map.entry("10.10.0.240", "none")),
        tools);
  }
}
