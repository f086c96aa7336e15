package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Columns against what String.split makes of a line, wherever it stands in its buffer. */
class ColumnsProperties {
  private static final int MOST = 12;

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.strings().withChars("ab-,, \t\u00e9\u0000+").ofMaxLength(60);
  }

  private static byte[] buffer(String line, int before, int after) {
    String around = ",\" ".repeat(8);
    return (around.substring(0, before) + line + around.substring(0, after))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> columns(Columns columns, byte[] bytes) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < columns.count(); i++) {
      int from = columns.from(i);
      all.add(new String(bytes, from, columns.to(i) - from, StandardCharsets.ISO_8859_1));
    }
    return all;
  }

  @Property
  void separatorsAreFound(
      @ForAll("lines") String line,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(max = 20) int after) {
    byte[] bytes = buffer(line, before, after);
    Columns columns = new Columns(MOST);
    columns.split(bytes, before, before + line.length(), ',');
    List<String> expected = Arrays.asList(line.split(",", -1));
    assertEquals(
        expected.subList(0, Math.min(MOST, expected.size())), columns(columns, bytes), line);
  }

  @Property
  void quotesAreLettersToPlainRows(
      @ForAll("lines") String line, @ForAll @IntRange(max = 20) int after) {
    String quoted = '"' + line + '"';
    byte[] bytes = buffer(quoted, 2, after);
    Columns columns = new Columns(MOST);
    columns.splitPlain(bytes, 2, 2 + quoted.length(), ',');
    List<String> expected = Arrays.asList(quoted.split(",", -1));
    assertEquals(
        expected.subList(0, Math.min(MOST, expected.size())), columns(columns, bytes), line);
  }

  @Property
  void blanksAreFound(
      @ForAll("lines") String line,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(max = 20) int after) {
    byte[] bytes = buffer(line, before, after);
    Columns columns = new Columns(MOST);
    columns.splitAtBlanks(bytes, before, before + line.length());
    List<String> expected =
        Arrays.stream(line.split("[ \t\u0000]+", -1)).filter(part -> !part.isEmpty()).toList();
    assertEquals(
        expected.subList(0, Math.min(MOST, expected.size())), columns(columns, bytes), line);
  }

  @Property
  void quotedColumnsMayHoldSeparators(@ForAll("lines") String line) {
    String quoted = "x,\"" + line.replace("\"", "\"\"") + "\",y";
    byte[] bytes = buffer(quoted, 3, 5);
    Columns columns = new Columns(MOST);
    columns.split(bytes, 3, 3 + quoted.length(), ',');
    assertEquals(List.of("x", line, "y"), columns(columns, bytes));
  }
}
