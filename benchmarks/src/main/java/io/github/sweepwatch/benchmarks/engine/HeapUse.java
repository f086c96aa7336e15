package io.github.sweepwatch.benchmarks.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap in use after a collection. */
final class HeapUse {
  private HeapUse() {}

  /** Collects, and says what is left. */
  static long afterCollection() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    // The second takes what the first only made reachable for finalisers and cleaners.
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
