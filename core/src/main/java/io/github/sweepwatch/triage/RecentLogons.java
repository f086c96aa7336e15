package io.github.sweepwatch.triage;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest logons of all sources of which nothing else is known, in the order in which they came:
 * a ring, and for each bucket of a hash of the source a chain back through it. Most of them are
 * never asked for, so that adding one is a few writes to tables that do not grow. Not thread-safe.
 */
final class RecentLogons {
  /** From so many logons in one bucket on, there is somebody who guesses. */
  static final int CROWDED = 64;

  /** One logon with its place in the tables, texts apart. */
  private static final int EVENT_BYTES = 224;

  private static final int MAX_SLOTS = 1 << 20;
  private static final int SLOTS_A_BUCKET = 4;
  private static final int COUNT_BITS = 8;
  private static final long COUNT_MASK = (1 << COUNT_BITS) - 1;

  private final int mask;
  private final int shift;
  private final @Nullable LogonEvent[] events;
  private final int[] hashes;
  private final int[] sizes;
  // The number of the one before in the same bucket; below the oldest where there is none.
  private final long[] earlier;
  // By bucket: the number of its latest, and how many there are at most.
  private final long[] latest;
  private long next = 1;
  private long oldest = 1;
  private long bytes;

  /**
   * None yet.
   *
   * @param room the memory that they may take at most, in bytes
   */
  RecentLogons(long room) {
    int slots = Integer.highestOneBit((int) Math.max(2, Math.min(MAX_SLOTS, room / EVENT_BYTES)));
    mask = slots - 1;
    int buckets = Math.max(2, slots / SLOTS_A_BUCKET);
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(buckets);
    events = new LogonEvent[slots];
    hashes = new int[slots];
    sizes = new int[slots];
    earlier = new long[slots];
    latest = new long[buckets];
  }

  /** What spreads sources over buckets. */
  static int hash(IpAddress source) {
    long mixed = (source.high() * 31 + source.low()) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> Integer.SIZE);
  }

  /** What they take in memory, about. */
  long bytes() {
    return bytes;
  }

  /** Whether one must go before another comes. */
  boolean isFull() {
    return next - oldest > mask;
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return next == oldest;
  }

  /**
   * Takes in a logon; there must be room.
   *
   * @param hash that of its source
   * @return whether its bucket is crowded
   */
  boolean add(LogonEvent event, int hash) {
    int slot = (int) next & mask;
    int bucket = hash >>> shift;
    long before = latest[bucket];
    long number = before >>> COUNT_BITS;
    long count = 1 + (number < oldest ? 0 : before & COUNT_MASK);
    int size =
        EVENT_BYTES
            + (int) Texts.bytes(event.account())
            + (int) Texts.bytes(event.targetHost())
            + (int) Texts.bytes(event.sensor());
    events[slot] = event;
    hashes[slot] = hash;
    sizes[slot] = size;
    earlier[slot] = number;
    latest[bucket] = next << COUNT_BITS | count;
    next++;
    bytes += size;
    return count >= CROWDED;
  }

  /** Lets the oldest go; returns its source's hash as a positive number, or -1 if it is taken. */
  long dropOldest() {
    long number = oldest++;
    return remove(number) ? Integer.toUnsignedLong(hashes[(int) number & mask]) : -1;
  }

  /** Takes out all in the bucket of a hash. */
  List<LogonEvent> takeBucket(int hash) {
    List<LogonEvent> taken = take(hash, event -> true);
    latest[hash >>> shift] = 0;
    return taken;
  }

  /** Takes out those of a source. */
  List<LogonEvent> take(IpAddress source) {
    return take(hash(source), event -> event.source().equals(source));
  }

  private List<LogonEvent> take(int hash, Predicate<LogonEvent> which) {
    List<LogonEvent> taken = new ArrayList<>();
    long number = latest[hash >>> shift] >>> COUNT_BITS;
    while (number >= oldest) {
      take(number, which, taken);
      number = earlier[(int) number & mask];
    }
    return taken;
  }

  /** Takes out those of all sources in a network. */
  List<LogonEvent> take(AddressBlock network) {
    List<LogonEvent> taken = new ArrayList<>();
    for (long number = oldest; number < next; number++) {
      take(number, event -> network.contains(event.source().high(), event.source().low()), taken);
    }
    return taken;
  }

  private void take(long number, Predicate<LogonEvent> which, List<LogonEvent> taken) {
    LogonEvent event = events[(int) number & mask];
    if (event != null && which.test(event)) {
      remove(number);
      taken.add(event);
    }
  }

  private boolean remove(long number) {
    int slot = (int) number & mask;
    if (events[slot] == null) {
      return false;
    }
    events[slot] = null;
    bytes -= sizes[slot];
    return true;
  }
}
