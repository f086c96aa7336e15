package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;
import picocli.CommandLine.Option;

/** The option that says what counts as a scan. */
final class PolicyOption {
  @Option(
      names = "--policy",
      paramLabel = "default|spl|FILE",
      converter = PolicyConverter.class,
      description =
          "What counts as a scan. default: failures at low limits, anything else at high ones. spl:"
              + " more than 20 destinations or 100 connections of a source in 5 minutes. FILE: a"
              + " policy in YAML, as 'sweepwatch policy' prints one.")
  private DetectionPolicy policy = DetectionPolicy.defaults();

  DetectionPolicy policy() {
    return policy;
  }
}
