package io.github.sweepwatch.detect.internal;

/**
 * What a source's incidents, open and ended, leave for its rules to say: groups that an open
 * incident covers are passed over, and contacts up to an ended one's last do not count again.
 */
interface Covered {
  /** A source without incidents. */
  Covered NOTHING = new Covered() {};

  /** Whether rules over the hosts of a service have nothing to add. */
  default boolean service(int service) {
    return false;
  }

  /** Whether rules over the services of a host have nothing to add. */
  default boolean host(int host) {
    return false;
  }

  /** Whether rules over all that the source does have nothing to add. */
  default boolean everything() {
    return false;
  }

  /** The last tick that has been reported already, for what rules of a measure count. */
  default long reportedUpTo(CompiledRule rule) {
    return Long.MIN_VALUE;
  }
}
