package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionTest {
  private static String reason(String given) {
    return new Rejection("log", 1, given).reason();
  }

  @Test
  void showsNothingThatATerminalWouldActOn() {
    assertEquals("a?[31mb?c", reason("a\u001b[31mb\nc"));
    assertEquals("?????", reason("\0\t\r\u007f\u009b"));
    assertEquals("?x?", reason("\u202ex\u2028"));
    assertEquals("plain, ütf 日本 \ufffd", reason("plain, ütf 日本 \ufffd"));
  }

  @Test
  void isCut() {
    assertEquals("x".repeat(300), reason("x".repeat(300)));
    assertEquals("x".repeat(299) + "…", reason("x".repeat(301)));
    assertEquals(300, reason("y".repeat(1_000_000)).length());
    assertEquals("x".repeat(298) + "…", reason("x".repeat(298) + "😀".repeat(9)));
    assertEquals("x".repeat(297) + "😀…", reason("x".repeat(297) + "😀".repeat(9)));
  }

  @Test
  void saysWhere() {
    assertEquals("a.log:17: bad port", new Rejection("a.log", 17, "bad port").toString());
  }

  @Test
  void aSummaryKeepsItsOwnList() {
    List<Rejection> rejections = new ArrayList<>();
    ReadSummary summary = new ReadSummary("log", "tiny", 1, 0, 0, 1, rejections, null);
    rejections.add(new Rejection("log", 1, "late"));
    assertEquals(List.of(), summary.firstRejections());
    assertThrows(
        UnsupportedOperationException.class,
        () -> summary.firstRejections().add(new Rejection("log", 1, "late")));
  }
}
