package io.github.sweepwatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts what each source touched, exactly. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Counts what each source touched, exactly, over the whole input.",
    description = {
      "",
      "Prints CSV with the columns src_ip, unique_targets, ports and count: a source, how many"
          + " distinct destinations it has, its destination ports of TCP, UDP and SCTP, and its"
          + " records. Listed are sources with more than 20 destinations or more than 100 records,"
          + " those with the most destinations first. Memory grows with the distinct contacts.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch stats conn.log.gz > sources.csv",
      "  zcat conn.*.log.gz | sweepwatch stats -"
    })
final class StatsCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private InputOptions input = new InputOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  StatsCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    LogInput log = new LogInput(input, streams, true, spec.commandLine());
    SourceStatistics statistics = new SourceStatistics();
    ReadTotals totals = log.read((event, line) -> statistics.add(event));
    statistics.writeCsv(streams.out());
    streams.out().flush();
    streams.err().println(totals.line());
    return totals.exitCode(input.strict());
  }
}
