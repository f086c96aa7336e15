package io.github.sweepwatch.parser.suricata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.NoticeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What alerts say, apart from the connections that they are of. */
class NoticeCasesTest {
  static Stream<Arguments> cases() throws IOException {
    return EveCasesTest.cases("notices.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesWhatIsExpected(String name, List<String> records, List<String> expected) {
    Parsed parsed = new Parsed();
    records.forEach(line -> parsed.parse(line.getBytes(StandardCharsets.UTF_8)));
    parsed.finish();
    assertEquals(expected, parsed.notices.stream().map(NoticeCasesTest::text).toList(), name);
  }

  private static String text(NoticeEvent notice) {
    return Instant.EPOCH.plus(notice.timeMicros(), ChronoUnit.MICROS)
        + " "
        + notice.source()
        + " > "
        + notice.target()
        + " ["
        + visible(notice.name())
        + "] "
        + notice.category()
        + " "
        + notice.priority()
        + (notice.sensor() == null ? "" : " by " + notice.sensor());
  }

  private static String visible(String name) {
    return name.chars()
        .mapToObj(
            unit ->
                unit >= ' ' && unit < 0x7f
                    ? Character.toString(unit)
                    : unit == '\n' ? "\\n" : String.format("\\u%04x", unit))
        .collect(Collectors.joining());
  }
}
