package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.NumberParser;
import java.nio.charset.StandardCharsets;

/** Reads an IP protocol, by name in any case or by number. Thread-safe. */
public final class ProtocolName {
  private static final int LONGEST = 24;
  private static final int MAX_NUMBER = 0xff;

  private ProtocolName() {}

  /**
   * The number of a protocol.
   *
   * @param bytes holds its name or number
   * @param from the first byte
   * @param to the end, exclusive
   * @param ipv6 whether it is of IPv6, where ICMP is another protocol
   * @return the number, or {@link Protocol#UNKNOWN}
   */
  public static int of(byte[] bytes, int from, int to, boolean ipv6) {
    int length = to - from;
    if (length == 3) {
      if (Text.startsWith(bytes, from, to, "tcp")) {
        return Protocol.TCP;
      }
      if (Text.startsWith(bytes, from, to, "udp")) {
        return Protocol.UDP;
      }
    }
    if (length == 0 || length > LONGEST) {
      return Protocol.UNKNOWN;
    }
    int number;
    if (bytes[from] >= '0' && bytes[from] <= '9') {
      long value = NumberParser.unsigned(bytes, from, to);
      number = value >= 0 && value <= MAX_NUMBER ? (int) value : Protocol.UNKNOWN;
    } else {
      number = Protocol.number(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }
    return number == Protocol.ICMP && ipv6 ? Protocol.ICMPV6 : number;
  }
}
