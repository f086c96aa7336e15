package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * Who talks to whom: sources and their contacts as functions of numbers, so that nothing has to be
 * kept. Every fifth source speaks IPv6. Benign sources are inside and talk to servers outside;
 * scanners are outside and probe hosts inside.
 */
final class Population {
  /** The most destinations of a benign source. */
  static final int MOST_DESTINATIONS = 20;

  private static final long IPV4 = 0xffffL << 32;
  private static final long INSIDE_V6 = 0xfd00_5eedL << 32;
  private static final long OUTSIDE_V6 = 0x2a0f_5eedL << 32;
  private static final int[] TCP_PORTS = {443, 443, 443, 443, 80, 80, 993, 8443, 22, 5222};
  private static final int[] UDP_PORTS = {53, 123, 443};
  private static final int[] BLOCK_PORTS = {
    21, 22, 23, 25, 80, 110, 139, 143, 443, 445, 1433, 3306, 3389, 5432, 5900, 8080
  };

  private final ConnectionEvent.Builder event = ConnectionEvent.builder();

  /** How many destinations a benign source has: 1 to {@link #MOST_DESTINATIONS}. */
  static int destinations(int source) {
    return 1 + Mix.below(MOST_DESTINATIONS, Mix.of(source, 1));
  }

  /** The address of a benign source; up to 2^24 of them. */
  static IpAddress benign(int source) {
    // An odd factor permutes the 24 bits, so that neighbours in rank are none in address.
    return isV6(source)
        ? new IpAddress(INSIDE_V6, Mix.of(source))
        : new IpAddress(0, IPV4 | 10 << 24 | (source * 0x9e37_79b1 & 0xff_ffff));
  }

  /** The address of a scanner; it is outside. */
  static IpAddress scanner(int scanner) {
    return isV6(scanner)
        ? new IpAddress(OUTSIDE_V6, Mix.of(scanner))
        : new IpAddress(0, IPV4 | 0xc600_0000L | (scanner * 0x9e37_79b1 & 0xff_ffff));
  }

  /** A benign source's event to one of its destinations. */
  ConnectionEvent benign(int source, int destination, long timeMicros) {
    long mixed = Mix.of(source, 2 + destination);
    int server = (int) mixed & 0xf_ffff;
    boolean udp = (mixed >>> 20 & 7) == 0;
    int[] ports = udp ? UDP_PORTS : TCP_PORTS;
    int chance = Mix.below(100, mixed);
    IpAddress to =
        isV6(source)
            ? new IpAddress(OUTSIDE_V6 | 1, server)
            : new IpAddress(0, IPV4 | 0x6000_0000L | server);
    return event(
        timeMicros,
        benign(source),
        to,
        udp ? Protocol.UDP : Protocol.TCP,
        ports[(int) (mixed >>> 24 & 0xff) % ports.length],
        chance < 95 ? Outcome.ESTABLISHED : chance < 98 ? Outcome.NO_REPLY : Outcome.UNKNOWN);
  }

  /**
   * A scanner's probe. Even scanners try one port on host after host, odd ones sixteen ports on
   * each.
   */
  ConnectionEvent probe(int scanner, int contact, long timeMicros) {
    boolean block = (scanner & 1) == 1;
    int host = block ? contact / BLOCK_PORTS.length : contact;
    int port =
        block
            ? BLOCK_PORTS[contact % BLOCK_PORTS.length]
            : BLOCK_PORTS[scanner / 2 % BLOCK_PORTS.length];
    IpAddress to =
        isV6(scanner)
            ? new IpAddress(INSIDE_V6 | 2, host)
            : new IpAddress(0, IPV4 | 10 << 24 | (scanner * 0x1_0000 + host & 0xff_ffff));
    int chance = Mix.below(100, Mix.of(scanner, contact));
    return event(
        timeMicros,
        scanner(scanner),
        to,
        Protocol.TCP,
        port,
        chance < 85 ? Outcome.NO_REPLY : chance < 95 ? Outcome.REFUSED : Outcome.ESTABLISHED);
  }

  private static boolean isV6(int number) {
    return number % 5 == 4;
  }

  private ConnectionEvent event(
      long timeMicros, IpAddress from, IpAddress to, int protocol, int port, Outcome outcome) {
    return event
        .reset()
        .timeMicros(timeMicros)
        .source(from)
        .destination(to)
        .protocol(protocol)
        .sourcePort(49_152)
        .destinationPort(port)
        .outcome(outcome)
        .probe(protocol == Protocol.TCP && outcome != Outcome.ESTABLISHED ? Probe.SYN : Probe.NONE)
        .build();
  }
}
