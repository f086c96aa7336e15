package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserCatalogTest {
  private static final byte[] HEAD = "head\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path plugin;

  /** A parser of this name and score, or what it throws in place of them. */
  private record Scored(Supplier<String> names, Supplier<Integer> score) implements ParserProvider {
    Scored(String name, int score) {
      this(() -> name, () -> score);
    }

    @Override
    public String name() {
      return names.get();
    }

    @Override
    public List<String> formats() {
      return List.of();
    }

    @Override
    public int sniff(byte[] head) {
      return score.get();
    }

    @Override
    public LogParser open(ParserContext context) {
      return (record, sink) -> {};
    }
  }

  private static ParserProvider recognised(ParserProvider... providers) {
    return ParserCatalog.of(List.of(providers)).recognise(HEAD).orElseThrow();
  }

  private static int fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void theSurestIsChosen() {
    ParserProvider low = new Scored("low", 30);
    ParserProvider high = new Scored("high", 70);
    assertSame(high, recognised(low, high));
    assertSame(high, recognised(high, low));
  }

  @Test
  void ofEquallySureOnesTheFirst() {
    ParserProvider first = new Scored("first", 50);
    ParserProvider second = new Scored("second", 50);
    assertSame(first, recognised(first, second));
    assertSame(second, recognised(second, first));
  }

  @Test
  void noneIsBetterThanSure() {
    ParserProvider sure = new Scored("sure", 100);
    assertSame(sure, recognised(sure, new Scored("boastful", 1_000_000)));
  }

  @Test
  void nobodyRecognisesIt() {
    List<ParserProvider> providers = List.of(new Scored("no", 0), new Scored("less", -5));
    assertTrue(ParserCatalog.of(providers).recognise(HEAD).isEmpty());
    assertTrue(ParserCatalog.of(List.of()).recognise(HEAD).isEmpty());
  }

  @Test
  void oneThatFailsToLookIsPassedOver() {
    ParserProvider good = new Scored("good", 1);
    for (Throwable failure :
        List.of(
            new IllegalStateException("broken"),
            new NoClassDefFoundError("gone/Missing"),
            new StackOverflowError())) {
      ParserProvider broken = new Scored(() -> "broken", () -> fail(failure));
      assertSame(good, recognised(broken, good));
      assertTrue(ParserCatalog.of(List.of(broken)).recognise(HEAD).isEmpty());
    }
  }

  @Test
  void ofTwoOfOneNameTheFirst() throws IOException {
    ParserProvider first = new Scored("same", 1);
    ParserProvider second = new Scored("same", 99);
    ParserCatalog catalog = ParserCatalog.of(List.of(first, second));
    assertEquals(List.of(first), catalog.providers());
    assertSame(first, catalog.named("same"));
    assertSame(first, catalog.recognise(HEAD).orElseThrow());
  }

  @Test
  void aMissNamesThoseThereAre() throws IOException {
    ParserProvider beta = new Scored("beta-2", 1);
    ParserCatalog catalog = ParserCatalog.of(List.of(beta, new Scored("alpha", 1)));
    assertSame(beta, catalog.named("beta-2"));
    UnknownFormatException e =
        assertThrows(UnknownFormatException.class, () -> catalog.named("Beta"));
    assertEquals("no parser is named 'Beta'; the parsers are: beta-2, alpha", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Zeek", "a b", "-a", "a-", "a--b", "ä", "a_b"})
  void oneWithoutAProperNameIsPassedOver(String name) {
    ParserProvider good = new Scored("good", 1);
    assertEquals(List.of(good), ParserCatalog.of(List.of(new Scored(name, 99), good)).providers());
  }

  @Test
  void oneThatFailsToSayItsNameIsPassedOver() {
    ParserProvider good = new Scored("good", 1);
    ParserProvider broken =
        new Scored(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> 99);
    assertEquals(List.of(good), ParserCatalog.of(List.of(broken, good)).providers());
  }

  @Test
  void oneThatCannotBeLoadedIsPassedOver() throws Exception {
    PluginCompiler compiler = new PluginCompiler(plugin);
    String source = PluginCompiler.resource("/third-party/GateLogProvider.java.txt");
    String own = "class GateLogProvider implements ParserProvider {";
    compiler.compile(
        Map.of(
            "com.example.gate.GateLogProvider",
            source,
            "com.example.gate.Failing",
            source.replace(
                own, "class Failing implements ParserProvider { { if (true) throw new Error(); }"),
            "com.example.gate.Stranger",
            "package com.example.gate; public class Stranger {}",
            "com.example.gate.Orphan",
            source.replace(own, "class Orphan extends Absent implements ParserProvider {"),
            "com.example.gate.Absent",
            "package com.example.gate; public class Absent {}"));
    Files.delete(plugin.resolve("com/example/gate/Absent.class"));
    compiler.register(
        "com.example.gate.Nowhere",
        "com.example.gate.Failing",
        "com.example.gate.Stranger",
        "com.example.gate.Orphan",
        "com.example.gate.GateLogProvider");
    try (URLClassLoader loader = compiler.loader()) {
      assertEquals(
          List.of("gate"),
          ParserCatalog.load(loader).providers().stream().map(ParserProvider::name).toList());
    }
  }

  @Test
  void aLoaderThatNeverWorksIsGivenUpOn() {
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("broken");
          }
        };
    assertEquals(List.of(), ParserCatalog.load(broken).providers());
  }

  @Test
  void withoutAContextClassLoaderItsOwnIsUsed() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(null);
      assertEquals(
          ParserCatalog.load(ParserCatalog.class.getClassLoader()).providers().size(),
          ParserCatalog.installed().providers().size());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
