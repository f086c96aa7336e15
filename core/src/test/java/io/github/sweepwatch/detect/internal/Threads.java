package io.github.sweepwatch.detect.internal;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Runs threads that begin together. */
public final class Threads {
  private Threads() {}

  /** Runs work with the numbers 0 to n - 1, each in a thread; rethrows what one of them throws. */
  public static void run(int number, IntConsumer work) {
    Meeting start = new Meeting(number);
    ExecutorService executor = Executors.newFixedThreadPool(number);
    try {
      CompletionService<Integer> results = new ExecutorCompletionService<>(executor);
      for (int i = 0; i < number; i++) {
        int thread = i;
        results.submit(
            () -> {
              start.await();
              work.accept(thread);
              return thread;
            });
      }
      for (int i = 0; i < number; i++) {
        results.take().get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * A place where threads meet, awake, so that they go on at the same moment: races are rare
   * otherwise.
   */
  public static final class Meeting {
    private final int number;
    private final AtomicInteger arrivals = new AtomicInteger();

    public Meeting(int number) {
      this.number = number;
    }

    /** Waits until all have come. */
    public void await() {
      int mine = arrivals.getAndIncrement();
      int all = (mine / number + 1) * number;
      for (int i = 1; arrivals.get() < all; i++) {
        if (i % 2_000 == 0) {
          if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("another thread has failed");
          }
          LockSupport.parkNanos(1);
        }
      }
    }
  }
}
