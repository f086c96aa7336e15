package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a policy. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Prints a policy in full, in YAML, with a comment a line.",
    description = {
      "",
      "What it prints can be edited and given to 'sweepwatch detect --policy'. A file need not say"
          + " everything: 'preset: default' takes the rest from the default policy.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch policy > policy.yaml",
      "  sweepwatch detect --policy policy.yaml conn.log.gz"
    })
final class PolicyCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(
      arity = "0..1",
      paramLabel = "default|spl|FILE",
      converter = PolicyConverter.class,
      description = "Which policy. default unless given.")
  private DetectionPolicy policy = DetectionPolicy.defaults();

  PolicyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    streams.out().text(PolicyWriter.write(policy));
    streams.out().flush();
    return ExitCode.OK;
  }
}
