package io.github.sweepwatch.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command line did.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {
  /** Runs a command with nothing on standard input. */
  static CommandRun of(String... arguments) {
    return of(InputStream.nullInputStream(), arguments);
  }

  /** Runs a command with text on standard input. */
  static CommandRun withInput(String input, String... arguments) {
    return of(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  /** Runs a command. */
  static CommandRun of(InputStream in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Streams streams =
        new Streams(in, new ResultStream("standard output", out), false, new PrintWriter(err), 0);
    int code = Sweepwatch.run(streams, arguments);
    return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
