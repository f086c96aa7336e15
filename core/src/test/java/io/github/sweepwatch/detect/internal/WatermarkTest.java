package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.IpAddress;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = 24 * HOUR;

  private final Watermark watermark = new Watermark(DAY);

  @Test
  void threeSourcesMakeATimeCredible() {
    hear(1, 100);
    hear(2, 90);
    hear(2, 95);
    assertEquals(Watermark.NONE, watermark.micros());
    hear(3, 80);
    assertEquals(80, watermark.micros());
    hear(4, 98);
    assertEquals(95, watermark.micros());
    hear(5, 60);
    assertEquals(95, watermark.micros());
  }

  @Test
  void oneSourceCannotCreep() {
    hear(1, 1);
    hear(2, 2);
    hear(3, 3);
    for (int i = 0; i < 100; i++) {
      hear(1, i * HOUR);
    }
    assertEquals(2, watermark.micros());
    assertFalse(watermark.isBeyond(DAY + 2));
    assertTrue(watermark.isBeyond(DAY + 3));
  }

  @Test
  void strayTimesDoNotAddUp() {
    for (int second = 0; second < 20; second++) {
      for (int source = 1; source <= 3; source++) {
        hear(source, second * HOUR);
      }
      hear(100 + second, 400 * DAY + second);
    }
    assertTrue(watermark.micros() <= 19 * HOUR, () -> "at " + watermark.micros());
    assertTrue(watermark.micros() >= 18 * HOUR, () -> "at " + watermark.micros());
  }

  @Test
  void theEmbedderIsTakenAtItsWord() {
    watermark.advanceTo(5);
    watermark.advanceTo(3);
    assertEquals(5, watermark.micros());
  }

  private void hear(int source, long time) {
    watermark.hear(IpAddress.ofIpv4(source), time);
  }
}
