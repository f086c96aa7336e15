package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.junit.jupiter.api.Test;

class HllImageTest {
  @Test
  void nothingIsAnEmptySketch() {
    byte[] image = HllImage.of(new byte[CouponMatrix.ROWS]);
    HllSketch read = HllSketch.heapify(Memory.wrap(image));
    assertTrue(read.isEmpty());
    assertEquals(8, read.getLgConfigK());
    assertArrayEquals(SketchOracle.sketch().toCompactByteArray(), read.toCompactByteArray());
  }

  @Test
  void isWhatDataSketchesWritesButForTheCompactFlag() {
    HllSketch sketch = SketchOracle.sketch();
    for (int item = 0; item < 2_000; item++) {
      sketch.update(item);
    }
    byte[] ours = HllImage.of(SketchOracle.registers(sketch));
    assertArrayEquals(rewritten(ours), ours);
  }

  @Test
  void sumsRegistersAboveThirtyOneApart() {
    byte[] registers = new byte[CouponMatrix.ROWS];
    for (int row = 0; row < registers.length; row++) {
      registers[row] = (byte) (row % 50);
    }
    byte[] ours = HllImage.of(registers);
    assertArrayEquals(rewritten(ours), ours);
    Union union = new Union(8);
    union.update(SketchOracle.sketch());
    union.update(HllSketch.heapify(Memory.wrap(ours)));
    // The union sums anew what our image says.
    assertEquals(
        union.getCompositeEstimate(),
        HllSketch.heapify(Memory.wrap(ours)).getCompositeEstimate(),
        1e-9);
  }

  /** DataSketches leaves the flag out, where both forms are the same, and reads either. */
  private static byte[] rewritten(byte[] image) {
    byte[] theirs = HllSketch.heapify(Memory.wrap(image)).toCompactByteArray();
    theirs[5] |= 8;
    return theirs;
  }
}
