package io.github.sweepwatch.benchmarks.engine;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A map from source to three UltraLogLog sketches of hash4j, 1,024 registers each; a source's
 * sketches are guarded by its monitor.
 */
final class UltraLogLogPeer implements CountingPeer {
  private static final int LOG_REGISTERS = 10;
  private static final Hasher64 HASHER = Hashing.wyhashFinal4();

  private final ConcurrentHashMap<IpAddress, Sketches> sources = new ConcurrentHashMap<>();

  @Override
  public void observe(ConnectionEvent event) {
    IpAddress source = event.source();
    Sketches sketches = sources.get(source);
    if (sketches == null) {
      sketches = sources.computeIfAbsent(source, key -> new Sketches());
    }
    long host = CountingPeer.host(event);
    int port = CountingPeer.port(event);
    sketches.update(host, port, CountingPeer.pair(host, port));
  }

  @Override
  public Counts counts(IpAddress source) {
    return Objects.requireNonNull(sources.get(source)).counts();
  }

  private static final class Sketches {
    private final UltraLogLog hosts = UltraLogLog.create(LOG_REGISTERS);
    private final UltraLogLog ports = UltraLogLog.create(LOG_REGISTERS);
    private final UltraLogLog pairs = UltraLogLog.create(LOG_REGISTERS);

    synchronized void update(long host, long port, long pair) {
      hosts.add(HASHER.hashLongToLong(host));
      ports.add(HASHER.hashLongToLong(port));
      pairs.add(HASHER.hashLongToLong(pair));
    }

    synchronized Counts counts() {
      return new Counts(
          hosts.getDistinctCountEstimate(),
          ports.getDistinctCountEstimate(),
          pairs.getDistinctCountEstimate());
    }
  }
}
