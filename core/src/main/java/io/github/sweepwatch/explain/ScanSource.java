package io.github.sweepwatch.explain;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who scans. Where an alert has several sources, this is said of the first.
 *
 * @param direction from where to where the scan goes
 * @param asset what is known of the source beforehand, or null
 * @param actors what on the scanning host opened the connections, in order of first sight; at most
 *     a few
 */
public record ScanSource(Direction direction, @Nullable Asset asset, List<Actor> actors) {
  /**
   * Copies the list.
   *
   * @param direction from where to where the scan goes
   * @param asset what is known of the source beforehand
   * @param actors what on the scanning host opened the connections
   */
  public ScanSource {
    Objects.requireNonNull(direction, "direction");
    actors = List.copyOf(actors);
  }
}
