package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void keepsOrdinaryText() {
    assertEquals("Büro 7: 東京 😀", Printable.line("Büro 7: 東京 😀"));
  }

  @Test
  void replacesWhatATerminalWouldObey() {
    assertEquals("a?[2Jb?c?d?e?f", Printable.line("a\u001b[2Jb\nc\u0085d\u2028e\u202ef"));
    assertEquals("?", Printable.line("\ud800"));
  }
}
