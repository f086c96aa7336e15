package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.AddressBlock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the detector itself kept of a scan, beyond its counts. Of the contacts that came before half
 * a threshold no addresses are known.
 *
 * @param direction from where to where the scan goes: outbound if most contacts went outside
 * @param actors what on the scanning host opened the connections, in order of first sight; at most
 *     {@link #MAX_ACTORS}, their texts cut to {@link #MAX_TEXT} characters
 * @param answered the probes that succeeded, in order of first sight; at most {@link #MAX_ANSWERED}
 * @param answeredTruncated whether there may be more
 * @param network the smallest network that holds all targets whose addresses are known, or null
 *     where none is
 * @param order how the probes followed each other
 */
public record ScanEvidence(
    Direction direction,
    List<Actor> actors,
    List<AnsweredProbe> answered,
    boolean answeredTruncated,
    @Nullable AddressBlock network,
    ProbeOrder order) {
  /** How many actors are kept at most. */
  public static final int MAX_ACTORS = 4;

  /** How long a text may be, in characters. */
  public static final int MAX_TEXT = 256;

  /** How many probes that succeeded are kept at most. */
  public static final int MAX_ANSWERED = 32;

  /** Nothing is known. */
  public static final ScanEvidence NONE =
      new ScanEvidence(Direction.EXTERNAL, List.of(), List.of(), true, null, ProbeOrder.NONE);

  /**
   * Copies the lists.
   *
   * @param direction from where to where the scan goes
   * @param actors what on the scanning host opened the connections
   * @param answered the probes that succeeded
   * @param answeredTruncated whether there may be more
   * @param network the smallest network that holds all known targets
   * @param order how the probes followed each other
   */
  public ScanEvidence {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(order, "order");
    actors = List.copyOf(actors);
    answered = List.copyOf(answered);
  }
}
