package io.github.sweepwatch.explain;

import java.util.List;

/**
 * What intrusion detection systems said of the sources of a scan.
 *
 * @param findings what was said, the gravest first, then by time; a bounded list
 * @param mayBeIncomplete whether some may be missing, since there was no room for all
 */
public record IdsActivity(List<IdsFinding> findings, boolean mayBeIncomplete) {
  /** Nothing was said, and nothing is missing. */
  public static final IdsActivity NONE = new IdsActivity(List.of(), false);

  /**
   * Copies the list.
   *
   * @param findings what was said
   * @param mayBeIncomplete whether some may be missing
   */
  public IdsActivity {
    findings = List.copyOf(findings);
  }
}
