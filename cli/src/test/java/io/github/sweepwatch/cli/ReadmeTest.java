package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README shows is what happens. */
class ReadmeTest {
  private static final String COMMAND = "$ ./sweepwatch detect samples/zeek-conn.log.gz\n";

  /** The project's root, wherever the tests run. */
  static Path root() throws IOException {
    Path path = Path.of("").toAbsolutePath();
    while (!Files.exists(path.resolve("samples/zeek-conn.log.gz"))) {
      path = path.getParent();
      if (path == null) {
        throw new IOException("the project's root was not found");
      }
    }
    return path;
  }

  @Test
  void showsWhatTheCommandPrints() throws IOException {
    String readme = Files.readString(root().resolve("README.md"));
    int start = readme.indexOf(COMMAND) + COMMAND.length();
    assertTrue(start >= COMMAND.length(), "README does not show the command");
    CommandRun run = CommandRun.of("detect", root().resolve("samples/zeek-conn.log.gz").toString());
    assertEquals(run.out(), readme.substring(start, readme.indexOf("```", start)));
    assertTrue(run.outLines().size() > 30, run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= AlertTable.WIDTH), run.out());
  }
}
