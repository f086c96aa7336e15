package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many novel touches a group's rules can still take before one of them can speak. Spent at
 * first, so that the first touch is counted. Thread-safe; {@link #voidNow} is lock-free, the rest
 * wait-free.
 *
 * <p>Who counts reads the state before and renews it afterwards, which fails if anybody spent,
 * renewed or voided it meanwhile. So that no state comes back, it holds the number of renewals too.
 */
final class SharedSlack {
  /** What the object takes of a budget. */
  static final long BYTES = 24;

  private static final int LEFT_BITS = 40;
  private static final int RENEWAL_BITS = Long.SIZE - LEFT_BITS;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(SharedSlack.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The renewals times 2^40, plus what is left; below 0 once it is overspent. */
  private volatile long state;

  /**
   * Notes a touch.
   *
   * @param novel whether it may raise a count: only then it spends
   * @return whether the slack is spent now
   */
  boolean note(boolean novel) {
    return novel ? spend(1) : left(state) <= 0;
  }

  /**
   * Notes something that raises a count by a number.
   *
   * @param number 1 or more; more than any distance counts as the greatest one
   * @return whether the slack is spent now
   */
  boolean spend(long number) {
    long spent = Math.min(number, Integer.MAX_VALUE);
    return left((long) STATE.getAndAdd(this, -spent) - spent) <= 0;
  }

  /** The state, for {@link #renew}. */
  long state() {
    return state;
  }

  /**
   * Sets what is left, unless the state has changed.
   *
   * @param before the state before counting
   * @param distance how many novel touches it takes to make a rule speak
   * @return whether it was set
   */
  boolean renew(long before, int distance) {
    return STATE.compareAndSet(this, before, renewed(before) + distance);
  }

  void write(SnapshotOutput out) throws IOException {
    out.putLong(state);
  }

  void read(SnapshotInput in) throws IOException {
    state = in.anyLong();
  }

  /** Takes all that is left, and defeats renewals by those who are counting now. */
  void voidNow() {
    long seen;
    do {
      seen = state;
    } while (!STATE.compareAndSet(this, seen, renewed(seen)));
  }

  private static long left(long state) {
    return state << RENEWAL_BITS >> RENEWAL_BITS;
  }

  private static long renewed(long state) {
    return state - left(state) + (1L << LEFT_BITS);
  }
}
