package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a program of the system did.
 *
 * @param code its exit code
 * @param output what it wrote, errors included
 */
record Program(int code, String output) {
  /** Runs a program and waits for it. */
  static Program run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Program(process.waitFor(), output);
  }

  /** Runs a program that must succeed. */
  static String ok(String... command) throws IOException, InterruptedException {
    Program done = run(command);
    assertEquals(0, done.code(), () -> String.join(" ", command) + "\n" + done.output());
    return done.output();
  }

  /** Skips the test where one of these programs is missing, or the superuser's rights are. */
  static void assumeInstalled(String... names) {
    List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator, -1));
    for (String name : names) {
      assumeTrue(
          folders.stream().anyMatch(folder -> new File(folder, name).canExecute()),
          name + " is not installed");
    }
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may check rules");
  }
}
