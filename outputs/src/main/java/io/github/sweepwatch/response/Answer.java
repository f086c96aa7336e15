package io.github.sweepwatch.response;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.IpAddress;
import java.util.List;

/**
 * One source that is to be answered, and for how long. Immutable and thread-safe.
 *
 * @param source who scans
 * @param inside whether it scans from inside, so that it is to be contained rather than kept out
 * @param incidents the last state of each of its incidents that call for an answer, by id
 * @param fromMicros when the answer's time begins, in microseconds since 1970-01-01T00:00:00Z
 * @param untilMicros when the answer expires, later than that
 */
public record Answer(
    IpAddress source,
    boolean inside,
    List<ScanAlert> incidents,
    long fromMicros,
    long untilMicros) {
  /**
   * Copies the list and checks the times.
   *
   * @param source who scans
   * @param inside whether it scans from inside
   * @param incidents the last state of each of its incidents
   * @param fromMicros when the answer's time begins
   * @param untilMicros when the answer expires
   * @throws IllegalArgumentException if it expires before it begins, or there is no incident
   */
  public Answer {
    incidents = List.copyOf(incidents);
    if (untilMicros <= fromMicros || incidents.isEmpty()) {
      throw new IllegalArgumentException("an answer needs an incident, and a time to end");
    }
  }
}
