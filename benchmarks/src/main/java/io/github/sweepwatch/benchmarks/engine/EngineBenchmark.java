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
 * Events a second in steady state: every source is known, and all events were seen once, before the
 * first iteration.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  /**
   * Takes a slice of events.
   *
   * @param engine what takes them
   * @param events where they come from
   */
  @Benchmark
  @OperationsPerInvocation(EventSlice.SIZE)
  public void observe(Engine engine, Events events) {
    engine.subject().observe(events.slice());
  }

  /** What is measured, and with what. All threads share it. */
  @State(Scope.Benchmark)
  public static class Engine {
    /** The workload's name. */
    @Param({"10k", "1M", "10M", "hot"})
    public String workload = "";

    /** The implementation's name. */
    @Param({
      "sweepwatch",
      "sweepwatchBatch",
      "engineAlone",
      "hllSketch",
      "ultraLogLog",
      "hashSet",
      "uniqueCountMap",
      "esper"
    })
    public String implementation = "";

    private Workload events = Workload.of(1, 0);
    private Subject subject = event -> {};

    /** Makes the events, then what takes them, and brings it into its steady state. */
    @Setup
    public void fill() {
      events = Workload.named(workload);
      Workload.Shares shares = events.shares();
      int sources = shares.sources();
      long before = HeapUse.afterCollection();
      subject = Implementation.labelled(implementation).create(memoryBudget(sources));
      events.introduce(subject::observe);
      for (ConnectionEvent event : events.events()) {
        subject.observe(event);
      }
      long used = HeapUse.afterCollection() - before;
      SetupFigures.put(SetupFigures.SOURCE_BYTES, (double) used / sources);
      SetupFigures.put(SetupFigures.SOURCES, sources);
      SetupFigures.put(SetupFigures.DENSE_PERCENT, 100.0 * shares.denseEvents() / shares.events());
      SetupFigures.put(
          SetupFigures.SPARSE_SCAN_PERCENT, 100.0 * shares.sparseEvents() / shares.events());
    }

    /** Ends it, and says what it could not hold. */
    @TearDown
    public void close() {
      if (!subject.losses().isEmpty()) {
        System.out.println("# " + implementation + ": " + subject.losses());
      }
      subject.close();
    }

    Subject subject() {
      return subject;
    }

    /** Room for all sources, so that steady state is one. */
    private static long memoryBudget(int sources) {
      return Math.max(64L << 20, sources * 512L);
    }
  }

  /** A thread's way through the events: its own slices, later each time. */
  @State(Scope.Thread)
  public static class Events {
    private ConnectionEvent[] events = {};
    private EventSlice slice = new EventSlice(events);
    private int step;
    private long next;

    /**
     * Finds the thread's first slice; the setting-up saw all of them once.
     *
     * @param engine what has the events
     * @param threads who else takes some
     */
    @Setup
    public void begin(Engine engine, ThreadParams threads) {
      events = engine.events.events();
      slice = new EventSlice(events);
      step = threads.getThreadCount() * EventSlice.SIZE;
      next = events.length + (long) threads.getThreadIndex() * EventSlice.SIZE;
    }

    /** Moves on and sets the slice's times; JMH leaves the time that this takes out. */
    @Setup(Level.Invocation)
    public void advance() {
      slice.moveTo((int) (next % events.length));
      for (int i = 0; i < EventSlice.SIZE; i++) {
        EventFields.time(slice.get(i), Workload.timeMicros(next + i));
      }
      next += step;
    }

    EventSlice slice() {
      return slice;
    }
  }
}
