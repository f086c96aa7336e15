package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.ScanAlert;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes alerts in one format, each by itself. Found by {@link java.util.ServiceLoader}, so it
 * needs a public constructor without parameters; it is made once and must be thread-safe, which it
 * is when it keeps nothing.
 */
public interface AlertEncoder {
  /**
   * The name by which users choose this format, such as {@code json}. Lower case letters, digits
   * and hyphens. Of several encoders with one name, the first found is used.
   *
   * @return the name
   */
  String name();

  /**
   * Writes what comes before the first alert, such as the names of columns. Called once for each
   * stream, before any alert. By default, nothing.
   *
   * @param out where to write
   * @throws IOException if the stream throws it
   */
  default void begin(OutputStream out) throws IOException {}

  /**
   * Writes one alert, whole, with whatever separates it from the next. The same alert gives the
   * same bytes. Neither flushes nor closes the stream. Several threads that write to one stream
   * must take turns.
   *
   * @param alert the alert
   * @param out where to write
   * @throws IOException if the stream throws it
   */
  void encode(ScanAlert alert, OutputStream out) throws IOException;
}
