package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class RecordReaderProperties {
  @Provide
  Arbitrary<byte[]> texts() {
    Arbitrary<String> pieces =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of("\n", "\r\n", "\r", " ", "\t", "\n\n")),
            Tuple.of(4, Arbitraries.strings().withChars("abc\t ").ofMaxLength(30)),
            Tuple.of(1, Arbitraries.of("\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff")),
            Tuple.of(1, Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(12)),
            Tuple.of(1, Arbitraries.integers().between(31, 300).map("x"::repeat)));
    return pieces
        .list()
        .ofMaxSize(30)
        .map(list -> String.join("", list).getBytes(StandardCharsets.ISO_8859_1))
        // Would be gzip.
        .filter(text -> text.length < 2 || text[0] != 0x1f || text[1] != (byte) 0x8b);
  }

  @Property(tries = 3000)
  void findsTheLinesOfTheModel(
      @ForAll("texts") byte[] text,
      @ForAll @IntRange(min = 1, max = 100) int maxRecordBytes,
      @ForAll @IntRange(min = 4, max = 80) int bufferBytes,
      @ForAll @IntRange(min = 1, max = 50) int most,
      @ForAll long seed) {
    List<String> actual =
        LineModel.actual(new ChunkedStream(text, most, seed), maxRecordBytes, bufferBytes);
    assertEquals(LineModel.expected(text, maxRecordBytes), actual);
  }

  @Property
  void findsLineFeedsAsANaiveSearchDoes(
      @ForAll("searched") byte[] bytes,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int length) {
    int start = Math.min(from, bytes.length);
    int end = Math.min(start + length, bytes.length);
    int expected = start;
    while (expected < end && bytes[expected] != '\n') {
      expected++;
    }
    assertEquals(expected, LineFeeds.find(bytes, start, end));
  }

  /** Mostly the bytes whose arithmetic is close to that of a line feed. */
  @Provide
  Arbitrary<byte[]> searched() {
    Arbitrary<Byte> near =
        Arbitraries.of((byte) 9, (byte) 11, (byte) 0x8a, (byte) 0x8b, (byte) 0, (byte) 0xff);
    return Arbitraries.frequencyOf(
            Tuple.of(8, near),
            Tuple.of(1, Arbitraries.just((byte) '\n')),
            Tuple.of(2, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(80);
  }
}
