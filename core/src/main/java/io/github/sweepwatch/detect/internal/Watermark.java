package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The greatest credible event time: the greatest that {@value #WITNESSES} distinct sources have
 * reached. One source alone, however wild or creeping its clock, never moves it; until so many
 * sources have been seen there is none. It never goes back.
 *
 * <p>Times count to the tick: the mark's tick is that of the third greatest source, while the mark
 * itself may lag behind within the tick. So a stream in order writes a few times a tick, whatever
 * its rate and its number of threads, and otherwise only reads.
 *
 * <p>A time far ahead that nobody confirms while the rest moves on by an hour is forgotten, so that
 * stray ones do not add up over the life of a detector.
 *
 * <p>Thread-safe: the witnesses are an immutable list, swapped by compare-and-set; the mark only
 * rises. A thread that finds the list ahead of the mark raises the mark itself, so nobody waits for
 * whoever swapped the list.
 */
final class Watermark {
  /** There is no credible time yet. */
  static final long NONE = Long.MIN_VALUE;

  /** How many sources must agree. */
  static final int WITNESSES = 3;

  private static final long FORGET_MICROS = 3_600_000_000L;
  private static final VarHandle MICROS;
  private static final VarHandle KNOWN;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MICROS = lookup.findVarHandle(Watermark.class, "micros", long.class);
      KNOWN = lookup.findVarHandle(Watermark.class, "known", List.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long horizonMicros;
  private volatile long micros = NONE;
  // The end of the mark's tick, or of an earlier one: what lies before it moves nothing.
  private volatile long heardBelow = NONE;
  private volatile List<Witness> known = List.of();

  /** Who reached which time, and the mark when it was first heard, if there was one. */
  private record Witness(long source, long time, long heardAt) {}

  /**
   * A watermark.
   *
   * @param horizonMicros how far ahead an event may be and still be taken at its word
   */
  Watermark(long horizonMicros) {
    this.horizonMicros = horizonMicros;
  }

  /** The credible time, in microseconds since 1970, or {@link #NONE}. Wait-free. */
  long micros() {
    return micros;
  }

  /** Whether a time is too far ahead to be taken at its word. Wait-free. */
  boolean isBeyond(long time) {
    return isBeyond(time, micros);
  }

  /**
   * Hears that a source has reached a time. Lock-free; allocates and writes only what moves a
   * witness to a later tick.
   *
   * @param sourceKey the hash of the source's address
   * @param time the event time
   */
  void hear(long sourceKey, long time) {
    if (time < heardBelow) {
      return;
    }
    List<Witness> before;
    List<Witness> after;
    do {
      before = known;
      // Read after the list, so that it is not behind what a witness was heard at.
      after = with(before, sourceKey, time, micros);
    } while (after != before && !KNOWN.compareAndSet(this, before, after));
    if (after.size() == WITNESSES) {
      advanceTo(earliest(after).time);
    }
  }

  /** Moves to a time that the embedder vouches for. Lock-free. */
  void advanceTo(long time) {
    long mark = micros;
    while (time > mark && !MICROS.compareAndSet(this, mark, time)) {
      mark = micros;
    }
    if (time > mark) {
      heardBelow = Tick.micros(Tick.of(time) + 1);
    }
  }

  void write(SnapshotOutput out) throws IOException {
    out.putLong(micros);
    out.putLong(heardBelow);
    List<Witness> witnesses = known;
    out.putByte(witnesses.size());
    for (Witness witness : witnesses) {
      out.putLong(witness.source);
      out.putLong(witness.time);
      out.putLong(witness.heardAt);
    }
  }

  /** Reads a watermark that has heard nothing yet. */
  void read(SnapshotInput in) throws IOException {
    micros = in.anyLong();
    heardBelow = in.anyLong();
    List<Witness> witnesses = new ArrayList<>();
    for (int left = in.number(WITNESSES); left > 0; left--) {
      witnesses.add(new Witness(in.anyLong(), in.anyLong(), in.anyLong()));
    }
    known = List.copyOf(witnesses);
  }

  /** The witnesses after one more was heard; the same list where that changes nothing. */
  private List<Witness> with(List<Witness> before, long source, long time, long mark) {
    Witness own = null;
    boolean forgets = false;
    for (int i = 0; i < before.size(); i++) {
      Witness witness = before.get(i);
      own = witness.source == source ? witness : own;
      forgets |= isForgotten(witness, mark);
    }
    if (!forgets) {
      Witness rival = own == null && before.size() == WITNESSES ? earliest(before) : own;
      if (rival != null && Tick.of(time) <= Tick.of(rival.time)) {
        return before;
      }
    }
    List<Witness> after = new ArrayList<>(WITNESSES + 1);
    for (Witness witness : before) {
      if (!isForgotten(witness, mark)) {
        long heardAt = witness.heardAt == NONE ? mark : witness.heardAt;
        boolean raised = witness.source == source && time > witness.time;
        after.add(new Witness(witness.source, raised ? time : witness.time, heardAt));
      }
    }
    if (own == null || isForgotten(own, mark)) {
      after.add(new Witness(source, time, mark));
      if (after.size() > WITNESSES) {
        after.remove(earliest(after));
      }
    }
    return List.copyOf(after);
  }

  private boolean isForgotten(Witness witness, long mark) {
    return witness.heardAt != NONE
        && isBeyond(witness.time, mark)
        && mark - witness.heardAt > FORGET_MICROS;
  }

  private boolean isBeyond(long time, long mark) {
    // Unsigned: the distance of two longs may not fit a long.
    return mark != NONE && time > mark && Long.compareUnsigned(time - mark, horizonMicros) > 0;
  }

  private static Witness earliest(List<Witness> some) {
    Witness earliest = some.get(0);
    for (int i = 1; i < some.size(); i++) {
      earliest = some.get(i).time < earliest.time ? some.get(i) : earliest;
    }
    return earliest;
  }
}
