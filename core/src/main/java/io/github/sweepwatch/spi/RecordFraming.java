package io.github.sweepwatch.spi;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream that is not made of lines, such as a binary log, into records. Made for one stream
 * and used by one thread: not thread-safe. What it keeps is bounded, whatever the stream says of
 * its sizes.
 *
 * @see ParserProvider#framing
 */
public interface RecordFraming {
  /** What was found. */
  enum Next {
    /** A record, for the parser. */
    RECORD,
    /** A record or a stretch of the stream that cannot be used; it is rejected. */
    UNUSABLE,
    /** The end of the stream. */
    END
  }

  /**
   * Goes to the next record.
   *
   * @param content the stream from its first byte on, decompressed; the same at each call
   * @param record pointed at the record in a buffer of the framing's own, which stays as it is
   *     until the next call; its line is the record's number. Of what is unusable the number alone
   *     counts
   * @return what was found; not called again after the end
   * @throws IOException if the stream breaks off or is damaged so that nothing more can be read;
   *     the message is for people. What the content throws is passed on
   */
  Next next(InputStream content, RecordSlice record) throws IOException;

  /**
   * Why what {@link #next} went to is unusable.
   *
   * @return the reason, for a person
   */
  String problem();
}
