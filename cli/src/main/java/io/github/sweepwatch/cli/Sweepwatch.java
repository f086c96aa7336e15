package io.github.sweepwatch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "sweepwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Finds network scans in logs of connections.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Reads connection logs (see 'sweepwatch parsers'), names the hosts that scan, and says why it"
          + " believes so. Results go to standard output, everything else to standard error.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all input was read; records may have been rejected",
      "1:an input was missing, unreadable, of unknown format or truncated, or --strict met a"
          + " rejected record",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch detect conn.log.gz",
      "  tail -F conn.log | sweepwatch detect --output json -",
      "  SWEEPWATCH_OPTS=-Xmx4g sweepwatch stats big.log.gz",
      "",
      "'sweepwatch COMMAND --help' tells more."
    })
final class Sweepwatch implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  /** Runs a command and returns its exit code; nothing is thrown. */
  static int run(Streams streams, String... arguments) {
    try {
      int code = commandLine(streams).execute(arguments);
      streams.out().flush();
      return code;
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
      return fail(streams, e);
    } finally {
      streams.err().flush();
    }
  }

  /** Says in one line what ended a command. */
  private static int fail(Streams streams, Throwable cause) {
    if (cause instanceof ResultStream.Failure failure) {
      if (failure.readerGone()) {
        return ExitCode.OK;
      }
      streams.err().println(Printable.line(String.valueOf(failure.getMessage())));
    } else if (cause instanceof OutOfMemoryError) {
      streams.report("sweepwatch", "out of memory; SWEEPWATCH_OPTS=-Xmx4g would give it 4 GiB");
    } else {
      streams.report("sweepwatch", "internal error: " + cause);
    }
    return ExitCode.INPUT;
  }

  static CommandLine commandLine(Streams streams) {
    CommandLine commandLine =
        new CommandLine(new Sweepwatch())
            .addSubcommand(new DetectCommand(streams))
            .addSubcommand(new ParseCommand(streams))
            .addSubcommand(new StatsCommand(streams))
            .addSubcommand(new RespondCommand(streams))
            .addSubcommand(new ParsersCommand(streams))
            .addSubcommand(new PolicyCommand(streams))
            .addSubcommand(new InspectCommand(streams))
            .addSubcommand(new CalibrateCommand(streams));
    return commandLine
        .setOut(new PrintWriter(streams.out(), false, StandardCharsets.UTF_8))
        .setErr(streams.err())
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              String command = exception.getCommandLine().getCommandSpec().qualifiedName();
              streams.report(command, String.valueOf(exception.getMessage()));
              streams.err().println("Try '" + command + " --help'.");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler((exception, failed, result) -> fail(streams, exception));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command; there are detect, parse, stats, respond, parsers, policy, inspect and"
            + " calibrate");
  }
}
