package io.github.sweepwatch.explain;

import java.util.List;
import java.util.Objects;

/**
 * Who scanned, what for, whether it got in, and what else was said of the source.
 *
 * @param source who
 * @param scope what
 * @param logons whether it got in
 * @param ids what intrusion detection systems said
 * @param techniques what ATT&amp;CK calls it, the most telling first
 */
public record Explanation(
    ScanSource source,
    ScanScope scope,
    LogonActivity logons,
    IdsActivity ids,
    List<AttackTechnique> techniques) {
  /**
   * Copies the list.
   *
   * @param source who
   * @param scope what
   * @param logons whether it got in
   * @param ids what intrusion detection systems said
   * @param techniques what ATT&amp;CK calls it
   */
  public Explanation {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(logons, "logons");
    Objects.requireNonNull(ids, "ids");
    techniques = List.copyOf(techniques);
  }
}
