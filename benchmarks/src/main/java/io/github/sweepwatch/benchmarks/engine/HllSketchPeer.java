package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.datasketches.hll.HllSketch;

/**
 * A map from source to three HyperLogLog sketches of DataSketches, 1,024 registers each, kept as
 * the library does unless told otherwise (HLL_4); a source's sketches are guarded by its monitor.
 */
final class HllSketchPeer implements CountingPeer {
  private static final int LOG_REGISTERS = 10;

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
    private final HllSketch hosts = new HllSketch(LOG_REGISTERS);
    private final HllSketch ports = new HllSketch(LOG_REGISTERS);
    private final HllSketch pairs = new HllSketch(LOG_REGISTERS);

    synchronized void update(long host, long port, long pair) {
      hosts.update(host);
      ports.update(port);
      pairs.update(pair);
    }

    synchronized Counts counts() {
      return new Counts(hosts.getEstimate(), ports.getEstimate(), pairs.getEstimate());
    }
  }
}
