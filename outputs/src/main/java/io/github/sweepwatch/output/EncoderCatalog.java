package io.github.sweepwatch.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The alert encoders that are installed. Immutable and thread-safe. */
public final class EncoderCatalog {
  private final Map<String, AlertEncoder> encoders;

  private EncoderCatalog(Map<String, AlertEncoder> encoders) {
    this.encoders = encoders;
  }

  /**
   * Finds the encoders that a class loader sees.
   *
   * @param loader the class loader
   * @return the catalogue, in the order in which they were found
   * @throws java.util.ServiceConfigurationError if one is named and cannot be made
   */
  public static EncoderCatalog load(ClassLoader loader) {
    Map<String, AlertEncoder> found = new LinkedHashMap<>();
    for (AlertEncoder encoder : ServiceLoader.load(AlertEncoder.class, loader)) {
      found.putIfAbsent(encoder.name(), encoder);
    }
    return new EncoderCatalog(found);
  }

  /**
   * The names of the encoders.
   *
   * @return the names, in the order in which they were found
   */
  public List<String> names() {
    return new ArrayList<>(encoders.keySet());
  }

  /**
   * Looks for an encoder.
   *
   * @param name its name
   * @return the encoder, or empty where none has this name
   */
  public Optional<AlertEncoder> find(String name) {
    return Optional.ofNullable(encoders.get(name));
  }
}
