package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.event.IpAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Says what is known of one source, and why it is quiet. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Says why a source is quiet: what each rule counts of it, and what is missing.",
    description = {
      "",
      "Reads all of the input, and then tells of one source what each rule counts at the end, where"
          + " it counts most. What the source does under an entry of the policy that authorises it"
          + " is counted and told apart.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch inspect --source 10.20.0.99 conn.log.gz",
      "  sweepwatch inspect --source 10.20.0.99 --output json --policy policy.yaml conn.log.gz"
    })
final class InspectCommand implements Callable<Integer> {
  /** How a report is told. */
  enum Output {
    text,
    json
  }

  private final Streams streams;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Option(
      names = "--source",
      required = true,
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "The source.")
  private IpAddress source;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "text (default): for people. json: one object.")
  private Output output = Output.text;

  @Mixin private InputOptions input = new InputOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  InspectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    LogInput log = new LogInput(input, streams, true, spec.commandLine());
    ScanDetector detector =
        ScanDetector.builder()
            .policy(policy.policy())
            .localNetworks(input.local())
            .memoryBudget(DetectCommand.memoryBudget())
            .secretKey(DetectCommand.FIXED_KEY, DetectCommand.FIXED_KEY)
            .build();
    long[] connections = new long[1];
    ReadTotals totals =
        log.read(
            (event, line) -> {
              detector.observe(event);
              if (event.sourceHigh() == source.high() && event.sourceLow() == source.low()) {
                connections[0] += event.count();
              }
            });
    Optional<SourceReport> report = detector.inspect(source);
    if (output == Output.json) {
      ReportJson.write(source, connections[0], report, streams.out());
    } else {
      streams.out().text(new ReportText(input.zone()).write(source, connections[0], report));
    }
    streams.out().flush();
    streams.err().println(totals.line());
    return totals.exitCode(input.strict());
  }

  /** An address. */
  static final class AddressConverter implements ITypeConverter<IpAddress> {
    @Override
    public IpAddress convert(String text) {
      try {
        return IpAddress.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
