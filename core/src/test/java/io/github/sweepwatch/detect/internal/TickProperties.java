package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TickProperties {
  @Property
  void aTickHas31Bits(@ForAll long micros) {
    BigInteger tick = BigInteger.valueOf(micros).divide(BigInteger.valueOf(2_000_000));
    BigInteger last = BigInteger.valueOf(Integer.MAX_VALUE);
    assertEquals(tick.max(BigInteger.ZERO).min(last).longValue(), Tick.of(micros));
  }

  @Property(tries = 5000)
  void agesAreDifferencesOfTicks(
      @ForAll @IntRange(max = 200_000) int tick,
      @ForAll @IntRange(min = -8_000, max = 57_534) int behind) {
    int now = Tick.stamp(tick);
    int then = Tick.stamp(tick - behind);
    assertTrue(then >= 1 && then <= 65_535, () -> "stamp " + then);
    assertEquals(behind, Tick.lag(now, then));
    assertEquals(Math.max(0, behind), Tick.age(now, then));
  }

  @Property
  void whatNeverWasIsOlderThanAll(@ForAll @IntRange(min = 1, max = 65_535) int now) {
    assertEquals(Integer.MAX_VALUE, Tick.age(now, 0));
  }
}
