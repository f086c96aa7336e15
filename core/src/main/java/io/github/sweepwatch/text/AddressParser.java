package io.github.sweepwatch.text;

/**
 * Parses IPv4 and IPv6 addresses from bytes, without an object per address: the result stays in the
 * parser until the next call. IPv4 comes out as IPv4-mapped IPv6 ({@code ::ffff:a.b.c.d}).
 *
 * <p>Accepted: dotted decimal with four parts and no leading zeros, and every textual form of RFC
 * 4291 section 2.2 in either case. Everything else is rejected: other bases, fewer parts, zone
 * identifiers, brackets, surrounding blanks.
 *
 * <p>Not thread-safe.
 */
public final class AddressParser {
  private static final long MAPPED = 0xffffL << 32;

  // By character; a table, since letters and digits alternate too freely for branches.
  private static final byte[] HEX = new byte[256];

  static {
    for (int character = 0; character < HEX.length; character++) {
      HEX[character] = (byte) (character < 0x80 ? Character.digit(character, 16) : -1);
    }
  }

  private long high;
  private long low;

  /** A parser with no result. */
  public AddressParser() {}

  /**
   * Parses an address. The result is valid only after true.
   *
   * @param bytes holds the text in ASCII
   * @param from the first byte
   * @param to the end, exclusive
   * @return whether exactly these bytes are an address
   */
  public boolean parse(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 2 || length > 45) {
      return false;
    }
    long bits = ipv4(bytes, from, to);
    if (bits >= 0) {
      high = 0;
      low = MAPPED | bits;
      return true;
    }
    return ipv6(bytes, from, to);
  }

  /**
   * The upper half of the last result.
   *
   * @return its upper 64 bits
   */
  public long high() {
    return high;
  }

  /**
   * The lower half of the last result.
   *
   * @return its lower 64 bits
   */
  public long low() {
    return low;
  }

  // Branches on each digit: addresses in a log have few lengths, which the processor learns. That
  // beats masks over words, which win only where every address is random.
  private static long ipv4(byte[] bytes, int from, int to) {
    long bits = 0;
    int i = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (i == to || bytes[i++] != '.')) {
        return -1;
      }
      int value = i < to ? digit(bytes[i++]) : -1;
      if (value < 0) {
        return -1;
      }
      int next = i < to ? digit(bytes[i]) : -1;
      if (next >= 0) {
        // A digit after a leading zero: octal to some readers, so refused.
        if (value == 0) {
          return -1;
        }
        value = value * 10 + next;
        i++;
        next = i < to ? digit(bytes[i]) : -1;
        if (next >= 0) {
          value = value * 10 + next;
          i++;
        }
      }
      if (value > 255) {
        return -1;
      }
      bits = bits << 8 | value;
    }
    return i == to ? bits : -1;
  }

  private boolean ipv6(byte[] bytes, int from, int to) {
    long upper = 0;
    long lower = 0;
    int groups = 0;
    int gap = -1;
    int i = from;
    if (bytes[i] == ':') {
      if (bytes[i + 1] != ':') {
        return false;
      }
      gap = 0;
      i += 2;
    }
    while (i < to) {
      int start = i;
      int group = 0;
      int digit = 0;
      while (i < to && i - start < 4 && (digit = HEX[bytes[i] & 0xff]) >= 0) {
        group = group << 4 | digit;
        i++;
      }
      if (i < to && bytes[i] == '.') {
        long bits = groups <= 6 ? ipv4(bytes, start, to) : -1;
        if (bits < 0) {
          return false;
        }
        upper = upper << 32 | lower >>> 32;
        lower = lower << 32 | bits;
        groups += 2;
        i = to;
        break;
      }
      if (i == start || groups == 8) {
        return false;
      }
      upper = upper << 16 | lower >>> 48;
      lower = lower << 16 | group;
      groups++;
      if (i == to) {
        break;
      }
      if (bytes[i++] != ':' || i == to) {
        return false;
      }
      if (bytes[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = groups;
        i++;
      }
    }
    if (gap < 0) {
      high = upper;
      low = lower;
      return groups == 8;
    }
    if (groups > 7) {
      return false;
    }
    // The groups after the gap stay at the low end; those before it move up.
    int tailBits = (groups - gap) * 16;
    long tailHigh = tailBits > 64 ? upper & ones(tailBits - 64) : 0;
    long tailLow = lower & ones(tailBits);
    int shift = (8 - groups) * 16;
    long headHigh = upper & ~ones(tailBits - 64);
    long headLow = lower & ~ones(tailBits);
    if (shift >= 64) {
      high = tailHigh | (shift == 128 ? 0 : headLow << (shift - 64));
      low = tailLow;
    } else {
      high = tailHigh | headHigh << shift | headLow >>> (64 - shift);
      low = tailLow | headLow << shift;
    }
    return true;
  }

  private static long ones(int bits) {
    return bits <= 0 ? 0 : bits >= 64 ? -1L : (1L << bits) - 1;
  }

  private static int digit(byte character) {
    int digit = character - '0';
    return digit >= 0 && digit <= 9 ? digit : -1;
  }
}
