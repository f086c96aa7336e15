package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class WatermarkProperties {
  private static final long SECOND = 1_000_000L;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;

  /** A source that reaches a time, or, without a source, the embedder who vouches for one. */
  record Step(int source, long time) {}

  @Property
  void isTheThirdGreatestToTheTick(@ForAll("steps") List<Step> steps) {
    Watermark watermark = new Watermark(DAY);
    Map<Integer, Long> reached = new HashMap<>();
    long vouched = Watermark.NONE;
    for (Step step : steps) {
      if (step.source() == 0) {
        watermark.advanceTo(step.time());
        vouched = Math.max(vouched, step.time());
      } else {
        watermark.hear(step.source(), step.time());
        reached.merge(step.source(), step.time(), Math::max);
      }
      long expected = Math.max(vouched, thirdGreatest(reached));
      long mark = watermark.micros();
      assertEquals(Tick.of(expected), Tick.of(mark), () -> expected + " is not " + mark);
      assertTrue(mark <= expected, () -> mark + " was reached by fewer than three");
    }
  }

  @Property
  void straysLeaveNoTrace(
      @ForAll("strays") List<Long> strays, @ForAll @IntRange(min = 31, max = 90) int everyMinutes) {
    Watermark watermark = new Watermark(DAY);
    long now = 0;
    for (int i = 0; i < strays.size(); i++) {
      for (int minute = 0; minute < everyMinutes; minute++) {
        now += 60 * SECOND;
        for (int source = 1; source <= 3; source++) {
          watermark.hear(source, now);
        }
      }
      watermark.hear(1_000 + i, now + strays.get(i));
      // At most two strays are remembered at a time, and an honest source is the third.
      assertEquals(now, watermark.micros());
    }
  }

  private static long thirdGreatest(Map<Integer, Long> reached) {
    return reached.values().stream()
        .sorted((one, other) -> Long.compare(other, one))
        .skip(Watermark.WITNESSES - 1)
        .findFirst()
        .orElse(Watermark.NONE);
  }

  /** Nothing beyond the horizon: that is never forgotten. */
  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> near = Arbitraries.longs().between(0, 20 * SECOND);
    Arbitrary<Long> far = Arbitraries.longs().between(0, DAY);
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.frequencyOf(Tuple.of(3, near), Tuple.of(1, far)))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Long>> strays() {
    return Arbitraries.longs().between(60 * DAY, Long.MAX_VALUE / 2).list().ofMaxSize(20);
  }
}
