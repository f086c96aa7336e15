package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.read.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the parsers understood. */
@Command(
    name = "parse",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Prints what the parsers understood, one JSON line an event.",
    description = {
      "",
      "Fields that a record does not give are left out. Rejected records are reported as"
          + " 'file:line: reason' on standard error.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch parse conn.log.gz | head",
      "  sweepwatch parse --rejects rejected.jsonl conn.log > events.jsonl"
    })
final class ParseCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private InputOptions input = new InputOptions();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Write rejected records to this file instead, as JSON lines with file, line"
              + " and reason. It is overwritten.")
  private @Nullable String rejects;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  ParseCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    LogInput log = new LogInput(input, streams, !streams.outIsTerminal(), spec.commandLine());
    String file = rejects;
    if (file == null) {
      return parse(log, streams::report);
    }
    if (isInput(file)) {
      throw new ParameterException(
          spec.commandLine(), "--rejects would overwrite an input: " + file);
    }
    OutputStream out;
    try {
      out = Files.newOutputStream(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      streams.report(file, "cannot be written: " + LogInput.reason(file, e));
      return ExitCode.INPUT;
    }
    try (ResultStream results = new ResultStream(file, out);
        EventJson json = new EventJson(results)) {
      return parse(log, json::rejection);
    }
  }

  /** Whether a file is one of those to read, by whatever name. */
  private boolean isInput(String file) {
    return input.files().stream()
        .filter(other -> !other.equals(LogInput.STANDARD_INPUT))
        .anyMatch(
            other -> {
              try {
                return Files.isSameFile(Path.of(file), Path.of(other));
              } catch (IOException | InvalidPathException e) {
                // One of them is not there.
                return false;
              }
            });
  }

  private int parse(LogInput log, RejectionListener rejections) {
    try (EventJson json = new EventJson(streams.out())) {
      ReadTotals totals = log.read(file -> new Printer(file, json, rejections));
      return totals.exitCode(input.strict());
    }
  }

  /** Takes a rejection. */
  private interface RejectionListener {
    void rejected(String file, long line, String reason);
  }

  private record Printer(String file, EventJson json, RejectionListener rejections)
      implements ReadHandler {
    @Override
    public void connection(ConnectionEvent event, long line) {
      json.connection(file, line, event);
    }

    @Override
    public void logon(LogonEvent event, long line) {
      json.logon(file, line, event);
    }

    @Override
    public void rejected(Rejection rejection) {
      rejections.rejected(file, rejection.line(), rejection.reason());
    }
  }
}
