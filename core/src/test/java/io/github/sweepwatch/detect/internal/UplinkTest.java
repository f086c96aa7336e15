package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UplinkTest {
  private static final long LAST = 1_000_000;

  private final Uplink uplink = new Uplink();

  @BeforeEach
  void answersInEveryTick() {
    for (long tick = LAST - 70; tick <= LAST; tick++) {
      if (tick % 7 != 0) {
        uplink.answered(tick);
      }
    }
    // Connections that last are told of when they end.
    for (long tick = LAST - 70; tick <= LAST; tick++) {
      if (tick % 7 == 0) {
        uplink.answered(tick);
      }
    }
  }

  private boolean fails(long tick) {
    uplink.isDown(1, tick);
    uplink.isDown(2, tick);
    return uplink.isDown(3, tick);
  }

  @Test
  void isDownOnceThreeFailInASilence() {
    assertFalse(fails(LAST + Uplink.SILENCE - 1));
    assertFalse(uplink.isDown(1, LAST + 5));
    assertFalse(uplink.isDown(1, LAST + 6));
    assertFalse(uplink.isDown(2, LAST + 6));
    assertTrue(uplink.isDown(3, LAST + 6));
    assertTrue(uplink.isDown(1, LAST + 7));
    // What was tried before the silence, and is told of late, failed by itself.
    assertFalse(uplink.isDown(1, LAST + 1));
    assertFalse(uplink.isDown(1, LAST - 20));
  }

  @Test
  void oneAnswerEndsIt() {
    assertTrue(fails(LAST + 30));
    uplink.answered(LAST + 40);
    assertFalse(fails(LAST + 44));
    assertFalse(fails(LAST + 46), "30 ticks of the last 64 were silent");
  }

  @Test
  void anOldAnswerToldLateEndsNothing() {
    assertTrue(fails(LAST + 30));
    uplink.answered(LAST - 3);
    uplink.answered(LAST - 300);
    assertTrue(uplink.isDown(4, LAST + 30));
  }

  @Test
  void afterAnHourOfSilenceTheLogIsBlamed() {
    assertTrue(fails(LAST + Uplink.LONGEST));
    assertFalse(uplink.isDown(1, LAST + Uplink.LONGEST + 1));
  }

  @Test
  void whereAnswersAreRareSilenceSaysNothing() {
    Uplink quiet = new Uplink();
    for (long tick = 0; tick < 200; tick += 3) {
      quiet.answered(tick);
    }
    for (int source = 0; source < 10; source++) {
      assertFalse(quiet.isDown(source, 300));
    }
  }
}
