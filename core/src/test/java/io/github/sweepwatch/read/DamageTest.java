package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a stream breaks off, what came before it is delivered, and the summary says what broke. */
class DamageTest {
  private final Transcript transcript = new Transcript();

  private ReadSummary read(InputStream in) throws IOException {
    try (EventReader log =
        EventReader.builder().parsers(TinyProvider.catalog()).parser("tiny").open(in, "log")) {
      return log.read(transcript);
    }
  }

  private ReadSummary read(byte[] content) throws IOException {
    return read(new ByteArrayInputStream(content));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InputStream failing(String content, String message) {
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes(content)), new FailingStream(new IOException(message)));
  }

  @Test
  void cutGzip() throws IOException {
    // Stored, not deflated: every byte of the text is where it seems to be.
    byte[] stored = Gzip.member(bytes("c 1\nc 2\nc 3456\nc 4\n"), 0, 0);
    ReadSummary summary = read(Arrays.copyOf(stored, 10 + 5 + 12));
    assertEquals(List.of("1 connection 1", "2 connection 2"), transcript.entries);
    assertEquals(
        "gzip data is cut short, after line 2; the line after it is cut and left out",
        summary.damage());
    assertEquals(2, summary.lines());
  }

  @Test
  void cutGzipAtTheEndOfALine() throws IOException {
    byte[] stored = Gzip.member(bytes("c 1\nc 2\n"), 0, 0);
    ReadSummary summary = read(Arrays.copyOf(stored, stored.length - 3));
    assertEquals(List.of("1 connection 1", "2 connection 2"), transcript.entries);
    assertEquals("gzip data is cut short, after line 2", summary.damage());
  }

  @Test
  void cutBetweenMembersCannotBeTold() throws IOException {
    assertNull(read(Gzip.gzip("c 1\n")).damage());
    assertEquals(List.of("1 connection 1"), transcript.entries);
  }

  @Test
  void wrongChecksum() throws IOException {
    byte[] stored = Gzip.member(bytes("c 1\nc 2\n"), 0, 0);
    stored[10 + 5 + 2] = '9';
    assertEquals(
        "corrupt gzip data: checksum or length do not match, after line 2", read(stored).damage());
    assertEquals(List.of("1 connection 9", "2 connection 2"), transcript.entries);
  }

  @Test
  void wrongLength() throws IOException {
    byte[] stored = Gzip.gzip("c 1\n");
    stored[stored.length - 1] = 1;
    assertEquals(
        "corrupt gzip data: checksum or length do not match, after line 1", read(stored).damage());
  }

  @Test
  void corruptSecondMember() throws IOException {
    byte[] second = Gzip.gzip("c 2\n");
    second[10] = 7;
    assertEquals(
        "corrupt gzip data, after line 1", read(Gzip.join(Gzip.gzip("c 1\n"), second)).damage());
    assertEquals(List.of("1 connection 1"), transcript.entries);
  }

  @Test
  void corruptHeaderOfTheSecondMember() throws IOException {
    byte[] second = Gzip.gzip("c 2\n");
    second[3] = (byte) 0x80;
    assertEquals(
        "corrupt gzip header, after line 1", read(Gzip.join(Gzip.gzip("c 1\n"), second)).damage());
  }

  @Test
  void wrongHeaderChecksum() throws IOException {
    byte[] stored = Gzip.member(bytes("c 1\n"), 2, 6);
    stored[4]++;
    assertEquals("corrupt gzip header, after line 0", read(stored).damage());
  }

  /** What follows the last member is no reason to doubt that member's last line. */
  @Test
  void garbageAfterTheLastMember() throws IOException {
    String damage = "after the end of the gzip data comes something that is not gzip, after line 2";
    for (String garbage : List.of("c 3\n", "\0\0c 3\n", "\u001f", "\u001f\u001f", "\0\u001f")) {
      transcript.entries.clear();
      ReadSummary summary = read(Gzip.join(Gzip.gzip("c 1\nc 2"), bytes(garbage)));
      assertEquals(damage, summary.damage());
      assertEquals(List.of("1 connection 1", "2 connection 2"), transcript.entries);
    }
  }

  @Test
  void zeroPaddingIsNoDamage() throws IOException {
    assertNull(read(Gzip.join(Gzip.gzip("c 1\n"), new byte[100_000])).damage());
  }

  @Test
  void linesGoOnOverMembers() throws IOException {
    assertNull(read(Gzip.join(Gzip.gzip("c 1\nc"), Gzip.gzip(""), Gzip.gzip(" 2\n"))).damage());
    assertEquals(List.of("1 connection 1", "2 connection 2"), transcript.entries);
  }

  @Test
  void failingStream() throws IOException {
    assertEquals(
        "link down, after line 1; the line after it is cut and left out",
        read(failing("c 1\nc 2", "link down")).damage());
    assertEquals(List.of("1 connection 1"), transcript.entries);
  }

  @Test
  void failingStreamWithinALongRecord() throws IOException {
    try (EventReader log =
        EventReader.builder()
            .parsers(TinyProvider.catalog())
            .parser("tiny")
            .maxRecordBytes(5)
            .open(failing("c 1\nc 23456", " "), "log")) {
      assertEquals("IOException, after line 2", log.read(transcript).damage());
    }
    assertEquals(
        List.of("1 connection 1", "2 rejected longer than the limit of 5 bytes a record"),
        transcript.entries);
  }

  @Test
  void damageInTheFirstBytesIsToldAtTheEnd() throws IOException {
    byte[] stored = Gzip.member(bytes("#tiny\nc 1\nc 2\n"), 0, 0);
    try (EventReader log =
        EventReader.builder()
            .parsers(TinyProvider.catalog())
            .open(new ByteArrayInputStream(Arrays.copyOf(stored, 10 + 5 + 11)), "log")) {
      ReadSummary summary = log.read(transcript);
      assertEquals(
          "gzip data is cut short, after line 2; the line after it is cut and left out",
          summary.damage());
    }
    assertEquals(List.of("2 connection 1"), transcript.entries);
  }
}
