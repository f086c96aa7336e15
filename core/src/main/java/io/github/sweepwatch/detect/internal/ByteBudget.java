package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes that many share and none exceeds; it may itself be a share of a greater one,
 * and know who makes room in it. Who reserves, releases the same number later. Thread-safe; {@link
 * #reserve} is lock-free, the rest wait-free.
 */
final class ByteBudget {
  private static final int MAX_TRIES = 16;

  private static final VarHandle USED;

  static {
    try {
      USED = MethodHandles.lookup().findVarHandle(ByteBudget.class, "used", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long limit;
  private final @Nullable ByteBudget whole;
  private final BooleanSupplier room;
  private volatile long used;

  ByteBudget(long limit) {
    this(limit, null, () -> false);
  }

  private ByteBudget(long limit, @Nullable ByteBudget whole, BooleanSupplier room) {
    this.limit = limit;
    this.whole = whole;
    this.room = room;
  }

  /**
   * A budget whose reservations count here too.
   *
   * @param most its limit
   * @param room makes some room where there is none; false if it cannot
   */
  ByteBudget share(long most, BooleanSupplier room) {
    return new ByteBudget(most, this, room);
  }

  /** Takes a number of bytes; false, and nothing taken, if there is no room to be had. */
  boolean reserve(long bytes) {
    int tries = 0;
    while (!take(bytes)) {
      if (tries++ == MAX_TRIES || !room.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** The same as {@link #reserve}, but for what there is room for as it is. */
  boolean take(long bytes) {
    long before = used;
    while (bytes <= limit - before) {
      long witness = (long) USED.compareAndExchange(this, before, before + bytes);
      if (witness == before) {
        if (whole == null || whole.reserve(bytes)) {
          return true;
        }
        USED.getAndAdd(this, -bytes);
        return false;
      }
      before = witness;
    }
    return false;
  }

  /** Gives back what was reserved. */
  void release(long bytes) {
    USED.getAndAdd(this, -bytes);
    if (whole != null) {
      whole.release(bytes);
    }
  }

  /** How many bytes are reserved now. */
  long used() {
    return used;
  }

  /** How many bytes may be reserved. */
  long limit() {
    return limit;
  }
}
