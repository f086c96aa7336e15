package io.github.sweepwatch.detect.internal;

/**
 * The engine's grain of time: windows are exact to the tick. Thread-safe.
 *
 * <p>Sketches keep ticks as <em>stamps</em> of 16 bits, which come round every {@value #CYCLE}
 * ticks. A stamp is read against a time of today: up to {@value #AHEAD} ticks ahead of it (another
 * thread saw a later time) and up to {@value #MAX_AGE} behind. Stamps older than the horizon must
 * be swept before they are that old.
 */
final class Tick {
  /** The length of a tick in seconds. */
  static final int SECONDS = 2;

  /** How many ticks are remembered: an entry of this age is outside every window. */
  static final int HORIZON = 43_200;

  /** How many ticks there are between two with the same stamp. */
  static final int CYCLE = 65_535;

  /** How far a stamp may lie ahead of the time that it is read at. */
  static final int AHEAD = 8_000;

  /** The greatest age that can be told. */
  static final int MAX_AGE = CYCLE - AHEAD - 1;

  /** The stamp of what was never seen. */
  static final int NEVER = 0;

  private static final long MICROS = SECONDS * 1_000_000L;

  private Tick() {}

  /**
   * The tick in which a moment (microseconds since 1970) falls. It has 31 bits: what lies before
   * 1970 falls in the first tick, what lies after 2106 in the last.
   */
  static long of(long micros) {
    return Math.max(0, Math.min(Integer.MAX_VALUE, micros / MICROS));
  }

  /** When a tick starts, in microseconds since 1970. */
  static long micros(long tick) {
    return tick * MICROS;
  }

  /** The stamp of a tick, 1 to {@value #CYCLE}. */
  static int stamp(long tick) {
    return (int) Math.floorMod(tick, (long) CYCLE) + 1;
  }

  /** How many ticks a stamp lies before now, negative if ahead; the greatest int for never. */
  static int lag(int now, int stamp) {
    if (stamp == NEVER) {
      return Integer.MAX_VALUE;
    }
    int difference = now - stamp;
    if (difference < -AHEAD) {
      return difference + CYCLE;
    }
    return difference > MAX_AGE ? difference - CYCLE : difference;
  }

  /** How many ticks a stamp lies before now, 0 if ahead; the greatest int for never. */
  static int age(int now, int stamp) {
    return Math.max(0, lag(now, stamp));
  }
}
