package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.parser.firewall.cisco.CiscoParserProvider;
import io.github.sweepwatch.parser.firewall.netfilter.NetfilterParserProvider;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Devices' logs in syslog to events, from memory, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class DeviceTextBenchmark {
  private static final ParserContext CONTEXT =
      ParserContext.of("benchmark", LocalDate.of(2026, 11, 24));

  /** The log's format. */
  @Param({"netfilter", "asa"})
  public String format = "";

  private byte[] log = {};

  /** Makes the log. */
  @Setup
  public void load() {
    log = format.equals("asa") ? DeviceLog.asa() : DeviceLog.netfilter();
  }

  /**
   * This library's parser.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatch(Measured measured) {
    return parse(
        format.equals("asa")
            ? new CiscoParserProvider().open(CONTEXT)
            : new NetfilterParserProvider().open(CONTEXT),
        measured);
  }

  /**
   * A parser by compiled expressions.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long expressions(Measured measured) {
    return parse(
        format.equals("asa") ? DevicePeers.asa() : DevicePeers.netfilter(), measured);
  }

  private long parse(LogParser parser, Measured measured) {
    Measured.Sum sum = new Measured.Sum();
    measured.pass(log.length, LineFraming.parse(log, parser, sum));
    return sum.value();
  }
}
