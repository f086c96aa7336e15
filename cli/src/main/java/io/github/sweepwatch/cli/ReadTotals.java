package io.github.sweepwatch.cli;

import io.github.sweepwatch.read.ReadSummary;

/** What was read from all files of a command. */
final class ReadTotals {
  private int files;
  private int unusable;
  private int misunderstood;
  private int damaged;
  private long lines;
  private long connections;
  private long logons;
  private long rejected;

  void add(ReadSummary summary) {
    files++;
    lines += summary.lines();
    connections += summary.connections();
    logons += summary.logons();
    rejected += summary.rejected();
    if (summary.damage() != null) {
      damaged++;
    }
  }

  void addUnusable() {
    unusable++;
  }

  /** Counts a file that was read with a parser for something else. */
  void addMisunderstood() {
    misunderstood++;
  }

  /** What the process should say in the end. */
  int exitCode(boolean strict) {
    boolean complete = unusable == 0 && misunderstood == 0 && damaged == 0;
    return complete && !(strict && rejected > 0) ? ExitCode.OK : ExitCode.INPUT;
  }

  /** One line for people: what was read, and what was not. */
  String line() {
    StringBuilder text = new StringBuilder("Read ").append(Count.of(lines, "line"));
    if (files != 1) {
      text.append(" of ").append(Count.of(files, "file"));
    }
    text.append(": ").append(Count.of(connections, "connection"));
    if (logons > 0) {
      text.append(", ").append(Count.of(logons, "logon"));
    }
    text.append(", ").append(Count.of(rejected, "record")).append(" rejected");
    if (damaged > 0) {
      text.append(", ").append(Count.of(damaged, "file")).append(" damaged");
    }
    if (misunderstood > 0) {
      text.append(", ").append(Count.of(misunderstood, "file")).append(" not understood");
    }
    if (unusable > 0) {
      text.append(", ").append(Count.of(unusable, "file")).append(" not read");
    }
    return text.append('.').toString();
  }
}
