package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.datasketches.hllmap.UniqueCountMap;

/** Three of DataSketches' maps from key to sketch, under one lock. */
final class UniqueCountMapPeer implements CountingPeer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_ENTRIES = 1_024;

  private final UniqueCountMap hosts = new UniqueCountMap(FIRST_ENTRIES, 16);
  private final UniqueCountMap ports = new UniqueCountMap(FIRST_ENTRIES, 16);
  private final UniqueCountMap pairs = new UniqueCountMap(FIRST_ENTRIES, 16);
  private final byte[] key = new byte[16];
  private final byte[] item = new byte[8];

  @Override
  public synchronized void observe(ConnectionEvent event) {
    long host = CountingPeer.host(event);
    int port = CountingPeer.port(event);
    setKey(event.sourceHigh(), event.sourceLow());
    update(hosts, host);
    update(ports, port);
    update(pairs, CountingPeer.pair(host, port));
  }

  @Override
  public synchronized Counts counts(IpAddress source) {
    setKey(source.high(), source.low());
    return new Counts(hosts.getEstimate(key), ports.getEstimate(key), pairs.getEstimate(key));
  }

  private void setKey(long high, long low) {
    LONGS.set(key, 0, high);
    LONGS.set(key, 8, low);
  }

  private void update(UniqueCountMap map, long value) {
    LONGS.set(item, 0, value);
    map.update(key, item);
  }
}
