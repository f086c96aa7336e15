package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reading allocates does not grow with what is read. */
class BoundedMemoryTest {
  private static final long MIB = 1 << 20;

  /** Some bytes over and over, as many as wanted. */
  private static final class Repeated extends InputStream {
    private final byte[] bytes;
    private long left;
    private int position;

    Repeated(byte[] bytes, long total) {
      this.bytes = bytes;
      left = total;
    }

    @Override
    public int read() {
      throw new AssertionError("a byte alone");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(Math.min(length, left), bytes.length - position);
      if (left == 0) {
        return -1;
      }
      System.arraycopy(bytes, position, buffer, offset, count);
      position = (position + count) % bytes.length;
      left -= count;
      return count;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Adds up the length of the records, and allocates nothing. */
  private static final class Lengths implements ParserProvider {
    long total;

    @Override
    public String name() {
      return "lengths";
    }

    @Override
    public List<String> formats() {
      return List.of("anything");
    }

    @Override
    public int sniff(byte[] head) {
      return 1;
    }

    @Override
    public LogParser open(ParserContext context) {
      return (record, sink) -> total += record.length();
    }
  }

  private final Lengths parser = new Lengths();
  private ReadSummary summary = new ReadSummary("", "", 0, 0, 0, 0, List.of(), null);

  /** Reads it all, and returns how many bytes of objects were made for that. */
  private long allocated(byte[] repeated, long total) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    try (EventReader log =
        EventReader.builder()
            .parsers(ParserCatalog.of(List.of(parser)))
            .open(new Repeated(repeated, total), "log")) {
      parser.total = 0;
      summary = log.forEach(event -> {});
    }
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  /** Reads a little, then a little again, then much: the first time, classes are loaded as well. */
  private void assertSameFor(byte[] repeated, long little, long much) throws IOException {
    allocated(repeated, little);
    long forLittle = allocated(repeated, little);
    long forMuch = allocated(repeated, much);
    assertTrue(
        forMuch < forLittle + (64 << 10),
        forMuch + " bytes for much, " + forLittle + " for little");
  }

  @Test
  void nothingPerLine() throws IOException {
    assertSameFor(bytes("seven!\r\n"), 8 * 100_000, 64 * MIB);
    assertEquals(8 * MIB, summary.lines());
    assertEquals(6 * 8 * MIB, parser.total);
  }

  @Test
  void nothingPerByteOfALineThatIsTooLong() throws IOException {
    assertSameFor(bytes("x".repeat(100_000)), 3 * MIB, 256 * MIB);
    assertEquals(1, summary.lines());
    assertEquals(1, summary.rejected());
    assertEquals(0, parser.total);
  }

  @Test
  void gzipOfAnySize() throws IOException {
    byte[] member = Gzip.gzip("x".repeat(99).concat("\n").repeat(10_000));
    assertSameFor(member, member.length, 100L * member.length);
    assertEquals(1_000_000, summary.lines());
    assertEquals(99_000_000, parser.total);
    assertNull(summary.damage());
  }
}
