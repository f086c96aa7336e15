package io.github.sweepwatch.detect.internal;

/** The engine's grain of time: windows are exact to the tick. Thread-safe. */
final class Tick {
  /** The length of a tick in seconds. */
  static final int SECONDS = 2;

  private static final long MICROS = SECONDS * 1_000_000L;

  private Tick() {}

  /** The tick in which a moment (microseconds since 1970) falls. */
  static long of(long micros) {
    return Math.floorDiv(micros, MICROS);
  }
}
