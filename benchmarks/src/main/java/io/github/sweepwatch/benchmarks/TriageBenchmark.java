package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.triage.Triage;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What triage costs: the same connections with a logon after each ninth of them, which triage takes
 * in, and without triage, where logons are passed over. Nanoseconds an event.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class TriageBenchmark {
  /** Connections an invocation. */
  static final int CONNECTIONS = 90_000;

  /** Events an invocation: one in ten is a logon. */
  static final int EVENTS = CONNECTIONS / 9 * 10;

  private static final long START = 1_795_486_073_000_000L;
  private static final int SOURCES = 10_000;

  private final ConnectionEvent[] connections = new ConnectionEvent[CONNECTIONS];
  private final LogonEvent[] logons = new LogonEvent[CONNECTIONS / 9];

  /** Makes the events. */
  @Setup
  public void makeEvents() {
    Random random = new Random(7);
    for (int i = 0; i < CONNECTIONS; i++) {
      connections[i] =
          ConnectionEvent.builder()
              .timeMicros(START + i * 1_000L)
              .source(source(random))
              .destination(IpAddress.ofIpv4(0x0a14_0000 | random.nextInt(50)))
              .sourcePort(40_000)
              .destinationPort(443)
              .protocol(Protocol.TCP)
              .outcome(Outcome.ESTABLISHED)
              .bytes(500, 5_000)
              .build();
    }
    for (int i = 0; i < logons.length; i++) {
      logons[i] =
          new LogonEvent(
              START + i * 9_000L,
              source(random),
              IpAddress.ofIpv4(0x0a14_0000 | random.nextInt(50)),
              null,
              "account" + random.nextInt(1_000),
              "ssh",
              random.nextInt(5) > 0,
              "sensor");
    }
  }

  private static IpAddress source(Random random) {
    return IpAddress.ofIpv4(0x0a0a_0000 + random.nextInt(SOURCES));
  }

  /**
   * Logons are passed over.
   *
   * @return the detector
   */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public ScanDetector without() {
    ScanDetector detector = ScanDetector.builder().secretKey(1, 2).build();
    for (ConnectionEvent connection : connections) {
      detector.observe(connection);
    }
    return detector;
  }

  /**
   * Triage takes the logons.
   *
   * @return the detector
   */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public ScanDetector with() {
    Triage triage = Triage.builder().build();
    ScanDetector detector = ScanDetector.builder().secretKey(1, 2).onAlert(triage).build();
    for (int i = 0; i < CONNECTIONS; i++) {
      detector.observe(connections[i]);
      if (i % 9 == 8) {
        triage.logon(logons[i / 9]);
      }
    }
    return detector;
  }
}
