package io.github.sweepwatch.detect;

/** Skeleton. */
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
    long listenerFailures,
    boolean degraded) {}
