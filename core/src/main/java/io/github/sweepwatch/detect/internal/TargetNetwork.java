package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;

/**
 * The smallest network that holds all addresses that were noted, but at least a /24 of IPv4 or a
 * /64 of IPv6. Immutable.
 *
 * @param high upper half of one of them
 * @param low lower half of it
 * @param bits how many leading bits, of 128, all of them share
 */
record TargetNetwork(long high, long low, int bits) {
  private static final int LEAST_V4 = 128 - 8;
  private static final int LEAST_V6 = 64;

  /** The network of a single address. */
  static TargetNetwork of(long high, long low) {
    return new TargetNetwork(high, low, IpAddress.isIpv4(high, low) ? LEAST_V4 : LEAST_V6);
  }

  /** Whether an address is in it. */
  boolean contains(long otherHigh, long otherLow) {
    return sharedBits(otherHigh, otherLow) >= bits;
  }

  /** The smallest network that holds an address too. */
  TargetNetwork with(long otherHigh, long otherLow) {
    return new TargetNetwork(high, low, Math.min(bits, sharedBits(otherHigh, otherLow)));
  }

  private int sharedBits(long otherHigh, long otherLow) {
    int shared = Long.numberOfLeadingZeros(high ^ otherHigh);
    return shared < Long.SIZE ? shared : shared + Long.numberOfLeadingZeros(low ^ otherLow);
  }

  void write(SnapshotOutput out) throws IOException {
    out.putLong(high);
    out.putLong(low);
    out.putByte(bits);
  }

  static TargetNetwork read(SnapshotInput in) throws IOException {
    return new TargetNetwork(in.anyLong(), in.anyLong(), in.number(LEAST_V4));
  }
}
