package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number of bytes that many share and none exceeds. Who reserves, releases the same number later.
 * Thread-safe; {@link #reserve} is lock-free, the rest wait-free.
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
  private volatile long used;

  ByteBudget(long limit) {
    this.limit = limit;
  }

  /** Takes a number of bytes; false, and nothing taken, if that would exceed the limit. */
  boolean reserve(long bytes) {
    long before = used;
    while (bytes <= limit - before) {
      long witness = (long) USED.compareAndExchange(this, before, before + bytes);
      if (witness == before) {
        return true;
      }
      before = witness;
    }
    return false;
  }

  /** Gives back what was reserved. */
  void release(long bytes) {
    USED.getAndAdd(this, -bytes);
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
