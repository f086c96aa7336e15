package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8, 104",
    "10.1.2.3/8, 10.0.0.0/8, 104",
    "10.1.2.3, 10.1.2.3/32, 128",
    "0.0.0.0/0, 0.0.0.0/0, 96",
    "::/0, ::/0, 0",
    "2001:db8:1::5/32, 2001:db8::/32, 32",
    "2001:db8::1, 2001:db8::1/128, 128",
    "2001:db8:0:1:8000::/65, 2001:db8:0:1:8000::/65, 65",
    "::ffff:10.0.0.0/8, 10.0.0.0/8, 104",
  })
  void readsCidr(String text, String canonical, int prefix) {
    AddressBlock block = AddressBlock.parse(text);
    assertEquals(canonical, block.toString());
    assertEquals(prefix, block.prefix());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "::/0x8", "::/0128"})
  void rejectsLengths(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse(text));
    int width = text.startsWith("::") ? 128 : 32;
    assertEquals("prefix length not 0 to " + width + ": '" + text + "'", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/8", "10.0.0/8", "lan", "10.0.0.0/8/8"})
  void rejectsWhatIsNoBlock(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse(text));
  }

  @Test
  void rejectsPrefixesOutOfRange() {
    IpAddress any = IpAddress.parse("::");
    assertThrows(IllegalArgumentException.class, () -> new AddressBlock(any, -1));
    assertThrows(IllegalArgumentException.class, () -> new AddressBlock(any, 129));
  }

  @Test
  void anIpv6BlockAboutTheMappedOnesIsWrittenAsIpv6() {
    assertEquals("::/80", new AddressBlock(IpAddress.parse("1.2.3.4"), 80).toString());
  }
}
