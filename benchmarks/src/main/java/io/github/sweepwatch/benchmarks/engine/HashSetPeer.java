package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A map from source to three hash sets, under one lock: exact. */
final class HashSetPeer implements CountingPeer {
  private final Map<IpAddress, Sets> sources = new HashMap<>();

  @Override
  public synchronized void observe(ConnectionEvent event) {
    long host = CountingPeer.host(event);
    int port = CountingPeer.port(event);
    Sets sets = sources.computeIfAbsent(event.source(), key -> new Sets());
    sets.hosts.add(host);
    sets.ports.add(port);
    sets.pairs.add(CountingPeer.pair(host, port));
  }

  @Override
  public synchronized Counts counts(IpAddress source) {
    Sets sets = Objects.requireNonNull(sources.get(source));
    return new Counts(sets.hosts.size(), sets.ports.size(), sets.pairs.size());
  }

  private static final class Sets {
    private final Set<Long> hosts = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();
    private final Set<Long> pairs = new HashSet<>();
  }
}
