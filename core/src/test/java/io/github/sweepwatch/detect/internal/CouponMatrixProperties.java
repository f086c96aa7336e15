package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/** The matrix against DataSketches, fed the items of a window. */
class CouponMatrixProperties {
  @Property(tries = 2000)
  void anItemGoesWhereDataSketchesPutsIt(@ForAll long item) {
    HllSketch sketch = SketchOracle.sketch();
    sketch.update(item);
    byte[] expected = SketchOracle.registers(sketch);
    byte[] registers = new byte[CouponMatrix.ROWS];
    int coupon = CouponMatrix.coupon(item);
    registers[coupon >>> 4] = (byte) ((coupon & 15) + 1);
    assertArrayEquals(expected, registers);
  }

  @Property(tries = 5000)
  void aliveCellsAreThoseOfTheScalarRule(
      @ForAll @Size(4) int[] bits,
      @ForAll @IntRange(min = 1, max = 65_535) int now,
      @ForAll @IntRange(min = 1, max = 43_200) int window) {
    long word = 0;
    long expected = 0;
    for (int i = 0; i < 4; i++) {
      // Near the window's edges, or anywhere.
      int near = now - (bits[i] >> 4) % 3 - (bits[i] % 2 == 0 ? window : -Tick.AHEAD) + 1;
      int stamp =
          switch (bits[i] & 3) {
            case 0 -> 0;
            case 1 -> Math.floorMod(bits[i] >> 2, 65_536);
            default -> Tick.stamp(near - 1L);
          };
      word |= (long) stamp << (16 * i);
      if (Tick.age(now, stamp) < window) {
        expected |= 0xffffL << (16 * i);
      }
    }
    assertEquals(Long.toHexString(expected), Long.toHexString(AliveCells.mask(word, now, window)));
  }

  @Property(tries = 400)
  void registersOfAnyWindowAreTheSketchsOfItsItems(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 43_200) int window) {
    History history = new History(new Random(seed), 60_000);
    HllSketch sketch = history.sketch(window);
    byte[] expected = SketchOracle.registers(sketch);
    byte[] registers = new byte[CouponMatrix.ROWS];
    history.matrix.registers(history.now(), window, registers);
    assertArrayEquals(expected, registers);

    CouponMatrix copy = history.matrix.copy(history.now(), window);
    copy.registers(history.now(), Tick.HORIZON, registers);
    assertArrayEquals(expected, registers);
    assertEquals(
        history.matrix.estimate(history.now(), window),
        copy.estimate(history.now(), Tick.HORIZON),
        "estimate of the copy");

    HllSketch read = HllSketch.heapify(Memory.wrap(HllImage.of(registers)));
    assertEquals(TgtHllType.HLL_8, read.getTgtHllType());
    assertEquals(8, read.getLgConfigK());
    assertArrayEquals(expected, SketchOracle.registers(read));
    if (sketch.toCompactByteArray().length > 40 + 256 - 1) {
      // No value above 16 among so few items, mostly; where there is one, its sketch reads higher.
      boolean capped = maximum(expected) == CouponMatrix.RANKS;
      assertEquals(
          sketch.getCompositeEstimate(), read.getEstimate(), capped ? 10 : 1e-9, "estimate");
    }
  }

  @Property(tries = 100)
  void unionsMergeImages(@ForAll long seed, @ForAll long otherSeed) {
    byte[] merged = new byte[CouponMatrix.ROWS];
    Union union = new Union(8);
    for (long each : new long[] {seed, otherSeed}) {
      History history = new History(new Random(each), 60_000);
      byte[] registers = new byte[CouponMatrix.ROWS];
      history.matrix.registers(history.now(), 30_000, registers);
      for (int row = 0; row < merged.length; row++) {
        merged[row] = (byte) Math.max(merged[row], registers[row]);
      }
      union.update(HllSketch.heapify(Memory.wrap(HllImage.of(registers))));
    }
    HllSketch both = HllSketch.heapify(Memory.wrap(HllImage.of(merged)));
    assertArrayEquals(merged, SketchOracle.registers(union.getResult(TgtHllType.HLL_8)));
    assertEquals(both.getEstimate(), union.getEstimate(), 1e-9);
  }

  private static int maximum(byte[] registers) {
    int maximum = 0;
    for (byte register : registers) {
      maximum = Math.max(maximum, register);
    }
    return maximum;
  }

  /** Items touched over more than a cycle of stamps, with gaps, bursts and late touches. */
  private static final class History {
    private final CouponMatrix matrix = new CouponMatrix();
    private final Map<Long, Integer> latest = new HashMap<>();
    private int tick;

    History(Random random, int start) {
      tick = start + random.nextInt(70_000);
      int items = 1 << random.nextInt(12);
      int touches = 1 + random.nextInt(3 * items);
      for (int i = 0; i < touches; i++) {
        advance(random.nextInt(20) == 0 ? random.nextInt(6_000) : random.nextInt(40));
        long item = random.nextInt(items) * 0x9e37_79b9L;
        int late = random.nextInt(4) == 0 ? random.nextInt(1_800) : 0;
        int age = matrix.raise(CouponMatrix.coupon(item), Tick.stamp(tick - late), now());
        Integer seen = latest.get(item);
        if (seen != null && tick - seen < Tick.HORIZON && age > Math.max(0, tick - seen)) {
          throw new AssertionError("age " + age + " of an item touched " + (tick - seen) + " ago");
        }
        latest.merge(item, tick - late, Math::max);
      }
    }

    private void advance(int ticks) {
      int before = tick / 8_192;
      tick += ticks;
      if (tick / 8_192 != before) {
        matrix.sweep(Tick.stamp(tick));
      }
    }

    int now() {
      return Tick.stamp(tick);
    }

    HllSketch sketch(int window) {
      HllSketch sketch = SketchOracle.sketch();
      latest.forEach(
          (item, seen) -> {
            if (tick - seen < window) {
              sketch.update(item);
            }
          });
      return sketch;
    }
  }
}
