package io.github.sweepwatch.output;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What an attacker may put into a log, and what may come of it. */
final class HostileText {
  private static final String[] ATTEMPTS = {
    "\"}\n{\"id\":\"forged\"}",
    "x\r\nCEF:0|a|b|c|d|e|9|src=1.2.3.4",
    "a|b=c src=1.2.3.4 \\",
    "\\=\\|\\\\=",
    "root\\ duser=admin",
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "a;=1+1",
    "\",\"forged\",\"",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\uff1d1",
    "</script><script>alert(1)</script>",
    "<!--",
    "\u001b[2J\u001b[31mroot",
    "\u202egnp.exe",
    "a\0b",
    "\u2028\u2029\u0085\u007f",
    "\ud800",
    "\udc00\ud800",
    "\ud83d\ude00",
    "[ipv4-addr:value = '1.2.3.4']",
    "C:\\Windows\\nmap.exe",
    "+3 more",
    "",
    " "
  };

  private HostileText() {}

  /** Quotes, separators, controls, line separators, reordering marks, half surrogate pairs. */
  static Arbitrary<String> any() {
    Arbitrary<String> random =
        Arbitraries.strings()
            .withChars("\"\\\n\r\t\0\u001b\u007f\u0085\u2028\u2029\u202e\u200b{}[],:/|=;'<>&+-@ ö")
            .withCharRange('\ud800', '\udfff')
            .withCharRange('a', 'z')
            .ofMaxLength(12);
    return Arbitraries.oneOf(random, Arbitraries.of(ATTEMPTS));
  }

  /** With U+FFFD for half surrogate pairs. */
  static String wellFormed(String text) {
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      whole.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
      i += Character.charCount(point) - 1;
    }
    return whole.toString();
  }

  /** With what cannot be seen, or a character more, written out. */
  static String visible(String text, char more) {
    StringBuilder visible = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      String one = text.substring(i, i + length);
      if (one.matches("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]") || point == more) {
        one.chars().forEach(unit -> visible.append(String.format("\\u%04x", unit)));
      } else {
        visible.append(one);
      }
      i += length - 1;
    }
    return visible.toString();
  }
}
