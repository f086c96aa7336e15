package io.github.sweepwatch.event;

/**
 * A network in CIDR notation, IPv4 or IPv6.
 *
 * @param network the first address
 * @param prefix the prefix length over 128 bits: 96 more than written for IPv4
 */
public record AddressBlock(IpAddress network, int prefix) {
  /**
   * Checks the parts and clears the bits beyond the prefix.
   *
   * @param network the first address
   * @param prefix the prefix length over 128 bits
   * @throws IllegalArgumentException if the prefix is not 0 to 128
   */
  public AddressBlock {
    if (prefix < 0 || prefix > 128) {
      throw new IllegalArgumentException("prefix length not 0 to 128: " + prefix);
    }
    network =
        new IpAddress(network.high() & mask(prefix), network.low() & mask(prefix - Long.SIZE));
  }

  /**
   * Parses {@code address/length}; an address alone is the block of that one host.
   *
   * @param text such as {@code 10.0.0.0/8} or {@code fd00::/8}
   * @return the block
   * @throws IllegalArgumentException if the text is neither
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int width = address.isIpv4() ? 32 : 128;
    int length = width;
    if (slash >= 0) {
      String digits = text.substring(slash + 1);
      length = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
      if (length < 0 || length > width) {
        throw new IllegalArgumentException("prefix length not 0 to " + width + ": '" + text + "'");
      }
    }
    return new AddressBlock(address, length + 128 - width);
  }

  /**
   * Whether an address lies in this block.
   *
   * @param high the address's upper 64 bits
   * @param low the address's lower 64 bits
   * @return true if it does
   */
  public boolean contains(long high, long low) {
    return (high & mask(prefix)) == network.high()
        && (low & mask(prefix - Long.SIZE)) == network.low();
  }

  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
  }

  /** The block in CIDR notation. */
  @Override
  public String toString() {
    boolean ipv4 = prefix >= 96 && network.isIpv4();
    return network + "/" + (ipv4 ? prefix - 96 : prefix);
  }
}
