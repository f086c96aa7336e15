package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void cutsAndDisarms() {
    assertEquals("'tcp'", of("tcp"));
    assertEquals("''", of(""));
    assertEquals("'" + "a".repeat(40) + "'", of("a".repeat(40)));
    assertEquals("'" + "a".repeat(40) + "…'", of("a".repeat(41)));
    assertEquals("'" + "€".repeat(40) + "…'", of("€".repeat(500)));
    assertEquals("'\\x{1b}[31m\\x{a}\\x{2028}\\x{202e}😀'", of("\u001b[31m\n\u2028\u202e😀"));
  }

  private static String of(String text) {
    byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
    return Excerpt.of(bytes, 1, bytes.length - 1);
  }
}
