package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.parser.zeek.ZeekParserProvider;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Tab-separated connection log to events, from memory, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ZeekTsvBenchmark {
  private static final ParserContext CONTEXT =
      ParserContext.of("benchmark", LocalDate.of(2026, 11, 24));

  private byte[] log = {};

  /** Loads the log. */
  @Setup
  public void load() {
    log = ZeekLog.tsv();
  }

  /**
   * This library's parser.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatch(Measured measured) {
    return parse(new ZeekParserProvider().open(CONTEXT), measured);
  }

  /**
   * A parser by {@code String.split}.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long split(Measured measured) {
    return parse(new SplitParser(), measured);
  }

  private long parse(LogParser parser, Measured measured) {
    Measured.Sum sum = new Measured.Sum();
    measured.pass(log.length, LineFraming.parse(log, parser, sum));
    return sum.value();
  }
}
