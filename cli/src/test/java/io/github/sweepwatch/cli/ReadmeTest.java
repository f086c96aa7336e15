package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README shows is what happens. */
class ReadmeTest {
  private static final String COMMAND = "$ ./sweepwatch detect samples/zeek-conn.log.gz\n";

  @TempDir private Path folder;

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

  private static String block(String language, String containing) throws IOException {
    Matcher blocks =
        Pattern.compile("(?s)```" + language + "\n(.*?)```")
            .matcher(Files.readString(root().resolve("README.md")));
    while (blocks.find()) {
      if (blocks.group(1).contains(containing)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("README has no block of " + language + " with " + containing);
  }

  @Test
  void showsWhatTheCommandPrints() throws IOException {
    String shown = block("console", COMMAND);
    CommandRun run = CommandRun.of("detect", root().resolve("samples/zeek-conn.log.gz").toString());
    assertEquals(run.out(), shown.substring(shown.indexOf(COMMAND) + COMMAND.length()));
    assertTrue(run.out().lines().allMatch(line -> line.length() <= AlertTable.WIDTH), run.out());
  }

  @Test
  void embeddingExampleCompilesAndRuns() throws Exception {
    String example = block("java", "ScanDetector.builder()");
    long statements = example.lines().filter(line -> !line.isBlank()).count();
    assertTrue(statements <= 20, statements + " lines");
    String imports =
        example
            .lines()
            .filter(line -> line.startsWith("import "))
            .reduce("", (a, b) -> a + b + "\n");
    String body =
        example
            .lines()
            .filter(line -> !line.startsWith("import "))
            .reduce("", (a, b) -> a + b + "\n");
    Path source =
        Files.writeString(
            folder.resolve("Example.java"),
            imports
                + "public class Example {\n"
                + "  public static void run(java.nio.file.Path path,"
                + " java.util.function.Consumer<String> siem) throws Exception {\n"
                + body
                + "  }\n}\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
      List<String> options =
          List.of(
              "-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
      assertTrue(
          compiler.getTask(messages, files, null, options, null, sources).call(),
          messages::toString);
    }
    List<String> sent = new java.util.ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method run =
          loader
              .loadClass("Example")
              .getMethod("run", Path.class, java.util.function.Consumer.class);
      run.invoke(
          null,
          root().resolve("samples/zeek-conn.log.gz"),
          (java.util.function.Consumer<String>) sent::add);
    }
    assertTrue(sent.stream().anyMatch(line -> line.contains("10.66.0.11")), sent::toString);
  }
}
