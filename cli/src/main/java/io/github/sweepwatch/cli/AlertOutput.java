package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanAlert;

/** Where {@code detect} puts its alerts. */
interface AlertOutput {
  /** Before the first alert. */
  default void begin() {}

  /** Takes an alert. */
  void alert(ScanAlert alert);

  /** There will be no more. */
  void end();
}
