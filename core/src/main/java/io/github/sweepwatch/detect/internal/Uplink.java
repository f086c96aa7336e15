package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the way out works: while it is down, everybody inside fails outside, and that says
 * nothing of any one of them. It is down if answers came from outside in nearly every tick, then
 * none for {@value #SILENCE} ticks, while {@value #WITNESSES} sources or more failed. Where answers
 * are rare it is never taken for down; nor for longer than an hour at a time, since a log may have
 * ceased to tell of answers.
 *
 * <p>Thread-safe; lock-free. State is swapped by compare-and-set, once a tick while the way out
 * works, and by the first few sources that fail while it does not; else it is only read.
 */
final class Uplink {
  /** How many ticks without an answer are a silence. */
  static final int SILENCE = 5;

  /** How many sources must fail in it. */
  static final int WITNESSES = 3;

  /** In how many of 64 ticks there must have been an answer. */
  static final int REGULAR = 60;

  /** After so many ticks, silence explains nothing any more. */
  static final int LONGEST = 1_800;

  private static final int TICKS = Long.SIZE;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Uplink.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile State state = new State(0, 0, List.of());

  /**
   * What is known. Immutable.
   *
   * @param latest the latest tick with an answer
   * @param answered bit i: there was an answer i ticks before the latest
   * @param failing the first sources that have failed in the silence since
   */
  private record State(long latest, long answered, List<Long> failing) {}

  /** Notes that somebody outside answered. */
  void answered(long tick) {
    while (true) {
      State before = state;
      long behind = before.latest - tick;
      if (behind >= TICKS || (behind >= 0 && (before.answered >>> behind & 1) != 0)) {
        return;
      }
      State after;
      if (behind >= 0) {
        after = new State(before.latest, before.answered | (1L << behind), before.failing);
      } else {
        long kept = -behind < TICKS ? before.answered << -behind : 0;
        after = new State(tick, kept | 1, List.of());
      }
      if (STATE.compareAndSet(this, before, after)) {
        return;
      }
    }
  }

  /**
   * Whether it is down as a source fails outside; takes that for a sign of it.
   *
   * @param source the source's hash
   * @param tick when it began to try
   */
  boolean isDown(long source, long tick) {
    while (true) {
      State before = state;
      long silence = tick - before.latest;
      if (silence < SILENCE || silence > LONGEST || Long.bitCount(before.answered) < REGULAR) {
        return false;
      }
      if (before.failing.size() == WITNESSES) {
        return true;
      }
      if (before.failing.contains(source)) {
        return false;
      }
      List<Long> failing = new ArrayList<>(before.failing);
      failing.add(source);
      if (STATE.compareAndSet(
          this, before, new State(before.latest, before.answered, List.copyOf(failing)))) {
        return failing.size() == WITNESSES;
      }
    }
  }

  void write(SnapshotOutput out) throws IOException {
    State now = state;
    out.putLong(now.latest);
    out.putLong(now.answered);
    out.putByte(now.failing.size());
    for (long source : now.failing) {
      out.putLong(source);
    }
  }

  void read(SnapshotInput in) throws IOException {
    long latest = in.anyLong();
    long answered = in.anyLong();
    List<Long> failing = new ArrayList<>();
    for (int left = in.number(WITNESSES); left > 0; left--) {
      failing.add(in.anyLong());
    }
    state = new State(latest, answered, List.copyOf(failing));
  }
}
