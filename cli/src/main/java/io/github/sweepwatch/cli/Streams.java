package io.github.sweepwatch.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out results
 * @param outIsTerminal whether a person sees the results as they are written
 * @param err everything else
 * @param errColumns how wide the terminal is on which {@code err} appears; 0 where it is none
 */
record Streams(
    InputStream in, ResultStream out, boolean outIsTerminal, PrintWriter err, int errColumns) {
  /** Says what is wrong with a file. */
  void report(String file, String reason) {
    err.println(Printable.line(file + ": " + reason));
    err.flush();
  }

  /** Says what is wrong with a record. */
  void report(String file, long line, String reason) {
    report(file + ":" + line, reason);
  }
}
