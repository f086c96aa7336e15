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
 * @param sources how many sources are kept
 * @param contacts how many contacts are kept of them
 * @param incidentsOpened how many incidents were opened so far
 * @param incidentsOpen how many are open now
 * @param evictedSources how many sources were forgotten because the memory budget was used up
 * @param listenerFailures how often a listener threw
 */
public record DetectorStats(
    long events,
    long lateEvents,
    long futureEvents,
    long ignoredEvents,
    long sources,
    long contacts,
    long incidentsOpened,
    long incidentsOpen,
    long evictedSources,
    long listenerFailures) {
  /**
   * Whether the memory budget was used up, so that scans may have been missed.
   *
   * @return true once a source was evicted
   */
  public boolean degraded() {
    return evictedSources > 0;
  }
}
