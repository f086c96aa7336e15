package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.RecordSlice;
import org.jspecify.annotations.Nullable;

/** The records of a stream, one after the other. Not thread-safe. */
interface RecordSource {
  /** What the next record is. */
  enum Next {
    RECORD,
    UNUSABLE,
    END
  }

  /** Goes to the next record and points the slice at it; where it is unusable, at its line only. */
  Next next(RecordSlice slice);

  /** Why the record that {@link #next} went to is unusable. */
  String problem();

  /** How many lines were read, or records of a stream that has no lines. */
  long count();

  /** What ended the stream before its time and where, or null. Only after {@link Next#END}. */
  @Nullable String damage();
}
