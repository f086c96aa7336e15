package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a detector knows of one source at one moment, and why the source is quiet.
 *
 * @param source the source
 * @param authorisedBy the policy's entry whose contacts these are, which are counted apart; null
 *     for all that no entry covers
 * @param latestMicros its latest event time, to the tick of 2 s
 * @param contacts how many distinct services of hosts it touched in the last 24 hours. With one, a
 *     source does nothing that could be a scan, however often: a flood or brute force at most
 * @param hosts how many distinct hosts are among them
 * @param services how many distinct services are among them
 * @param relativeError the relative standard error of these three and of the readings above 128; 0
 *     where all are exact
 * @param rules what each rule counts now, where it counts most, and what keeps it from speaking
 * @param openIncidents the ids of its open incidents
 * @param mutedIncidents which of these repeat one that ended a short time before, and are muted
 * @param authorised what the source does under entries of the policy: a report each
 */
public record SourceReport(
    IpAddress source,
    @Nullable String authorisedBy,
    long latestMicros,
    long contacts,
    long hosts,
    long services,
    double relativeError,
    List<RuleReading> rules,
    List<String> openIncidents,
    List<String> mutedIncidents,
    List<SourceReport> authorised) {
  /**
   * Copies the lists.
   *
   * @param source the source
   * @param authorisedBy the policy's entry whose contacts these are, or null
   * @param latestMicros its latest event time
   * @param contacts how many distinct services of hosts it touched
   * @param hosts how many distinct hosts are among them
   * @param services how many distinct services are among them
   * @param relativeError the relative standard error of these
   * @param rules what each rule counts now
   * @param openIncidents the ids of its open incidents
   * @param mutedIncidents which of these are muted
   * @param authorised what the source does under entries of the policy
   */
  public SourceReport {
    rules = List.copyOf(rules);
    openIncidents = List.copyOf(openIncidents);
    mutedIncidents = List.copyOf(mutedIncidents);
    authorised = List.copyOf(authorised);
  }

  /**
   * What each rule counts now, where it counts most.
   *
   * @return the readings, in the order of the policy's rules
   */
  public List<Reason> readings() {
    return rules.stream().map(RuleReading::reason).toList();
  }

  /**
   * How close the source is to an alert: the greatest ratio of a rule's count to its threshold.
   *
   * @return 0 or more; from 1 on, a rule may have spoken
   */
  public double closeness() {
    double closest = 0;
    for (Reason reading : readings()) {
      closest = Math.max(closest, (double) reading.count() / reading.threshold());
    }
    return closest;
  }
}
