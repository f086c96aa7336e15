package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The events of a fixed seed that every implementation gets, over and over. 95 % of them come from
 * benign sources, drawn by Zipf's law with exponent 1, with 1 to 20 destinations each; 30 % go
 * where the source's last one went. Scanners are 5 % of the events: half of them by dense scanners,
 * with thousands of distinct contacts, half by sparse ones, with 10 to 60.
 *
 * <p>Event time moves at {@value #EVENTS_PER_SECOND} events a second; three events in ten lie up to
 * a second behind, one in a thousand up to a minute.
 */
final class Workload {
  /** How fast event time moves. */
  static final int EVENTS_PER_SECOND = 100_000;

  /** When the events begin. */
  static final long START_MICROS = 1_700_000_000_000_000L;

  private static final long SEED = 0x5eed_2026L;
  private static final int MICROS_PER_EVENT = 1_000_000 / EVENTS_PER_SECOND;
  private static final int CONTACTS_OF_DENSE = 5_000;
  private static final int SPARSE_AT_ONCE = 64;

  private final int benignSources;
  private final ConnectionEvent[] events;
  private final Shares shares;

  private Workload(int benignSources, ConnectionEvent[] events, Shares shares) {
    this.benignSources = benignSources;
    this.events = events;
    this.shares = shares;
  }

  /**
   * How many events are of what kind.
   *
   * @param events all of them
   * @param sources how many sources there are, scanners included
   * @param denseScanners how many sources are dense scanners
   * @param sparseScanners how many are sparse scanners
   * @param repeats events of benign sources that go where the last one went
   * @param denseEvents events by dense scanners
   * @param sparseEvents events by sparse scanners
   */
  record Shares(
      int events,
      int sources,
      int denseScanners,
      int sparseScanners,
      int repeats,
      int denseEvents,
      int sparseEvents) {
    /** Events by benign sources. */
    int benignEvents() {
      return events - denseEvents - sparseEvents;
    }
  }

  /** The workload of a name: the number of benign sources, with K or M, or {@code hot}. */
  static Workload named(String name) {
    return switch (name) {
      case "10k" -> of(10_000, 2 << 20);
      case "100k" -> of(100_000, 2 << 20);
      case "1M" -> of(1_000_000, 4 << 20);
      case "10M" -> of(10_000_000, 10 << 20);
      case "hot" -> hot();
      default -> throw new IllegalArgumentException("no such workload: " + name);
    };
  }

  /** A workload of any size. */
  static Workload of(int benignSources, int size) {
    SplittableRandom random = new SplittableRandom(SEED);
    Zipf zipf = new Zipf(benignSources, random);
    Population population = new Population();
    ConnectionEvent[] events = new ConnectionEvent[size];
    byte[] last = new byte[benignSources];
    int dense = Math.max(1, size / 40 / CONTACTS_OF_DENSE);
    int[] denseContacts = new int[dense];
    SparseScanners sparse = new SparseScanners(dense, random);
    int repeats = 0;
    int denseEvents = 0;
    int sparseEvents = 0;
    for (int i = 0; i < size; i++) {
      long time = timeMicros(i);
      double kind = random.nextDouble();
      if (kind < 0.025) {
        int scanner = random.nextInt(dense);
        events[i] = population.probe(scanner, denseContacts[scanner]++, time);
        denseEvents++;
      } else if (kind < 0.05) {
        events[i] = sparse.next(population, time);
        sparseEvents++;
      } else {
        int source = zipf.next() - 1;
        if (last[source] > 0 && random.nextDouble() < 0.3) {
          repeats++;
        } else {
          last[source] = (byte) (1 + random.nextInt(Population.destinations(source)));
        }
        events[i] = population.benign(source, last[source] - 1, time);
      }
    }
    return new Workload(
        benignSources,
        events,
        new Shares(
            size,
            benignSources + dense + sparse.begun(),
            dense,
            sparse.begun(),
            repeats,
            denseEvents,
            sparseEvents));
  }

  /** One benign source with as many destinations as any has. */
  private static Workload hot() {
    SplittableRandom random = new SplittableRandom(SEED);
    Population population = new Population();
    ConnectionEvent[] events = new ConnectionEvent[1 << 16];
    int repeats = 0;
    int last = 0;
    for (int i = 0; i < events.length; i++) {
      if (random.nextDouble() < 0.3) {
        repeats++;
      } else {
        last = random.nextInt(Population.MOST_DESTINATIONS);
      }
      events[i] = population.benign(0, last, timeMicros(i));
    }
    return new Workload(1, events, new Shares(events.length, 1, 0, 0, repeats, 0, 0));
  }

  /** The events; their times are those of the first round. */
  ConnectionEvent[] events() {
    return events;
  }

  /** What they are made of. */
  Shares shares() {
    return shares;
  }

  /** Hands over one event of every benign source, from before {@link #START_MICROS}. */
  void introduce(Consumer<ConnectionEvent> to) {
    Population population = new Population();
    for (int source = 0; source < benignSources; source++) {
      to.accept(population.benign(source, 0, timeMicros(source - benignSources)));
    }
  }

  /** When the nth event of all happens; the order of times is not quite that of the numbers. */
  static long timeMicros(long n) {
    long mixed = Mix.of(n);
    int chance = Mix.below(1_000, mixed);
    int behind = chance == 0 ? 60_000_000 : chance <= 300 ? 1_000_000 : 0;
    long lag = ((mixed & 0xffff_ffffL) * behind) >>> 32;
    return START_MICROS + n * MICROS_PER_EVENT - lag;
  }

  /** Sparse scanners at work, some at a time; each ends and makes room for another. */
  private static final class SparseScanners {
    private final SplittableRandom random;
    private final int[] scanner = new int[SPARSE_AT_ONCE];
    private final int[] left = new int[SPARSE_AT_ONCE];
    private final int first;
    private int next;

    SparseScanners(int first, SplittableRandom random) {
      this.first = first;
      this.random = random;
      next = first;
    }

    ConnectionEvent next(Population population, long time) {
      int i = random.nextInt(SPARSE_AT_ONCE);
      if (left[i] == 0) {
        scanner[i] = next++;
        left[i] = 10 + random.nextInt(51);
      }
      return population.probe(scanner[i], --left[i], time);
    }

    int begun() {
      return next - first;
    }
  }
}
