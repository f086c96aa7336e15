package io.github.sweepwatch.spi;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a parser is told of the stream it is opened for, and cannot read in it.
 *
 * @param stream the file's name, or another name for the stream, for use as sensor or in messages
 * @param zone the zone of time stamps that carry none
 * @param referenceDate a date near the records, for time stamps without a year
 */
public record ParserContext(String stream, ZoneId zone, LocalDate referenceDate) {
  /**
   * A context in UTC.
   *
   * @param stream the stream's name
   * @param referenceDate a date near the records
   * @return the context
   */
  public static ParserContext of(String stream, LocalDate referenceDate) {
    return new ParserContext(stream, ZoneOffset.UTC, referenceDate);
  }
}
