package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds parsers as someone outside this project would: against the classes of core alone. */
final class PluginCompiler {
  private final Path directory;

  PluginCompiler(Path directory) {
    this.directory = directory;
  }

  /** Compiles classes, each under its name from its source. */
  void compile(Map<String, String> sources) throws URISyntaxException {
    Path core =
        Path.of(ParserProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<SourceText> files =
        sources.entrySet().stream()
            .map(source -> new SourceText(source.getKey(), source.getValue()))
            .toList();
    List<String> options = List.of("-d", directory.toString(), "-cp", core.toString());
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertTrue(
        compiler.getTask(messages, null, null, options, null, files).call(), messages::toString);
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Names the providers, in order. */
  void register(String... classNames) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(services.resolve(ParserProvider.class.getName()), List.of(classNames));
  }

  /** Sees what was compiled, and core. */
  URLClassLoader loader() throws IOException {
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, ParserProvider.class.getClassLoader());
  }

  static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PluginCompiler.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
