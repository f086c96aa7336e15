package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
  /** From the registry "Assigned Internet Protocol Numbers", spread so that a slip would show. */
  @ParameterizedTest
  @CsvSource({
    "0, HOPOPT",
    "1, ICMP",
    "2, IGMP",
    "4, IPv4",
    "6, TCP",
    "8, EGP",
    "17, UDP",
    "27, RDP",
    "33, DCCP",
    "41, IPv6",
    "43, IPv6-Route",
    "44, IPv6-Frag",
    "46, RSVP",
    "47, GRE",
    "50, ESP",
    "51, AH",
    "58, IPv6-ICMP",
    "59, IPv6-NoNxt",
    "60, IPv6-Opts",
    "62, CFTP",
    "64, SAT-EXPAK",
    "69, SAT-MON",
    "88, EIGRP",
    "94, IPIP",
    "97, ETHERIP",
    "98, ENCAP",
    "100, GMTP",
    "103, PIM",
    "108, IPComp",
    "112, VRRP",
    "113, PGM",
    "115, L2TP",
    "121, SMP",
    "124, ISIS-over-IPv4",
    "132, SCTP",
    "135, Mobility-Header",
    "136, UDPLite",
    "137, MPLS-in-IP",
    "139, HIP",
    "140, Shim6",
    "142, ROHC",
    "143, Ethernet",
    "145, NSH",
  })
  void registeredNumbers(int number, String keyword) {
    assertEquals(number, Protocol.number(keyword));
    assertEquals(keyword.toLowerCase(Locale.ROOT), Protocol.name(number));
  }

  @Test
  void everyNameLeadsBackToItsNumber() {
    long named =
        IntStream.range(0, 256)
            .filter(number -> Protocol.name(number) != null)
            .peek(number -> assertEquals(number, Protocol.number("" + Protocol.name(number))))
            .count();
    assertEquals(143, named);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 61, 63, 68, 99, 114, 148, 254, 255, 256})
  void numbersWithoutKeyword(int number) {
    assertNull(Protocol.name(number));
  }

  @Test
  void otherSpellings() {
    assertEquals(Protocol.ICMPV6, Protocol.number("icmp6"));
    assertEquals(Protocol.ICMPV6, Protocol.number("ICMPv6"));
    assertEquals(Protocol.UNKNOWN, Protocol.number("unknown_transport"));
    assertEquals(Protocol.UNKNOWN, Protocol.number("-"));
    assertEquals(Protocol.UNKNOWN, Protocol.number(""));
  }

  @Test
  void whichHavePorts() {
    assertEquals(
        "6 17 132",
        String.join(
            " ",
            IntStream.range(-1, 256)
                .filter(Protocol::hasPorts)
                .mapToObj(Integer::toString)
                .toList()));
  }

  @Test
  void whichAreIcmp() {
    assertEquals(
        "1 58",
        String.join(
            " ",
            IntStream.range(-1, 256)
                .filter(Protocol::isIcmp)
                .mapToObj(Integer::toString)
                .toList()));
  }
}
