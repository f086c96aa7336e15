package io.github.sweepwatch.event;

import io.github.sweepwatch.text.AddressFormat;
import io.github.sweepwatch.text.AddressParser;
import java.nio.charset.StandardCharsets;

/**
 * An IPv4 or IPv6 address as 128 bits in two longs. IPv4 is kept as IPv4-mapped IPv6 ({@code
 * ::ffff:0:0/96}, RFC 4291 section 2.5.5.2), so that the two spellings of one host are equal.
 *
 * <p>The order is that of the 128 bits, unsigned: IPv4 addresses sort among themselves as expected.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0xffffL << 32;

  /**
   * An IPv4 address.
   *
   * @param bits its 32 bits in network order
   * @return the address
   */
  public static IpAddress ofIpv4(int bits) {
    return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
  }

  /**
   * Parses an address: dotted decimal IPv4 without leading zeros, or any textual form of RFC 4291
   * section 2.2. No names are looked up; zone identifiers are not accepted.
   *
   * @param text the text, nothing around it
   * @return the address
   * @throws IllegalArgumentException if the text is no address
   */
  public static IpAddress parse(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AddressParser parser = new AddressParser();
    if (!parser.parse(bytes, 0, bytes.length)) {
      throw new IllegalArgumentException("not an IP address: '" + text + "'");
    }
    return new IpAddress(parser.high(), parser.low());
  }

  /**
   * Whether two longs are an IPv4 address.
   *
   * @param high the upper 64 bits
   * @param low the lower 64 bits
   * @return true for IPv4, in its mapped form
   */
  public static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /**
   * Whether this is an IPv4 address.
   *
   * @return true for IPv4, in its mapped form
   */
  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /**
   * Whether this is a multicast address ({@code 224.0.0.0/4}, {@code ff00::/8}) or IPv4's limited
   * broadcast address.
   *
   * @return true where more than one host may be meant
   */
  public boolean isGroup() {
    return isGroup(high, low);
  }

  /**
   * The same as {@link #isGroup()} of two longs.
   *
   * @param high the upper 64 bits
   * @param low the lower 64 bits
   * @return true where more than one host may be meant
   */
  public static boolean isGroup(long high, long low) {
    if (isIpv4(high, low)) {
      int bits = (int) low;
      return bits >>> 28 == 0xe || bits == -1;
    }
    return high >>> 56 == 0xff;
  }

  /**
   * Whether this address never leaves its host or names none: loopback ({@code 127.0.0.0/8}, {@code
   * ::1}) and unspecified ({@code 0.0.0.0}, {@code ::}).
   *
   * @return true where no other host can be meant
   */
  public boolean isLoopbackOrUnspecified() {
    return isLoopbackOrUnspecified(high, low);
  }

  /**
   * The same as {@link #isLoopbackOrUnspecified()} of two longs.
   *
   * @param high the upper 64 bits
   * @param low the lower 64 bits
   * @return true where no other host can be meant
   */
  public static boolean isLoopbackOrUnspecified(long high, long low) {
    if (isIpv4(high, low)) {
      int bits = (int) low;
      return bits >>> 24 == 127 || bits == 0;
    }
    return high == 0 && (low == 0 || low == 1);
  }

  @Override
  public int compareTo(IpAddress other) {
    int upper = Long.compareUnsigned(high, other.high);
    return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
  }

  /** The text form: dotted decimal, or the canonical form of RFC 5952. */
  @Override
  public String toString() {
    return AddressFormat.format(high, low);
  }
}
