package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextCacheTest {
  private final TextCache cache = new TextCache();

  @Test
  void givesTheSameStringAgain() {
    assertEquals("sensör", text("sensör"));
    assertSame(text("sensör"), text("sensör"));
    assertEquals("", text(""));
  }

  @Test
  void survivesMoreNamesThanItHasPlacesFor() {
    for (int i = 0; i < 1000; i++) {
      assertEquals("host" + i % 150, text("host" + i % 150));
    }
  }

  @Test
  void keepsNoLongTexts() {
    String longText = "x".repeat(300);
    assertEquals(longText, text(longText));
    assertNotSame(text(longText), text(longText));
  }

  private String text(String of) {
    byte[] bytes = ('<' + of + '>').getBytes(StandardCharsets.UTF_8);
    return cache.of(bytes, 1, bytes.length - 1);
  }
}
