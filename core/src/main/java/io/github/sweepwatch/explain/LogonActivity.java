package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.LogonEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether it got in: attempts to log on by the sources of a scan, from shortly before its start on.
 *
 * @param attempts how many attempts
 * @param successes how many of them succeeded
 * @param accounts the accounts that were tried, those with a success first; a bounded list
 * @param accountsTruncated whether there were more
 * @param firstSuccess the earliest success, or null
 * @param targets the hosts that were tried: probed ones first, then those with a success; a bounded
 *     list
 * @param targetsTruncated whether there were more
 * @param mayBeIncomplete whether logons may be missing here, since there was no room for all: what
 *     is counted happened, and more may have
 */
public record LogonActivity(
    long attempts,
    long successes,
    List<String> accounts,
    boolean accountsTruncated,
    @Nullable LogonEvent firstSuccess,
    List<LogonTarget> targets,
    boolean targetsTruncated,
    boolean mayBeIncomplete) {
  /** No logons, and none missing. */
  public static final LogonActivity NONE =
      new LogonActivity(0, 0, List.of(), false, null, List.of(), false, false);

  /**
   * Copies the lists.
   *
   * @param attempts how many attempts
   * @param successes how many of them succeeded
   * @param accounts the accounts that were tried
   * @param accountsTruncated whether there were more
   * @param firstSuccess the earliest success
   * @param targets the hosts that were tried
   * @param targetsTruncated whether there were more
   * @param mayBeIncomplete whether logons may be missing here
   */
  public LogonActivity {
    accounts = List.copyOf(accounts);
    targets = List.copyOf(targets);
  }

  /**
   * How many attempts failed.
   *
   * @return attempts without success
   */
  public long failures() {
    return attempts - successes;
  }
}
