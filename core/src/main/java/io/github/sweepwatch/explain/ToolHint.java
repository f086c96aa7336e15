package io.github.sweepwatch.explain;

import java.util.Objects;

/**
 * Which program it may have been. A hint, since programs can be renamed and their habits imitated.
 *
 * @param tool the program, such as {@code nmap}
 * @param reason by what it shows
 */
public record ToolHint(String tool, String reason) {
  /**
   * Checks that nothing is missing.
   *
   * @param tool the program
   * @param reason by what it shows
   */
  public ToolHint {
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(reason, "reason");
  }
}
