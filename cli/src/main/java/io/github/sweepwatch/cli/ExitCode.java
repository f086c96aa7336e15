package io.github.sweepwatch.cli;

/** What the process says when it ends; scripts depend on it. */
final class ExitCode {
  /** All input was read; records may have been rejected. */
  static final int OK = 0;

  /** An input could not be used in full, or a record was rejected under {@code --strict}. */
  static final int INPUT = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  private ExitCode() {}
}
