package io.github.sweepwatch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Where the program starts. */
public final class Main {
  /** The property that tells how wide the terminal behind standard error is, if it is one. */
  private static final String COLUMNS = "sweepwatch.columns";

  /** The property that tells whether standard output is a terminal. */
  private static final String TERMINAL = "sweepwatch.terminal";

  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    // Not System.out, which would swallow a closed pipe and go on.
    ResultStream out =
        new ResultStream("standard output", new FileOutputStream(FileDescriptor.out));
    PrintWriter err = new PrintWriter(System.err, false, Charset.defaultCharset());
    Streams streams =
        new Streams(
            System.in, out, Boolean.getBoolean(TERMINAL), err, Integer.getInteger(COLUMNS, 0));
    System.exit(Sweepwatch.run(streams, arguments));
  }
}
