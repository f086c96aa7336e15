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

  /** Reads it all, and returns how many bytes of objects were made for that. */
  private static long allocated(Lengths parser, InputStream in, ReadSummary[] summary)
      throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (EventReader log =
        EventReader.builder().parsers(ParserCatalog.of(List.of(parser))).open(in, "log")) {
      long before = threads.getThreadAllocatedBytes(thread);
      summary[0] = log.forEach(event -> {});
      return threads.getThreadAllocatedBytes(thread) - before;
    }
  }

  @Test
  void nothingPerLine() throws IOException {
    Lengths parser = new Lengths();
    ReadSummary[] summary = new ReadSummary[1];
    long made = allocated(parser, new Repeated(bytes("seven!\r\n"), 64 * MIB), summary);
    assertEquals(8 * MIB, summary[0].lines());
    assertEquals(6 * 8 * MIB, parser.total);
    assertTrue(made < 256 << 10, made + " bytes for 8 Mi lines");
  }

  @Test
  void nothingPerByteOfALineThatIsTooLong() throws IOException {
    Lengths parser = new Lengths();
    ReadSummary[] summary = new ReadSummary[1];
    long made = allocated(parser, new Repeated(bytes("x".repeat(100_000)), 256 * MIB), summary);
    assertEquals(1, summary[0].lines());
    assertEquals(1, summary[0].rejected());
    assertEquals(0, parser.total);
    // The buffer grows by doubling from a quarter of the limit to just beyond it.
    assertTrue(made < 4 * MIB, made + " bytes for one line");
  }

  @Test
  void gzipOfAnySize() throws IOException {
    byte[] member = Gzip.gzip("x".repeat(99).concat("\n").repeat(10_000));
    Lengths parser = new Lengths();
    ReadSummary[] summary = new ReadSummary[1];
    long made = allocated(parser, new Repeated(member, 100L * member.length), summary);
    assertEquals(1_000_000, summary[0].lines());
    assertEquals(99_000_000, parser.total);
    assertNull(summary[0].damage());
    assertTrue(made < MIB, made + " bytes for 100 members");
  }
}
