package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.LogonEvent;
import java.io.BufferedReader;
import java.io.IOException;
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
class LogonCasesTest {
  static Stream<Arguments> cases() throws IOException {
    return cases("logons.txt");
  }

  /** The cases of a file. */
  static Stream<Arguments> cases(String file) throws IOException {
    List<Arguments> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(LogonCasesTest.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      List<String> records = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("# ")) {
          records = new ArrayList<>();
          expected = new ArrayList<>();
          cases.add(Arguments.of(line.substring(2), records, expected));
        } else if (line.startsWith("= ")) {
          expected.add(line.substring(2));
        } else if (!line.isEmpty()) {
          records.add(line);
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesWhatIsExpected(String name, List<String> records, List<String> expected) {
    assertEquals(String.join("\n", expected), String.join("\n", results(records)), name);
  }

  static List<String> results(List<String> records) {
    Parsed parsed = Parsed.of(records);
    assertEquals(List.of(), parsed.events);
    List<String> results = new ArrayList<>();
    parsed.logons.forEach(logon -> results.add(text(logon)));
    parsed.rejections.forEach(reason -> results.add("rejected: " + reason));
    return results;
  }

  private static String text(LogonEvent logon) {
    return logon.timeMicros()
        + " "
        + logon.method()
        + (logon.success() ? " in " : " refused ")
        + logon.account()
        + " "
        + logon.source()
        + " > "
        + logon.target()
        + (logon.sensor() == null ? "" : " by " + logon.sensor());
  }
}
