package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import java.io.ByteArrayInputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of the package for parser authors does what it says. */
class SpiExampleTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/github/sweepwatch/spi/package-info.java");

  @TempDir Path plugin;

  private static String example() throws Exception {
    String text = Files.readString(SOURCE);
    int start = text.indexOf("<pre>{@code\n") + "<pre>{@code\n".length();
    String code = text.substring(start, text.indexOf("}</pre>", start));
    return code.replaceAll("(?m)^ \\* ?", "");
  }

  @Test
  void compilesAndReads() throws Exception {
    PluginCompiler compiler = new PluginCompiler(plugin);
    compiler.compile(
        Map.of(
            "PairProvider",
            "import io.github.sweepwatch.event.*; import io.github.sweepwatch.spi.*;"
                + "import io.github.sweepwatch.text.*; import java.nio.charset.StandardCharsets;"
                + "import java.util.List;"
                + example()));
    compiler.register("PairProvider");
    String log = "#pairs\n192.0.2.1 2001:db8::1\n192.0.2.1\n? 192.0.2.1\n192.0.2.3 192.0.2.4";
    List<ConnectionEvent> events = new ArrayList<>();
    try (URLClassLoader loader = compiler.loader();
        EventReader reader =
            EventReader.builder()
                .parsers(ParserCatalog.load(loader))
                .open(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), "log")) {
      ReadSummary summary = reader.forEach(events::add);
      assertEquals(
          List.of(
              new Rejection("log", 3, "destination is no address"),
              new Rejection("log", 4, "source is no address")),
          summary.firstRejections());
    }
    assertEquals(
        List.of("192.0.2.1 2001:db8::1", "192.0.2.3 192.0.2.4"),
        events.stream().map(event -> event.source() + " " + event.destination()).toList());
  }
}
