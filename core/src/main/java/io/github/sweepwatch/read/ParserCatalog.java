package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.ParserProvider;
import java.util.List;

/** Skeleton. */
public final class ParserCatalog {
  private ParserCatalog() {}

  public static ParserCatalog load(ClassLoader loader) {
    return new ParserCatalog();
  }

  public List<ParserProvider> providers() {
    return List.of();
  }
}
