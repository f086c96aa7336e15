package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Cuts a buffer into lines: the same for everything that is measured. */
final class LineFraming {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;

  private LineFraming() {}

  /** The index of the next line feed, or the buffer's length. */
  static int lineEnd(byte[] bytes, int from) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i) ^ ONES * '\n';
      long hits = (word - ONES) & ~word & ONES << 7;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Hands every line to a parser; returns how many there are. */
  static long parse(byte[] log, LogParser parser, EventSink sink) {
    RecordSlice record = new RecordSlice();
    long line = 0;
    for (int from = 0; from < log.length; ) {
      int to = lineEnd(log, from);
      parser.parse(record.at(log, from, to, ++line), sink);
      from = to + 1;
    }
    return line;
  }
}
