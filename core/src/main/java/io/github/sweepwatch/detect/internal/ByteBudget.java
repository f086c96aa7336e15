package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A number of bytes that many share and none exceeds; it may itself be a share of a greater one.
 * Who reserves, releases the same number later. Thread-safe; {@link #reserve} is lock-free, the
 * rest wait-free.
 */
final class ByteBudget {
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
  private volatile long used;

  ByteBudget(long limit) {
    this(limit, null);
  }

  private ByteBudget(long limit, @Nullable ByteBudget whole) {
    this.limit = limit;
    this.whole = whole;
  }

  /** A budget whose reservations count here too. */
  ByteBudget share(long most) {
    return new ByteBudget(most, this);
  }

  /** Takes a number of bytes; false, and nothing taken, if that would exceed the limit. */
  boolean reserve(long bytes) {
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
