package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormatTest {
  /** The rules of RFC 5952, section 4, and its examples; section 5 is kept to IPv4-mapped. */
  @ParameterizedTest
  @CsvSource({
    // 4.1: no leading zeros.
    "20010db8000000000000000000000001, 2001:db8::1",
    "20010db8aaaabbbbccccdddd0000aaaa, 2001:db8:aaaa:bbbb:cccc:dddd:0:aaaa",
    "20010db8aaaabbbbccccddddeeee0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    // 4.2.1: as short as possible.
    "20010db8000000000000000000020001, 2001:db8::2:1",
    "00010000000000000000000000000000, 1::",
    "00000000000000000000000000000000, ::",
    "00000000000000000000000000000001, ::1",
    // 4.2.2: not for one group.
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
    "00000001000200030004000500060007, 0:1:2:3:4:5:6:7",
    "00010002000300040005000600070000, 1:2:3:4:5:6:7:0",
    // 4.2.3: the longest run, the first of equals.
    "20010000000000010000000000000001, 2001:0:0:1::1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    "00000000000100000000000000010000, 0:0:1::1:0",
    "00010000000000000001000000000000, 1::1:0:0:0",
    // 4.3: lower case.
    "fe80abcdef0000000000000000000abc, fe80:abcd:ef00::abc",
    // IPv4.
    "00000000000000000000ffffc0000201, 192.0.2.1",
    "00000000000000000000ffff00000000, 0.0.0.0",
    "00000000000000000000ffffffffffff, 255.255.255.255",
    "00000000000000000000fffec0000201, ::fffe:c000:201",
    "00000000000000010000ffffc0000201, ::1:0:ffff:c000:201",
    "ffffffffffffffffffffffffffffffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void writesTheCanonicalForm(String bits, String text) {
    BigInteger value = new BigInteger(bits, 16);
    assertEquals(text, AddressFormat.format(value.shiftRight(64).longValue(), value.longValue()));
  }
}
