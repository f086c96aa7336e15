package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A set of services, a bit each, in pages that come when they are needed. Exact unless the budget
 * refuses a page: then it is {@link #truncated}. Thread-safe; lock-free, reads are relaxed.
 */
final class ServiceSet {
  /** What an empty set takes of the budget. */
  static final long BYTES = 32 + 16 + 64 * 4;

  private static final int PAGE_BITS = 12;
  private static final int PAGES = Service.CODES >>> PAGE_BITS;
  private static final int PAGE_WORDS = 1 << (PAGE_BITS - 6);
  private static final long PAGE_BYTES = 16 + 8L * PAGE_WORDS;

  private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle SIZE;

  static {
    try {
      SIZE = MethodHandles.lookup().findVarHandle(ServiceSet.class, "size", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** In the place of every page of a dropped set. */
  private static final long[] DROPPED = {};

  private final long @Nullable [][] pages = new long @Nullable [PAGES][];
  private final ByteBudget budget;
  private volatile int size;
  private volatile boolean truncated;

  /**
   * An empty set.
   *
   * @param budget pays for pages; what the set itself takes is paid for by the caller
   */
  ServiceSet(ByteBudget budget) {
    this.budget = budget;
  }

  /** Adds a service; says whether it was not there. */
  boolean add(int service) {
    long[] page = page(service >>> PAGE_BITS);
    if (page == null || page == DROPPED) {
      truncated = true;
      return false;
    }
    int word = (service >>> 6) & (PAGE_WORDS - 1);
    long bit = 1L << (service & 63);
    if (((long) WORD.getOpaque(page, word) & bit) != 0
        || ((long) WORD.getAndBitwiseOr(page, word, bit) & bit) != 0) {
      return false;
    }
    SIZE.getAndAdd(this, 1);
    return true;
  }

  /** Whether a service is there. */
  boolean has(int service) {
    long[] page = (long[]) PAGE.getAcquire(pages, service >>> PAGE_BITS);
    return page != null
        && page != DROPPED
        && ((long) WORD.getOpaque(page, (service >>> 6) & (PAGE_WORDS - 1)) >>> (service & 63) & 1)
            != 0;
  }

  private long @Nullable [] page(int number) {
    long[] page = (long[]) PAGE.getAcquire(pages, number);
    if (page != null || !budget.reserve(PAGE_BYTES)) {
      return page;
    }
    long[] fresh = new long[PAGE_WORDS];
    long[] witness = (long[]) PAGE.compareAndExchange(pages, number, null, fresh);
    if (witness != null) {
      budget.release(PAGE_BYTES);
      return witness;
    }
    return fresh;
  }

  /** How many services there are. */
  int size() {
    return size;
  }

  /** Whether some were left out for want of memory. */
  boolean truncated() {
    return truncated;
  }

  /** The least service from a code on, or -1. */
  int next(int from) {
    for (int service = from; service < Service.CODES; ) {
      long[] page = (long[]) PAGE.getAcquire(pages, service >>> PAGE_BITS);
      if (page == null || page == DROPPED) {
        service = ((service >>> PAGE_BITS) + 1) << PAGE_BITS;
        continue;
      }
      long word = (long) WORD.getOpaque(page, (service >>> 6) & (PAGE_WORDS - 1));
      long rest = word >>> (service & 63);
      if (rest != 0) {
        return service + Long.numberOfTrailingZeros(rest);
      }
      service = (service | 63) + 1;
    }
    return -1;
  }

  /** Gives its pages back to the budget, for good; to be called once. */
  void drop() {
    for (int i = 0; i < PAGES; i++) {
      long[] page = (long[]) PAGE.getAndSet(pages, i, DROPPED);
      if (page != null && page != DROPPED) {
        budget.release(PAGE_BYTES);
      }
    }
  }
}
