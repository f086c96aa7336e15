package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The greatest credible event time: the greatest that {@value #WITNESSES} distinct sources have
 * reached. One source alone, however wild or creeping its clock, never moves it; until so many
 * sources have been seen there is none. It never goes back.
 *
 * <p>A time far ahead that nobody confirms while the rest moves on by an hour is forgotten, so that
 * stray ones do not add up over the life of a detector. Not thread-safe.
 */
final class Watermark {
  /** There is no credible time yet. */
  static final long NONE = Long.MIN_VALUE;

  /** How many sources must agree. */
  static final int WITNESSES = 3;

  private static final long FORGET_MICROS = 3_600_000_000L;

  private final long horizonMicros;
  private final List<Witness> witnesses = new ArrayList<>(WITNESSES);
  private long micros = NONE;

  /**
   * A watermark.
   *
   * @param horizonMicros how far ahead an event may be and still be taken at its word
   */
  Watermark(long horizonMicros) {
    this.horizonMicros = horizonMicros;
  }

  /** The credible time, in microseconds since 1970, or {@link #NONE}. */
  long micros() {
    return micros;
  }

  /** Whether a time is too far ahead to be taken at its word. */
  boolean isBeyond(long time) {
    return micros != NONE && time - micros > horizonMicros;
  }

  /** Hears that a source has reached a time. */
  void hear(IpAddress source, long time) {
    if (micros != NONE) {
      if (time <= micros) {
        return;
      }
      witnesses.removeIf(
          witness -> isBeyond(witness.time) && micros - witness.heardAt > FORGET_MICROS);
    }
    Witness earliest = null;
    for (Witness witness : witnesses) {
      if (witness.source.equals(source)) {
        witness.time = Math.max(witness.time, time);
        advance();
        return;
      }
      if (earliest == null || witness.time < earliest.time) {
        earliest = witness;
      }
    }
    if (witnesses.size() == WITNESSES && earliest != null) {
      if (time <= earliest.time) {
        return;
      }
      witnesses.remove(earliest);
    }
    witnesses.add(new Witness(source, time, micros));
    advance();
  }

  /** Moves to a time that the embedder vouches for. */
  void advanceTo(long time) {
    micros = Math.max(micros, time);
  }

  private void advance() {
    if (witnesses.size() == WITNESSES) {
      long agreed = Long.MAX_VALUE;
      for (Witness witness : witnesses) {
        agreed = Math.min(agreed, witness.time);
      }
      micros = Math.max(micros, agreed);
    }
  }

  private static final class Witness {
    private final IpAddress source;
    private final long heardAt;
    private long time;

    Witness(IpAddress source, long time, long heardAt) {
      this.source = source;
      this.time = time;
      this.heardAt = heardAt;
    }
  }
}
