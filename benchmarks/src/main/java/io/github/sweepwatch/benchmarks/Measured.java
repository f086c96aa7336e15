package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes and records per second, beside JMH's passes over the whole log per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Measured {
  /** Bytes gone through. */
  public long bytes;

  /** Lines gone through. */
  public long records;

  /** Starts over; called by JMH. */
  @Setup(Level.Iteration)
  public void clear() {
    bytes = 0;
    records = 0;
  }

  /** Counts one pass. */
  void pass(long passBytes, long passRecords) {
    bytes += passBytes;
    records += passRecords;
  }

  /** A sink that adds the events up, so that none of their making can be left out. */
  static final class Sum implements EventSink {
    private long sum;
    private long rejected;

    @Override
    public void connection(ConnectionEvent event) {
      sum += event.timeMicros() ^ event.sourceLow() ^ event.destinationLow();
      sum += event.destinationPort() + event.sourcePackets() + event.outcome().name().length();
    }

    @Override
    public void logon(LogonEvent event) {}

    @Override
    public void reject(String reason) {
      rejected++;
    }

    /** The sum; a benchmark with rejections measures something else, so it fails. */
    long value() {
      if (rejected > 0) {
        throw new IllegalStateException(rejected + " records rejected");
      }
      return sum;
    }
  }
}
