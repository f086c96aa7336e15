package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SightingFilterProperties {
  /**
   * Sources are sighted up to four times, the same number of other ones apart. While no more than a
   * generation's insertions lie between two sightings, none is missed, whatever came before.
   */
  @Property(tries = 60)
  void nothingIsMissedWithinAGeneration(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 200_000) int before,
      @ForAll @IntRange(min = 2, max = 4) int times) {
    SightingFilter filter = new SightingFilter(256 << 10);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < before; i++) {
      filter.sight(random.nextLong());
    }
    // A sighting may insert three levels anew; samples make a generation 10 % shorter at most.
    int apart = (int) (filter.capacity() * 0.9 / (3 * times));
    long[] hashes = random.longs(4L * apart).toArray();
    for (int i = 0; i < hashes.length; i++) {
      for (int sighting = 0; sighting < times && i >= sighting * apart; sighting++) {
        int found = filter.sight(hashes[i - sighting * apart]);
        int expected = Math.min(sighting, SightingFilter.MAX_SIGHTINGS);
        assertTrue(found >= expected, () -> found + " sightings of " + expected);
      }
    }
  }
}
