package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

class AddressParserFuzz {
  @FuzzTest(maxDuration = "30s")
  void agreesWithTheReference(byte[] input) {
    BigInteger bits = Addresses.parse(input);
    assertEquals(ReferenceAddress.parse(new String(input, StandardCharsets.ISO_8859_1)), bits);
    if (bits != null) {
      String text = AddressFormat.format(bits.shiftRight(64).longValue(), bits.longValue());
      assertEquals(bits, Addresses.parse(text));
    }
  }
}
