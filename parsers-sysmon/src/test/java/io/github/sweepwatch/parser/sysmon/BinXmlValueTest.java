package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinXmlValueTest {
  static String text(int type, byte[] bytes) {
    byte[] padded = new byte[bytes.length + 6];
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    XmlOutput out = new XmlOutput();
    BinXmlValue.write(type, padded, 3, bytes.length, out);
    return new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0102, ''",
    "01, 41003c000000, A&lt;",
    "01, 3dd800de4100, \ud83d\ude00A",
    "01, 3dd84100, \ufffdA",
    "01, 01000900, '\ufffd\t'",
    "02, 412600, A&amp;",
    "03, ff, -1",
    "04, ff, 255",
    "05, 0080, -32768",
    "06, ffff, 65535",
    "07, 00000080, -2147483648",
    "08, ffffffff, 4294967295",
    "09, 0000000000000080, -9223372036854775808",
    "0a, ffffffffffffffff, 18446744073709551615",
    "0b, 0000c03f, 1.5",
    "0c, 000000000000f83f, 1.5",
    "0d, 01000000, true",
    "0d, 00000000, false",
    "0e, 00ab, 00ab",
    "0f, 5f3870572ac2e043bf4c06f5698ffbd9, {5770385f-c22a-43e0-bf4c-06f5698ffbd9}",
    "10, 1f000000, 0x1f",
    "10, 1f00000001000000, 0x10000001f",
    "11, 0000000000000000, 1601-01-01T00:00:00.0000000Z",
    "12, ea070b0002001800020005000000d500, 2026-11-24T02:05:00.213Z",
    "13, 010100000000000512000000, S-1-5-18",
    "13, 0105000000000005, S-1-5",
    "13, 01, ''",
    "14, 00000080, 0x80000000",
    "15, 0000000000000080, 0x8000000000000000",
    "15, 0000000000000000, 0x0",
    "81, 410000004200430000000000, 'A, BC, '",
    "08, ffff, ''",
    "7f, 01, ''"
  })
  void writes(String type, String bytes, String expected) {
    assertEquals(expected, text(Integer.parseInt(type, 16), HexFormat.of().parseHex(bytes)));
  }
}
