package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;

/** A peer that counts each source's distinct hosts, ports, and pairs of both, and no more. */
interface CountingPeer extends Subject {
  /**
   * What was counted of a source.
   *
   * @param hosts distinct destinations
   * @param ports distinct destination ports, by protocol
   * @param pairs distinct pairs of both
   */
  record Counts(double hosts, double ports, double pairs) {}

  /** What was counted of a source that was seen. */
  Counts counts(IpAddress source);

  /** The destination as a long: cheap, and as distinct as it takes. */
  static long host(ConnectionEvent event) {
    return event.destinationLow() ^ event.destinationHigh() * 0x9e37_79b9_7f4a_7c15L;
  }

  /** The protocol and its port. */
  static int port(ConnectionEvent event) {
    return event.protocol() << 16 | event.destinationPort();
  }

  /** Host and port as a long. */
  static long pair(long host, int port) {
    return (host ^ port) * 0xbf58_476d_1ce4_e5b9L + port;
  }
}
