package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;

/**
 * What a detector knows of one source at one moment.
 *
 * @param source the source
 * @param latestMicros its latest event time, to the tick of 2 s
 * @param contacts how many distinct services of hosts it touched in the last 24 hours
 * @param hosts how many distinct hosts are among them
 * @param services how many distinct services are among them
 * @param relativeError the relative standard error of these three and of the readings above 128; 0
 *     where all are exact
 * @param readings what each rule counts now, where it counts most; a rule whose count is below its
 *     threshold is why the source is quiet
 * @param openIncidents the ids of its open incidents
 */
public record SourceReport(
    IpAddress source,
    long latestMicros,
    long contacts,
    long hosts,
    long services,
    double relativeError,
    List<Reason> readings,
    List<String> openIncidents) {
  /**
   * Copies the lists.
   *
   * @param source the source
   * @param latestMicros its latest event time
   * @param contacts how many distinct services of hosts it touched
   * @param hosts how many distinct hosts are among them
   * @param services how many distinct services are among them
   * @param relativeError the relative standard error of these
   * @param readings what each rule counts now
   * @param openIncidents the ids of its open incidents
   */
  public SourceReport {
    readings = List.copyOf(readings);
    openIncidents = List.copyOf(openIncidents);
  }

  /**
   * How close the source is to an alert: the greatest ratio of a rule's count to its threshold.
   *
   * @return 0 or more; from 1 on, a rule may have spoken
   */
  public double closeness() {
    double closest = 0;
    for (Reason reading : readings) {
      closest = Math.max(closest, (double) reading.count() / reading.threshold());
    }
    return closest;
  }
}
