package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNetworksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "192.168.255.255",
        "fc00::",
        "fdff:ffff::1"
      })
  void privateAddresses(String text) {
    assertTrue(contains(LocalNetworks.PRIVATE, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.64.0.1",
        "fbff::",
        "fe80::1",
        "::10.0.0.1"
      })
  void otherAddresses(String text) {
    assertFalse(contains(LocalNetworks.PRIVATE, text));
  }

  @Test
  void anyOfTheBlocks() {
    LocalNetworks networks = LocalNetworks.of("192.0.2.0/24", "2001:db8::/32", "198.51.100.7");
    assertTrue(contains(networks, "192.0.2.255"));
    assertTrue(contains(networks, "2001:db8:ffff::1"));
    assertTrue(contains(networks, "198.51.100.7"));
    assertFalse(contains(networks, "198.51.100.8"));
    assertFalse(contains(LocalNetworks.of(), "192.0.2.1"));
  }

  @Test
  void keepsItsOwnList() {
    List<AddressBlock> blocks = new ArrayList<>(List.of(AddressBlock.parse("192.0.2.0/24")));
    LocalNetworks networks = new LocalNetworks(blocks);
    blocks.clear();
    assertEquals(LocalNetworks.of("192.0.2.0/24"), networks);
  }

  @Test
  void rejectsWhatIsNoBlock() {
    assertThrows(IllegalArgumentException.class, () -> LocalNetworks.of("10.0.0.0/8", "lan"));
  }

  private static boolean contains(LocalNetworks networks, String text) {
    IpAddress address = IpAddress.parse(text);
    return networks.contains(address.high(), address.low());
  }
}
