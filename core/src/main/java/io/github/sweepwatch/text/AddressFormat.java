package io.github.sweepwatch.text;

/**
 * Writes addresses as text: dotted decimal for IPv4 (in its mapped form), the canonical form of RFC
 * 5952 for IPv6. Thread-safe.
 */
public final class AddressFormat {
  private AddressFormat() {}

  /**
   * The text form of an address.
   *
   * @param high its upper 64 bits
   * @param low its lower 64 bits
   * @return the text, at most 39 characters
   */
  public static String format(long high, long low) {
    StringBuilder text = new StringBuilder(39);
    if (high == 0 && low >>> 32 == 0xffff) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        text.append(low >>> shift & 0xff);
        if (shift > 0) {
          text.append('.');
        }
      }
      return text.toString();
    }
    // RFC 5952 section 4.2: the longest run of two or more zero groups, the first of equals.
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < 8; i++) {
      int start = i;
      while (i < 8 && group(high, low, i) == 0) {
        i++;
      }
      if (i - start > runLength) {
        runStart = start;
        runLength = i - start;
      }
    }
    for (int i = 0; i < 8; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
        continue;
      }
      if (i > 0 && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(high, low, i)));
    }
    return text.toString();
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - (index & 3) * 16)) & 0xffff;
  }
}
