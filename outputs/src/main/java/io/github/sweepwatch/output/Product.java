package io.github.sweepwatch.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What alerts say made them. */
final class Product {
  static final String NAME = "Sweepwatch";
  static final String URL = "https://github.com/sweepwatch/sweepwatch";
  static final String VERSION = version();

  private Product() {}

  private static String version() {
    Properties build = new Properties();
    try (InputStream in = Product.class.getResourceAsStream("version.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }
}
