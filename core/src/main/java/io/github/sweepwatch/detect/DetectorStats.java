package io.github.sweepwatch.detect;

/**
 * A detector's counters at one moment.
 *
 * @param events how many events were observed
 * @param lateEvents how many of them lay further back than the allowed lateness, and did not count
 * @param futureEvents how many lay further ahead of the credible time than the longest window, and
 *     did not count
 * @param ignoredEvents how many the policy passes over: no certain initiator, or addresses that
 *     name no single host
 * @param refusedEvents how many came from sources that had no room among those with more evidence
 *     against them, and did not count
 * @param sources how many sources are kept
 * @param contacts how many contacts are kept of them, those in sketches left out
 * @param incidentsOpened how many incidents were opened so far
 * @param incidentsOpen how many are open now
 * @param evictedSources how many sources were forgotten because the memory budget was used up
 * @param reducedSources how often, for the same reason, a source kept less than it should: the
 *     contact touched longest ago gave way to a new one, evidence was dropped, or an incident could
 *     not be opened or was ended
 * @param listenerFailures how often a listener threw
 */
public record DetectorStats(
    long events,
    long lateEvents,
    long futureEvents,
    long ignoredEvents,
    long refusedEvents,
    long sources,
    long contacts,
    long incidentsOpened,
    long incidentsOpen,
    long evictedSources,
    long reducedSources,
    long listenerFailures) {
  /**
   * Whether the memory budget was used up, so that scans may have been missed.
   *
   * @return true once a source was evicted, refused or reduced
   */
  public boolean degraded() {
    return evictedSources > 0 || refusedEvents > 0 || reducedSources > 0;
  }
}
