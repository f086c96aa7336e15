package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Events a second where each comes from a source never seen before, at a million a second of event
 * time. Ours has 64 MiB, filled before the first iteration; a peer grows, and starts over with each
 * iteration so that it does not run out of memory.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FloodBenchmark {
  private static final long MEMORY_BUDGET = 64L << 20;
  private static final int FILL = 4 << 20;

  /**
   * Takes a slice of events.
   *
   * @param flood what takes them
   * @param events where they come from
   */
  @Benchmark
  @OperationsPerInvocation(EventSlice.SIZE)
  public void observe(Flood flood, Events events) {
    flood.subject.observe(events.slice);
  }

  /** What is measured. All threads share it. */
  @State(Scope.Benchmark)
  public static class Flood {
    /** The implementation's name. */
    @Param({"sweepwatch", "sweepwatchBatch", "hllSketch"})
    public String implementation = "";

    private Subject subject = event -> {};

    /** Fills ours. */
    @Setup
    public void fill() {
      Implementation chosen = Implementation.labelled(implementation);
      subject = chosen.create(MEMORY_BUDGET);
      if (chosen.isOurs()) {
        ConnectionEvent.Builder builder = ConnectionEvent.builder();
        for (int n = 0; n < FILL; n++) {
          subject.observe(SpoofedSources.probe(builder, n, 0, timeMicros(n)));
        }
      }
    }

    /** Empties a peer. */
    @Setup(Level.Iteration)
    public void startOver() {
      Implementation chosen = Implementation.labelled(implementation);
      if (!chosen.isOurs()) {
        subject.close();
        subject = chosen.create(MEMORY_BUDGET);
        HeapUse.afterCollection();
      }
    }

    /** Ends it. */
    @TearDown
    public void close() {
      subject.close();
    }
  }

  /** A thread's share of the flood. */
  @State(Scope.Thread)
  public static class Events {
    private static final int EVENTS = EventSlice.SIZE * 16;

    private final ConnectionEvent[] events = new ConnectionEvent[EVENTS];
    private final EventSlice slice = new EventSlice(events);
    private int step;
    private long next;

    /**
     * Makes the events that will get source after source.
     *
     * @param threads who else takes some
     */
    @Setup
    public void begin(ThreadParams threads) {
      ConnectionEvent.Builder builder = ConnectionEvent.builder();
      for (int i = 0; i < EVENTS; i++) {
        events[i] = SpoofedSources.probe(builder, i, 0, timeMicros(i));
      }
      step = threads.getThreadCount() * EventSlice.SIZE;
      next = FILL + (long) threads.getThreadIndex() * EventSlice.SIZE;
    }

    /** Moves on and gives the slice new sources; JMH leaves the time that this takes out. */
    @Setup(Level.Invocation)
    public void advance() {
      slice.moveTo((int) (next % EVENTS));
      for (int i = 0; i < EventSlice.SIZE; i++) {
        ConnectionEvent event = slice.get(i);
        EventFields.source(event, SpoofedSources.high(next + i), SpoofedSources.low(next + i));
        EventFields.time(event, timeMicros(next + i));
      }
      next += step;
    }
  }

  private static long timeMicros(long n) {
    return Workload.START_MICROS + n;
  }
}
