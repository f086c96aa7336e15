package io.github.sweepwatch.detect;

import java.io.IOException;

/**
 * A snapshot that cannot be restored: damaged, cut short, none at all, of a newer version, or of a
 * detector with other settings. The message says which. Nothing was changed by the attempt.
 */
public final class SnapshotException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param reason why, for people
   */
  public SnapshotException(String reason) {
    super(reason);
  }
}
