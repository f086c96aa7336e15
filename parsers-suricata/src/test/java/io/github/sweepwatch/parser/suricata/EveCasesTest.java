package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each case is a stream of its own: a line with its name, records, and what is expected of them.
 */
class EveCasesTest {
  static Stream<Arguments> cases() throws IOException {
    return cases("connections.txt", "shipped.txt", "logons.txt", "faults.txt", "shapes.txt");
  }

  /** The cases of some files. */
  static Stream<Arguments> cases(String... files) throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (String file : files) {
      InputStream in = Objects.requireNonNull(EveCasesTest.class.getResourceAsStream(file), file);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        List<String> records = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("# ")) {
            records = new ArrayList<>();
            expected = new ArrayList<>();
            cases.add(Arguments.of(file + ": " + line.substring(2), records, expected));
          } else if (line.startsWith("= ")) {
            expected.add(line.substring(2));
          } else if (!line.isEmpty()) {
            records.add(line);
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesWhatIsExpected(String name, List<String> records, List<String> expected) {
    assertEquals(String.join("\n", expected), String.join("\n", Parsed.of(records)), name);
  }
}
