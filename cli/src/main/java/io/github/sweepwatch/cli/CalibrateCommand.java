package io.github.sweepwatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Suggests thresholds for a network. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Replays a log and suggests thresholds for this network.",
    description = {
      "",
      "Tells of each rule what its count comes to among the sources, how many sources a day reach"
          + " some thresholds, and which thresholds no more than --alerts-a-day sources a day, over"
          + " all rules together, would have reached; never below half of the present one, never"
          + " above ten times. What an entry of the policy authorises is left out.",
      "",
      "Counts are those that the rules hold against their limits, after each event: without hosts"
          + " that answered where a rule leaves them out, and nothing where a minimum is missed. Of"
          + " sources with more than 128 contacts they are estimates, 4 %% off. Rules over several"
          + " sources are neither measured nor changed, and IPv6 networks not measured.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch calibrate conn.*.log.gz",
      "  sweepwatch calibrate --alerts-a-day 0.5 --output yaml conn.*.log.gz > policy.yaml"
    })
final class CalibrateCommand implements Callable<Integer> {
  /** How the suggestion is told. */
  enum Output {
    text,
    yaml
  }

  private static final double MAX_ALERTS = 1_000_000;

  private final Streams streams;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--alerts-a-day",
      paramLabel = "NUMBER",
      description = "How many sources a day may reach a threshold. Default: 1.")
  private double alertsADay = 1;

  @Option(
      names = "--output",
      paramLabel = "text|yaml",
      description =
          "text (default): for people. yaml: the policy with the suggested thresholds, for"
              + " --policy.")
  private Output output = Output.text;

  @Mixin private InputOptions input = new InputOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  CalibrateCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (!(alertsADay >= 0 && alertsADay <= MAX_ALERTS)) {
      throw new ParameterException(spec.commandLine(), "alerts a day not 0 to 1,000,000");
    }
    LogInput log = new LogInput(input, streams, true, spec.commandLine());
    Calibration calibration = new Calibration(policy.policy(), input.local());
    ReadTotals totals = log.read((event, line) -> calibration.observe(event));
    calibration.finish();
    Suggestion suggestion = calibration.suggest(alertsADay);
    if (output == Output.yaml) {
      streams.out().text(PolicyWriter.write(suggestion.policy()));
    } else {
      streams.out().text(CalibrationText.write(policy.policy(), calibration, suggestion));
    }
    streams.out().flush();
    streams.err().println(totals.line());
    return totals.exitCode(input.strict());
  }
}
