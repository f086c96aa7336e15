package io.github.sweepwatch.cli;

/** What is wrong with a YAML file, and where. */
final class YamlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  YamlProblem(String file, int line, String reason) {
    super(file + ":" + line + ": " + reason);
  }
}
