package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;

/**
 * How many probes within how long would have given an incident away sooner: half of what it made in
 * the shortest of some windows in which it made ten, at least five and at most the limit that it
 * passed.
 *
 * @param count the number of probes
 * @param seconds the window
 */
record Tripwire(long count, int seconds) {
  private static final int[] WINDOWS = {10, 60, 300, 3600};
  private static final int DAY = 86_400;
  private static final int FEWEST = 5;
  private static final long MICROS = 1_000_000;

  /** The tripwire for an incident. */
  static Tripwire of(ScanAlert incident) {
    double seconds =
        Math.max(1.0, ((double) incident.lastSeenMicros() - incident.firstSeenMicros()) / MICROS);
    for (int window : WINDOWS) {
      double probes = incident.connections() * Math.min(1, window / seconds);
      if (probes >= 2 * FEWEST) {
        return new Tripwire(Math.max(FEWEST, Math.min((long) probes / 2, limit(incident))), window);
      }
    }
    return new Tripwire(FEWEST, DAY);
  }

  /** The lowest limit that the incident passed. A number of decoys is none. */
  private static long limit(ScanAlert incident) {
    return incident.reasons().stream()
        .mapToLong(Reason::threshold)
        .filter(threshold -> threshold >= FEWEST)
        .min()
        .orElse(DAY);
  }
}
