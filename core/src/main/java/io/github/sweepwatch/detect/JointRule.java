package io.github.sweepwatch.detect;

import java.util.Objects;
import java.util.Set;

/**
 * A limit on what several sources ask for together, each of them below the limits for one: hosts on
 * one service, or services of one host. It counts failed first contacts of sources that have failed
 * three times on that service or that host; the first two of each are not counted, so that floods
 * with invented sources do not reach it. Of what a source asked of that service or host, four
 * fifths must have failed.
 *
 * <p>Sources that share out a scan ask for different things. So the rule speaks only while at most
 * a quarter of what they ask for was asked for by another of them, and no source has more than half
 * of it.
 *
 * @param name the rule's name in reasons, such as {@code distributed-horizontal}
 * @param type {@link ScanType#DISTRIBUTED_HORIZONTAL}: hosts on one service; {@link
 *     ScanType#DISTRIBUTED_VERTICAL}: services of one host
 * @param services the kinds of services it counts
 * @param windowSeconds the window's length, an even number from 2 to 86,400
 * @param externalThreshold the count of distinct things from which it speaks of sources outside, 1
 *     to {@value #MAX_THRESHOLD}
 * @param internalThreshold the same for sources inside
 * @param minimumSources how many sources must take part, 2 or more
 * @param minimumEach how many distinct things there must be to each source, on average, 1 or more:
 *     background noise comes from sources that ask for one or two
 */
public record JointRule(
    String name,
    ScanType type,
    Set<ServiceGroup> services,
    int windowSeconds,
    int externalThreshold,
    int internalThreshold,
    int minimumSources,
    int minimumEach) {
  /** The greatest threshold: so many things are kept of one service or host. */
  public static final int MAX_THRESHOLD = 96;

  /**
   * Checks the parts.
   *
   * @param name the rule's name in reasons
   * @param type what the sources do together
   * @param services the kinds of services it counts
   * @param windowSeconds the window's length
   * @param externalThreshold the count from which it speaks of sources outside
   * @param internalThreshold the same for sources inside
   * @param minimumSources how many sources must take part
   * @param minimumEach how many things there must be to each source
   * @throws IllegalArgumentException if a number is out of its range, or the type is none of the
   *     distributed ones
   */
  public JointRule {
    Objects.requireNonNull(name, "name");
    services = Set.copyOf(services);
    check(
        type == ScanType.DISTRIBUTED_HORIZONTAL || type == ScanType.DISTRIBUTED_VERTICAL,
        "type not distributed",
        name);
    check(!services.isEmpty(), "no services", name);
    check(
        windowSeconds >= 2
            && windowSeconds <= CountRule.MAX_WINDOW.toSeconds()
            && windowSeconds % 2 == 0,
        "window not an even number of seconds from 2 to 86,400",
        name);
    check(isThreshold(externalThreshold) && isThreshold(internalThreshold), "threshold", name);
    check(minimumSources >= 2, "fewer than two sources", name);
    check(minimumEach >= 1, "less than one thing each", name);
  }

  private static boolean isThreshold(int value) {
    return value >= 1 && value <= MAX_THRESHOLD;
  }

  private static void check(boolean valid, String problem, String name) {
    if (!valid) {
      throw new IllegalArgumentException(problem + ": " + name);
    }
  }

  /**
   * The threshold for a side of the border.
   *
   * @param internal whether the sources are inside
   * @return the count from which the rule speaks
   */
  public int threshold(boolean internal) {
    return internal ? internalThreshold : externalThreshold;
  }
}
