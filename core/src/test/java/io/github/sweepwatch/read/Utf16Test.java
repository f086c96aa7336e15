package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UTF-16 content reaches the parsers as UTF-8, however it comes in pieces. */
class Utf16Test {
  private final Transcript transcript = new Transcript();

  private ReadSummary read(byte[] content, int most) throws IOException {
    try (EventReader log =
        EventReader.builder()
            .parsers(TinyProvider.catalog())
            .open(new ChunkedStream(content, most, 1), "log")) {
      return log.read(transcript);
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, 1", "UTF-16LE, 5000", "UTF-16BE, 3", "UTF-16BE, 300000"})
  void isRecognisedAndRead(String charset, int most) throws IOException {
    String text = "\ufeff#tiny\nc 1\r\nr \u00e9\u20ac\ud83d\ude00\r\nc 2\r\n";
    ReadSummary summary = read(text.getBytes(Charset.forName(charset)), most);
    assertEquals(
        List.of("2 connection 1", "3 rejected \u00e9\u20ac\ud83d\ude00", "4 connection 2"),
        transcript.entries);
    assertEquals(4, summary.lines());
    assertNull(summary.damage());
  }

  @Test
  void inGzipAndLongerThanAnyBuffer() throws IOException {
    String text = "\ufeff#tiny\n" + "r \u20ac\u00e9\n".repeat(100_000);
    ReadSummary summary = read(Gzip.gzip(text.getBytes(StandardCharsets.UTF_16LE)), 70_001);
    assertEquals(100_000, summary.rejected());
    assertEquals("100001 rejected \u20ac\u00e9", transcript.entries.get(99_999));
  }

  @Test
  void halvesAreReplaced() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("\ufeff#tiny\nr ".getBytes(StandardCharsets.UTF_16BE));
    content.write(new byte[] {(byte) 0xd8, 0x3d, 0, 'a', (byte) 0xde, 0, 0, '\n'});
    content.write("r ".getBytes(StandardCharsets.UTF_16BE));
    content.write(new byte[] {(byte) 0xd8, 0x3d, 7});
    read(content.toByteArray(), 3);
    assertEquals(List.of("2 rejected \ufffda\ufffd", "3 rejected \ufffd"), transcript.entries);
  }
}
