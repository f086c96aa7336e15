package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpFlagsTest {
  @ParameterizedTest
  @CsvSource({
    "2, 2",
    "18, 18",
    "255, 63",
    "27.0, 27",
    "0x12, 18",
    "0x, -1",
    "0xzz, -1",
    "0x1234567, -1",
    "99999, -1",
    ".AP.SF, 27",
    "........, 0",
    "CEUAPRSF, 63",
    "S PA, 26",
    "none, -1",
    "-1, -1"
  })
  void formsAreRead(String text, int flags) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(flags, TcpFlags.of(bytes, 0, bytes.length));
  }

  @Test
  void noneMayBeGiven() {
    Fields fields = new Fields();
    fields.start(new byte[0], 0, 0);
    assertEquals(TcpFlags.NONE_GIVEN, TcpFlags.of(fields));
  }
}
