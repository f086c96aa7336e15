package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"t", "tcp", "12345678"})
  void isTheSameFromBytesAndFromText(String text) {
    byte[] alone = text.getBytes(StandardCharsets.US_ASCII);
    byte[] within = ("<" + text + ">>>>>>>>").getBytes(StandardCharsets.US_ASCII);
    assertEquals(PackedText.of(text), PackedText.of(alone, 0, alone.length));
    assertEquals(PackedText.of(text), PackedText.of(within, 1, 1 + alone.length));
    assertNotEquals(PackedText.of(text), PackedText.of(within, 1, alone.length));
  }

  @Test
  void isZeroForWhatDoesNotFit() {
    assertEquals(0, PackedText.of(new byte[0], 0, 0));
    assertEquals(0, PackedText.of(new byte[] {'t', 'c', 'p', 0}, 0, 4));
    assertEquals(0, PackedText.of("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9));
  }
}
