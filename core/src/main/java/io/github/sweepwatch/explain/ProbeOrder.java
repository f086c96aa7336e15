package io.github.sweepwatch.explain;

/**
 * How the probes of a scan followed each other, in the order in which they were told of: those that
 * asked for a host or service that was new, as long as hosts are counted exactly. Programs that
 * scan differ in that.
 *
 * @param steps from how many probes to the next
 * @param ascending in how many of these the next had a higher address, or a higher port of the same
 * @param sameSourcePort in how many of these the source port stayed the same
 */
public record ProbeOrder(long steps, long ascending, long sameSourcePort) {
  /** Nothing is known. */
  public static final ProbeOrder NONE = new ProbeOrder(0, 0, 0);
}
