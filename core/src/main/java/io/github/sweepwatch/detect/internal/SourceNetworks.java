package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;

/**
 * The IPv6 networks that sources outside belong to: whoever has a network can send each probe from
 * another address of it. A network is a source of its own in the table, with the first contacts of
 * its addresses. Immutable and thread-safe; wait-free.
 */
final class SourceNetworks {
  /** So many contacts of an address count for its network too. */
  static final int CONTACTS = 2;

  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final long LINK_LOCAL_MASK = -1L << 54;

  /** Sets a network apart from the address that ends in zeros. */
  private static final long NETWORK = 0x6e65_7477_6f72_6bffL;

  private final long highMask;
  private final long lowMask;
  private final boolean followed;
  private final AddressHash hash;

  /**
   * Networks of one length.
   *
   * @param bits the prefix's length, 16 to 128; 128 follows none
   * @param hash makes their keys
   */
  SourceNetworks(int bits, AddressHash hash) {
    highMask = bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    lowMask = bits <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - bits);
    followed = bits < 2 * Long.SIZE;
    this.hash = hash;
  }

  /** Whether an IPv6 source outside may be followed within its network. */
  boolean follow(ConnectionEvent event) {
    return followed && (event.sourceHigh() & LINK_LOCAL_MASK) != LINK_LOCAL;
  }

  /** The key of a source's network. */
  long key(ConnectionEvent event) {
    return hash.of(event.sourceHigh() & highMask, (event.sourceLow() & lowMask) ^ NETWORK);
  }
}
