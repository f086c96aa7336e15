package io.github.sweepwatch.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one stream.
 *
 * @param stream the file, or the stream's name
 * @param parser the name of the parser that was used
 * @param lines how many lines were read, headers and comments included; of a log without lines, how
 *     many records
 * @param connections how many connection events they gave
 * @param logons how many logon events they gave
 * @param rejected how many records were rejected
 * @param firstRejections the first of them, at most {@value #MAX_REJECTIONS}
 * @param damage why reading stopped before the stream's end (a truncated gzip file, an I/O error),
 *     or null where all of it was read
 */
public record ReadSummary(
    String stream,
    String parser,
    long lines,
    long connections,
    long logons,
    long rejected,
    List<Rejection> firstRejections,
    @Nullable String damage) {
  /** How many rejections a summary keeps. */
  public static final int MAX_REJECTIONS = 5;

  /**
   * Copies the list.
   *
   * @param stream the file
   * @param parser the name of the parser that was used
   * @param lines how many lines were read
   * @param connections how many connection events they gave
   * @param logons how many logon events they gave
   * @param rejected how many records were rejected
   * @param firstRejections the first of them
   * @param damage why reading stopped before the stream's end
   */
  public ReadSummary {
    firstRejections = List.copyOf(firstRejections);
  }
}
