package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @Test
  void ipv4IsOneHostInEverySpelling() {
    IpAddress address = IpAddress.ofIpv4(0xc0000201);
    assertEquals(address, IpAddress.parse("192.0.2.1"));
    assertEquals(address, IpAddress.parse("::ffff:192.0.2.1"));
    assertEquals(address, IpAddress.parse("::FFFF:C000:201"));
    assertEquals(0, address.high());
    assertEquals(0xffff_c000_0201L, address.low());
    assertEquals("192.0.2.1", address.toString());
    assertTrue(address.isIpv4());
  }

  @Test
  void ipv6IsNotIpv4() {
    assertFalse(IpAddress.parse("::192.0.2.1").isIpv4());
    assertFalse(IpAddress.parse("1::ffff:192.0.2.1").isIpv4());
    assertFalse(IpAddress.parse("::1:ffff:c000:201").isIpv4());
    assertNotEquals(IpAddress.parse("::192.0.2.1"), IpAddress.parse("192.0.2.1"));
    assertEquals("2001:db8::1", IpAddress.parse("2001:0DB8::0001").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "192.0.2", "::1%lo", "192.0.2.1 ", "192.0.2.é"})
  void namesWhatIsNoAddress(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    assertEquals("not an IP address: '" + text + "'", e.getMessage());
  }

  @Test
  void ordersByUnsignedBits() {
    List<IpAddress> ordered =
        Stream.of(
                "::",
                "::1",
                "0.0.0.0",
                "9.255.255.255",
                "10.0.0.0",
                "127.255.255.255",
                "128.0.0.0",
                "255.255.255.255",
                "0:0:0:1::",
                "7fff::",
                "8000::",
                "8000::8000:0:0:0",
                "ffff::")
            .map(IpAddress::parse)
            .toList();
    for (int i = 0; i < ordered.size(); i++) {
      for (int j = 0; j < ordered.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Integer.signum(ordered.get(i).compareTo(ordered.get(j))),
            ordered.get(i) + " and " + ordered.get(j));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.0", "239.255.255.255", "255.255.255.255", "ff02::1", "ff00::"})
  void groups(String text) {
    assertTrue(IpAddress.parse(text).isGroup());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"223.255.255.255", "240.0.0.0", "255.255.255.254", "fe80::1", "::ff", "0.0.0.0"})
  void noGroups(String text) {
    assertFalse(IpAddress.parse(text).isGroup());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.0", "127.255.255.255", "0.0.0.0", "::", "::1"})
  void loopbackOrUnspecified(String text) {
    assertTrue(IpAddress.parse(text).isLoopbackOrUnspecified());
  }

  @ParameterizedTest
  @ValueSource(strings = {"126.255.255.255", "128.0.0.0", "0.0.0.1", "::2", "1::", "1::1"})
  void neitherLoopbackNorUnspecified(String text) {
    assertFalse(IpAddress.parse(text).isLoopbackOrUnspecified());
  }
}
