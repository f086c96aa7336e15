package io.github.sweepwatch.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan was after, and what it found.
 *
 * @param services the services among the scanned ports that have a name, by port; at most {@link
 *     #MAX_SERVICES}
 * @param servicesTruncated whether there were more
 * @param coverage how much of a network was scanned, or null where no target's address is known
 * @param answered the probes that succeeded, in order of first sight; a bounded list
 * @param answeredTruncated whether there were more
 * @param tool which program it may have been, or null
 */
public record ScanScope(
    List<ScannedService> services,
    boolean servicesTruncated,
    @Nullable Coverage coverage,
    List<AnsweredProbe> answered,
    boolean answeredTruncated,
    @Nullable ToolHint tool) {
  /** How many services are named at most. */
  public static final int MAX_SERVICES = 32;

  /**
   * Copies the lists.
   *
   * @param services the services that have a name
   * @param servicesTruncated whether there were more
   * @param coverage how much of a network was scanned
   * @param answered the probes that succeeded
   * @param answeredTruncated whether there were more
   * @param tool which program it may have been
   */
  public ScanScope {
    services = List.copyOf(services);
    answered = List.copyOf(answered);
  }
}
