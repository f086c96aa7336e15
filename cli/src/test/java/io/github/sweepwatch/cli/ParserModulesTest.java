package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Each module of parsers works with core and what core declares on the class path, and no more. */
class ParserModulesTest {
  private static URL place(Class<?> of) {
    return of.getProtectionDomain().getCodeSource().getLocation();
  }

  /** The parsers of each module, by where its classes are. */
  static List<Map.Entry<String, List<String>>> modules() {
    Map<String, List<String>> modules =
        ParserCatalog.installed().providers().stream()
            .collect(
                Collectors.groupingBy(
                    provider -> place(provider.getClass()).toString(),
                    Collectors.mapping(ParserProvider::name, Collectors.toList())));
    assertEquals(4, modules.size());
    return List.copyOf(modules.entrySet());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void worksAlone(Map.Entry<String, List<String>> module) throws Exception {
    URL[] path = {new URL(module.getKey()), place(EventReader.class), place(LoggerFactory.class)};
    try (URLClassLoader alone =
        new URLClassLoader(path, ClassLoader.getPlatformClassLoader().getParent())) {
      Class<?> catalogs = alone.loadClass(ParserCatalog.class.getName());
      Object catalog = catalogs.getMethod("load", ClassLoader.class).invoke(null, alone);
      List<String> names = new ArrayList<>();
      for (Object provider : (List<?>) catalogs.getMethod("providers").invoke(catalog)) {
        names.add((String) provider.getClass().getMethod("name").invoke(provider));
      }
      assertEquals(module.getValue().stream().sorted().toList(), names.stream().sorted().toList());
      for (String name : names) {
        // Logons are no connections.
        assertEquals(name.equals("sshd") ? 0 : 1, events(alone, name), name);
      }
    }
  }

  /* How many events a parser gives of its record, all within a class loader of its own. */
  private static int events(ClassLoader alone, String parser) throws Exception {
    byte[] record = (ParserPoisonTest.record(parser) + "\n").getBytes(StandardCharsets.UTF_8);
    Class<?> readers = alone.loadClass(EventReader.class.getName());
    Object builder = readers.getMethod("builder").invoke(null);
    Class<?> builders = builder.getClass();
    Class<?> catalogs = alone.loadClass(ParserCatalog.class.getName());
    Object catalog = catalogs.getMethod("load", ClassLoader.class).invoke(null, alone);
    builders.getMethod("parsers", catalogs).invoke(builder, catalog);
    builders.getMethod("parser", String.class).invoke(builder, parser);
    builders
        .getMethod("referenceDate", LocalDate.class)
        .invoke(builder, LocalDate.of(2026, 11, 24));
    List<Object> events = new ArrayList<>();
    Consumer<Object> consumer = events::add;
    Object reader =
        builders
            .getMethod("open", InputStream.class, String.class)
            .invoke(builder, new ByteArrayInputStream(record), "record");
    readers.getMethod("forEach", Consumer.class).invoke(reader, consumer);
    // Of the same name, and not the class that this test sees.
    events.forEach(
        event -> {
          assertEquals(ConnectionEvent.class.getName(), event.getClass().getName());
          assertTrue(event.getClass().getClassLoader() == alone);
        });
    return events.size();
  }
}
