package io.github.sweepwatch.parser.suricata;

import org.jspecify.annotations.Nullable;

/**
 * The flows that were counted lately, so that a flow's other records do not count again. Each kind
 * of record has a table of its own: flow records, of which there are many, do not push out the few
 * alerts, whose flow record may come an hour later. Bounded: at most {@value #WAYS} × 4096 flows a
 * kind, the oldest of a set giving way. Not thread-safe.
 */
final class SeenFlows {
  private static final long UNKNOWN = -1;
  private static final int SET_BITS = 12;
  private static final int WAYS = 4;

  private final Table flows = new Table();
  private final Table halves = new Table();
  // Alerts and drops.
  private final Table packets = new Table();

  /**
   * Whether a record is the first of its flow; remembers it.
   *
   * @param key stands for the flow's identifier and endpoints, either way round
   * @param start when it began, or {@link #UNKNOWN}
   */
  boolean isFirst(RecordKind kind, long key, long start) {
    boolean flow = kind == RecordKind.FLOW;
    // A flow has one flow record. Two with one identifier are two flows.
    boolean seen =
        packets.has(key, start) || halves.has(key, start) || (!flow && flows.has(key, start));
    if (!seen) {
      (flow ? flows : kind == RecordKind.NETFLOW ? halves : packets).put(key, start);
    }
    return !seen;
  }

  /** Remembers a flow record that counts in place of an alert's. */
  void remember(long key, long start) {
    flows.put(key, start);
  }

  private static final class Table {
    // Pairs of a key and a start, the youngest of a set first; made when first used.
    private long @Nullable [] entries;

    boolean has(long key, long start) {
      if (entries == null) {
        return false;
      }
      int from = set(key);
      for (int i = from; i < from + 2 * WAYS; i += 2) {
        if (entries[i] == key
            && (entries[i + 1] == start || start == UNKNOWN || entries[i + 1] == UNKNOWN)) {
          return true;
        }
      }
      return false;
    }

    void put(long key, long start) {
      if (entries == null) {
        entries = new long[(2 * WAYS) << SET_BITS];
      }
      int from = set(key);
      System.arraycopy(entries, from, entries, from + 2, 2 * WAYS - 2);
      entries[from] = key;
      entries[from + 1] = start;
    }

    private static int set(long key) {
      return (int) (key >>> (Long.SIZE - SET_BITS)) * 2 * WAYS;
    }
  }
}
