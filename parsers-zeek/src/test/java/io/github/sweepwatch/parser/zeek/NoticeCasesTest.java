package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.NoticeEvent;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What notices say of addresses; cases as for logons. */
class NoticeCasesTest {
  static Stream<Arguments> cases() throws IOException {
    return LogonCasesTest.cases("notices.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesWhatIsExpected(String name, List<String> records, List<String> expected) {
    Parsed parsed = Parsed.of(records);
    assertEquals(expected, parsed.notices.stream().map(NoticeCasesTest::text).toList(), name);
    parsed.assertPassedOver();
  }

  private static String text(NoticeEvent notice) {
    assertEquals(0, notice.priority());
    return notice.timeMicros()
        + " "
        + notice.source()
        + " > "
        + notice.target()
        + " ["
        + notice.name()
        + "]"
        + (notice.sensor() == null ? "" : " by " + notice.sensor());
  }
}
