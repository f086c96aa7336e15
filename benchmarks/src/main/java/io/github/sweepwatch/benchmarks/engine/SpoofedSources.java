package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;

/**
 * The flood's sources, each another one, for 2^30 of them: by turns one of {@code 32.0.0.0/3} and
 * one of an IPv6 network.
 */
final class SpoofedSources {
  private static final long IPV4 = 0xffffL << 32;
  private static final long IPV6 = 0x2a0f_f100L << 32;
  private static final int IPV4_BITS = 29;

  private SpoofedSources() {}

  /** The upper half of the nth address. */
  static long high(long n) {
    return isV6(n) ? IPV6 : 0;
  }

  /** The lower half of the nth address. */
  static long low(long n) {
    if (isV6(n)) {
      return Mix.of(n);
    }
    // A permutation of the bits that are free: an odd factor, a shift, another odd factor.
    long mask = (1L << IPV4_BITS) - 1;
    long bits = (n >>> 1) * 0x9e37_79b1L & mask;
    bits ^= bits >>> 15;
    bits = bits * 0x85eb_ca6bL & mask;
    return IPV4 | 0x2000_0000L | bits;
  }

  /** A probe by the nth source, to the address inside that a number stands for. */
  static ConnectionEvent probe(
      ConnectionEvent.Builder builder, long n, int target, long timeMicros) {
    return builder
        .reset()
        .timeMicros(timeMicros)
        .source(high(n), low(n))
        .destination(0, IPV4 | 10 << 24 | Mix.of(n, target) >>> 40)
        .protocol(Protocol.TCP)
        .sourcePort(49_152)
        .destinationPort(8_080)
        .outcome(Outcome.NO_REPLY)
        .probe(Probe.SYN)
        .build();
  }

  private static boolean isV6(long n) {
    return (n & 1) == 1;
  }
}
