package io.github.sweepwatch.benchmarks.engine;

/**
 * A row of the table. What was not measured is not a number.
 *
 * @param workload the workload's name
 * @param threads how many threads there were
 * @param implementation what was measured
 * @param eventsPerSecond of all threads
 * @param allocatedBytes bytes allocated an event
 * @param sourceBytes bytes of heap a source
 */
record Figure(
    String workload,
    int threads,
    Implementation implementation,
    double eventsPerSecond,
    double allocatedBytes,
    double sourceBytes) {}
