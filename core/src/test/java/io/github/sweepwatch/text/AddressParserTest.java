package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, ffff00000000",
    "1.2.3.4, ffff01020304",
    "10.66.150.1, ffff0a429601",
    "192.168.100.200, ffffc0a864c8",
    "255.255.255.255, ffffffffffff",
    "::, 0",
    "::1, 1",
    "1::, 10000000000000000000000000000",
    "::1.2.3.4, 1020304",
    "::ffff:1.2.3.4, ffff01020304",
    "::FFFF:102:304, ffff01020304",
    "1:2:3:4:5:6:7:8, 10002000300040005000600070008",
    "1:2:3:4:5:6:7::, 10002000300040005000600070000",
    "::2:3:4:5:6:7:8, 2000300040005000600070008",
    "1:2:3::5:6:7:8, 10002000300000005000600070008",
    "1:2:3:4:5:6:1.2.3.4, 10002000300040005000601020304",
    "1:2:3:4:5::1.2.3.4, 10002000300040005000001020304",
    "2001:db8::ff00:42:8329, 20010db8000000000000ff0000428329",
    "2001:0DB8:0000:0000:0000:FF00:0042:8329, 20010db8000000000000ff0000428329",
    "fe80::1:2, fe800000000000000000000000010002",
    "64:ff9b::192.0.2.33, 64ff9b0000000000000000c0000221",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255, ffffffffffff",
  })
  void accepts(String text, String bits) {
    assertEquals(new BigInteger(bits, 16), Addresses.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "-",
        "(empty)",
        "localhost",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1.2.3.256",
        "256.2.3.4",
        "1.2.3.1000",
        "1.2.3.04",
        "01.2.3.4",
        "00.0.0.0",
        "0x1.2.3.4",
        "1.2.3.-4",
        "+1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3,4",
        "16909060",
        "1.2.3.4/8",
        "1.2.3.4:80",
        "١.٢.٣.٤",
        ":",
        ":::",
        ":1",
        "1:",
        "::1::",
        "1::2::3",
        "1:::2",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "00001::",
        "g::",
        "::g",
        "fe80::1%eth0",
        "[::1]",
        "::1/64",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::1.2.3",
        "::1.2.3.4.5",
        "::01.2.3.4",
        "::256.2.3.4",
        "::12345.2.3.4",
        "::a.2.3.4",
        "::.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:6::1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
      })
  void rejects(String text) {
    assertNull(Addresses.parse(text));
  }

  /** RFC 5952, sections 2.1 to 2.3 and 3.1: the many spellings of one address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8:0:0:1:0:0:1",
        "2001:0db8:0:0:1:0:0:1",
        "2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1",
        "2001:0db8::1:0:0:1",
        "2001:db8:0:0:1::1",
        "2001:db8:0000:0:1::1",
        "2001:DB8:0:0:1::1",
      })
  void spellingsOfOneAddress(String text) {
    assertEquals(new BigInteger("20010db8000000000001000000000001", 16), Addresses.parse(text));
  }

  @Test
  void agreesWithTheJdkOnEveryOctet() throws Exception {
    for (int octet = 0; octet < 256; octet++) {
      String text = octet + "." + (255 - octet) + "." + octet / 3 + "." + octet;
      BigInteger bits = new BigInteger(1, InetAddress.getByName(text).getAddress());
      assertEquals(BigInteger.valueOf(0xffff).shiftLeft(32).or(bits), Addresses.parse(text), text);
    }
  }

  @Test
  void keepsToItsRange() {
    byte[] record = "1.2.3.4\t5.6.7.89".getBytes(StandardCharsets.US_ASCII);
    AddressParser parser = new AddressParser();
    assertTrue(parser.parse(record, 8, 15));
    assertEquals(0xffff_0506_0708L, parser.low());
    assertTrue(parser.parse(record, 8, 16));
    assertEquals(0xffff_0506_0759L, parser.low());
    assertFalse(parser.parse(record, 0, 8));
    assertFalse(parser.parse(record, 3, 3));
  }
}
