package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Fields as {@code String.split} finds them, wherever in a buffer the record stands. */
class FieldSplitterProperties {
  @Property(tries = 5000)
  void findsTheFields(
      @ForAll("records") String record,
      @ForAll("separators") String separator,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(max = 20) int after,
      @ForAll @IntRange(max = 60) int room) {
    String text = separator.repeat(before) + record + separator.repeat(after);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int from = before * separator.length();
    int to = from + record.length();
    int[] ends = new int[room];
    int count =
        new FieldSplitter(separator.getBytes(StandardCharsets.ISO_8859_1))
            .split(bytes, from, to, ends);
    String[] expected = record.split(Pattern.quote(separator), -1);
    assertEquals(expected.length, count);
    List<String> fields = new ArrayList<>();
    int start = from;
    for (int i = 0; i < Math.min(count, room); i++) {
      fields.add(text.substring(start, ends[i]));
      start = ends[i] + separator.length();
    }
    assertEquals(List.of(expected).subList(0, fields.size()), fields);
  }

  @Provide
  Arbitrary<String> records() {
    // Neighbours of the separators in value, and bytes with the high bit set.
    return Arbitraries.strings().withChars("\t\b\n|}{~\u0089\u00fc\u00ffa").ofMaxLength(200);
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("\t", "|", "||", "|\t|", "\u00fc");
  }
}
