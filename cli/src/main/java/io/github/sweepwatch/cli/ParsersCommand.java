package io.github.sweepwatch.cli;

import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.spi.ParserProvider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the parsers. */
@Command(
    name = "parsers",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Lists the parsers that were found, with their formats.",
    description = {"", "The name is what --parser takes."})
final class ParsersCommand implements Callable<Integer> {
  private final Streams streams;

  ParsersCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    for (ParserProvider parser :
        ParserCatalog.load(ParsersCommand.class.getClassLoader()).providers()) {
      streams.out().text(parser.name() + '\n');
      for (String format : parser.formats()) {
        streams.out().text("    " + format + '\n');
      }
    }
    return ExitCode.OK;
  }
}
