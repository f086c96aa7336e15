package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A pipe is read as its writer writes: nothing waits for what is not needed yet. */
class LiveStreamTest {
  private final List<Long> delivered = new ArrayList<>();

  /** One chunk a read; notes how much had been delivered each time that more was asked for. */
  private final class Pipe extends InputStream {
    final List<Integer> deliveredAtRead = new ArrayList<>();
    private final List<byte[]> chunks;

    Pipe(List<byte[]> chunks) {
      this.chunks = chunks;
    }

    @Override
    public int read() {
      throw new AssertionError("a byte alone");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int next = deliveredAtRead.size();
      deliveredAtRead.add(delivered.size());
      if (next >= chunks.size()) {
        return -1;
      }
      byte[] chunk = chunks.get(next);
      assertTrue(chunk.length <= length, "asked for less than a buffer");
      System.arraycopy(chunk, 0, buffer, offset, chunk.length);
      return chunk.length;
    }
  }

  private Pipe pipe(String... chunks) {
    return new Pipe(
        Arrays.stream(chunks).map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList());
  }

  private EventReader open(InputStream in) throws IOException {
    return EventReader.builder().parsers(TinyProvider.catalog()).open(in, "-");
  }

  @Test
  void deliversEachLineBeforeItAsksForMore() throws IOException {
    Pipe pipe = pipe("#tiny\nc 1\nc", " 2\n", "c 3\nc 4\n", "c 5");
    try (EventReader log = open(pipe)) {
      assertEquals(1, pipe.deliveredAtRead.size());
      log.forEach(event -> delivered.add(event.timeMicros()));
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), delivered);
    assertEquals(List.of(0, 1, 2, 4, 4), pipe.deliveredAtRead);
  }

  @Test
  void looksAtTheFormatOnlyOnceALineIsThere() throws IOException {
    Pipe pipe = pipe("#ti", "ny", "\n", "c 1\n");
    try (EventReader log = open(pipe)) {
      assertEquals(3, pipe.deliveredAtRead.size());
      log.forEach(event -> delivered.add(event.timeMicros()));
    }
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void readsOnWhileNoParserRecognisesIt() throws IOException {
    Pipe pipe = pipe("\n", "# hello\n", "# partial", " line\n#tiny\nc 1\n", "c 2\n");
    try (EventReader log = open(pipe)) {
      assertEquals(4, pipe.deliveredAtRead.size());
      log.forEach(event -> delivered.add(event.timeMicros()));
    }
    assertEquals(List.of(1L, 2L), delivered);
    assertEquals(List.of(0, 0, 0, 0, 1, 2), pipe.deliveredAtRead);
  }

  @Test
  void aNamedParserNeedsNoLook() throws IOException {
    Pipe pipe = pipe("c 1\n");
    try (EventReader log =
        EventReader.builder().parsers(TinyProvider.catalog()).parser("tiny").open(pipe, "-")) {
      assertEquals(0, pipe.deliveredAtRead.size());
      log.forEach(event -> delivered.add(event.timeMicros()));
    }
    assertEquals(List.of(1L), delivered);
  }

  @Test
  void gzipIsDeliveredAsItIsFlushed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> chunks = new ArrayList<>();
    for (int member = 0; member < 2; member++) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true)) {
        for (int line = 0; line < 2; line++) {
          gzip.write(("#tiny\nc " + (2 * member + line) + "\n").getBytes(StandardCharsets.UTF_8));
          gzip.flush();
          chunks.add(out.toByteArray());
          out.reset();
        }
      }
    }
    chunks.add(out.toByteArray());
    Pipe pipe = new Pipe(chunks);
    try (EventReader log = open(pipe)) {
      assertEquals(1, pipe.deliveredAtRead.size());
      log.forEach(event -> delivered.add(event.timeMicros()));
    }
    assertEquals(List.of(0L, 1L, 2L, 3L), delivered);
    assertEquals(List.of(0, 1, 2, 3, 4, 4), pipe.deliveredAtRead);
  }

  @Test
  void givesUpAfter64KiB() {
    byte[] chunk = "what is this\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      chunks.add(chunk);
    }
    Pipe pipe = new Pipe(chunks);
    assertThrows(UnknownFormatException.class, () -> open(pipe));
    assertEquals((64 << 10) / chunk.length + 1, pipe.deliveredAtRead.size());
  }

  @Test
  void givesUpOnALineWithoutEnd() {
    byte[] chunk = new byte[1000];
    Pipe pipe = new Pipe(Collections.nCopies(1000, chunk));
    assertThrows(UnknownFormatException.class, () -> open(pipe));
    assertEquals(66, pipe.deliveredAtRead.size());
  }

  @Test
  void aStreamThatReturnsNothingForNowIsReadByteByByte() throws IOException {
    byte[] content = "#tiny\nc 1\nc 2\n".getBytes(StandardCharsets.UTF_8);
    InputStream lazy =
        new InputStream() {
          private int position;

          @Override
          public int read() {
            return position < content.length ? content[position++] : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return 0;
          }
        };
    try (EventReader log = open(lazy)) {
      log.forEach(event -> delivered.add(event.timeMicros()));
      assertEquals(content.length, log.bytesRead());
    }
    assertEquals(List.of(1L, 2L), delivered);
  }
}
