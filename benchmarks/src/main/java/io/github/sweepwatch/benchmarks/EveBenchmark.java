package io.github.sweepwatch.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sweepwatch.parser.suricata.SuricataParserProvider;
import io.github.sweepwatch.spi.ParserContext;
import java.io.IOException;
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

/** Suricata's EVE log to events, from memory, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EveBenchmark {
  private static final ParserContext CONTEXT =
      ParserContext.of("benchmark", LocalDate.of(2026, 11, 24));

  private final JsonFactory factory = new JsonFactory();
  private byte[] log = {};

  /** Makes the log. */
  @Setup
  public void load() {
    log = EveLog.json();
  }

  /**
   * This library's parser.
   *
   * @param measured the counters
   * @return a sum over the events
   */
  @Benchmark
  public long sweepwatch(Measured measured) {
    Measured.Sum sum = new Measured.Sum();
    long lines = LineFraming.parse(log, new SuricataParserProvider().open(CONTEXT), sum);
    measured.pass(log.length, lines);
    return sum.value();
  }

  /**
   * Jackson's streaming parser going over the tokens of the whole log and doing nothing with them:
   * no lines, no values, no events.
   *
   * @param measured the counters
   * @return the number of tokens
   * @throws IOException never
   */
  @Benchmark
  public long jacksonTokens(Measured measured) throws IOException {
    long tokens = 0;
    long records = 0;
    try (JsonParser parser = factory.createParser(log)) {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        tokens++;
        if (token == JsonToken.END_OBJECT && parser.getParsingContext().inRoot()) {
          records++;
        }
      }
    }
    measured.pass(log.length, records);
    return tokens;
  }
}
