package io.github.sweepwatch.event;

import java.util.List;

/**
 * The monitored networks. They decide whether an address is inside where the log itself does not
 * say.
 *
 * @param blocks the networks, in any order
 */
public record LocalNetworks(List<AddressBlock> blocks) {
  /** The private networks: RFC 1918 and unique local IPv6 addresses (RFC 4193). */
  public static final LocalNetworks PRIVATE =
      of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  /**
   * Copies the list.
   *
   * @param blocks the networks
   */
  public LocalNetworks {
    blocks = List.copyOf(blocks);
  }

  /**
   * Networks from CIDR notation.
   *
   * @param blocks such as {@code 10.0.0.0/8}
   * @return the networks
   * @throws IllegalArgumentException if one is not in CIDR notation
   */
  public static LocalNetworks of(String... blocks) {
    return new LocalNetworks(List.of(blocks).stream().map(AddressBlock::parse).toList());
  }

  /**
   * Whether an address is inside.
   *
   * @param high the address's upper 64 bits
   * @param low the address's lower 64 bits
   * @return true if one of the networks contains it
   */
  public boolean contains(long high, long low) {
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).contains(high, low)) {
        return true;
      }
    }
    return false;
  }
}
