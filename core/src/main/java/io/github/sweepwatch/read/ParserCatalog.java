package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.ParserProvider;
import java.util.List;

/** Skeleton. */
public final class ParserCatalog {
  private ParserCatalog() {}

  public static ParserCatalog load(ClassLoader loader) {
    throw new UnsupportedOperationException();
  }

  public List<ParserProvider> providers() {
    throw new UnsupportedOperationException();
  }
}
