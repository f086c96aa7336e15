package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.event.Protocol;
import java.util.Map;

/** The protocols' names as Suricata writes them: those of systems' protocol tables. */
final class ProtocolNames {
  private static final Map<String, Integer> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("ip", 0),
          Map.entry("ip-encap", 4),
          Map.entry("ipencap", 4),
          Map.entry("ipv4-encap", 4),
          Map.entry("ipv6-crypt", 50),
          Map.entry("ipsec-esp", 50),
          Map.entry("ipv6-auth", 51),
          Map.entry("ipsec-ah", 51),
          Map.entry("ospf", 89),
          Map.entry("rspf", 73),
          Map.entry("xns-idp", 22),
          Map.entry("mobility-header", 135),
          Map.entry("mpls-in-ip", 137));

  private ProtocolNames() {}

  /** The number of a name in lower case, or {@link Protocol#UNKNOWN}. */
  static int number(String name) {
    int number = Protocol.number(name);
    return number == Protocol.UNKNOWN ? OTHER_NAMES.getOrDefault(name, Protocol.UNKNOWN) : number;
  }
}
