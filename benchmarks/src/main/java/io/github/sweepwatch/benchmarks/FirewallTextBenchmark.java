package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.parser.firewall.aws.AwsVpcParserProvider;
import io.github.sweepwatch.parser.firewall.fortigate.FortiGateParserProvider;
import io.github.sweepwatch.parser.firewall.paloalto.PaloAltoParserProvider;
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

/** Firewall and flow logs in text to events, from memory, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FirewallTextBenchmark {
  private static final ParserContext CONTEXT =
      ParserContext.of("benchmark", LocalDate.of(2026, 11, 24));

  /** The log's format. */
  @Param({"paloalto", "fortigate", "aws"})
  public String format = "";

  private byte[] log = {};

  /** Makes the log. */
  @Setup
  public void load() {
    log =
        switch (format) {
          case "paloalto" -> FirewallLog.paloAlto();
          case "fortigate" -> FirewallLog.fortiGate();
          default -> FirewallLog.aws();
        };
  }

  /**
   * This library's parser.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatch(Measured measured) {
    LogParser parser =
        switch (format) {
          case "paloalto" -> new PaloAltoParserProvider().open(CONTEXT);
          case "fortigate" -> new FortiGateParserProvider().open(CONTEXT);
          default -> new AwsVpcParserProvider().open(CONTEXT);
        };
    return parse(parser, measured);
  }

  /**
   * A parser by a compiled expression.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long regex(Measured measured) {
    LogParser parser =
        switch (format) {
          case "paloalto" -> TextPeers.paloAlto();
          case "fortigate" -> TextPeers.fortiGate();
          default -> TextPeers.aws();
        };
    return parse(parser, measured);
  }

  private long parse(LogParser parser, Measured measured) {
    Measured.Sum sum = new Measured.Sum();
    measured.pass(log.length, LineFraming.parse(log, parser, sum));
    return sum.value();
  }
}
