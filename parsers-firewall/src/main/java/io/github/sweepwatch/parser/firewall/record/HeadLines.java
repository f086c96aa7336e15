package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.spi.RecordSlice;
import java.util.function.Predicate;

/** Scores a stream's first bytes by how many of its lines bear a format's mark. Thread-safe. */
public final class HeadLines {
  private static final int FEW = 60;
  private static final int ALL = 95;

  private HeadLines() {}

  /**
   * Scores a stream.
   *
   * @param head its first bytes
   * @param marked whether a line bears the format's mark
   * @return 0 where no line does, then by their share, up to 95
   */
  public static int score(byte[] head, Predicate<RecordSlice> marked) {
    RecordSlice slice = new RecordSlice();
    int lines = 0;
    int hits = 0;
    int from = 0;
    while (from < head.length) {
      int to = Text.find(head, from, head.length, '\n');
      int end = to > from && head[to - 1] == '\r' ? to - 1 : to;
      if (!isBlank(head, from, end)) {
        lines++;
        hits += marked.test(slice.at(head, from, end, lines)) ? 1 : 0;
      }
      from = to + 1;
    }
    return hits == 0 ? 0 : FEW + (ALL - FEW) * hits / lines;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ') {
        return false;
      }
    }
    return true;
  }
}
