package io.github.sweepwatch.benchmarks.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** The heap in use after a collection. */
final class HeapUse {
  private HeapUse() {}

  /** Collects, and says what is left. */
  static long afterCollection() {
    // The second takes what the first only made reachable for finalisers and cleaners.
    ManagementFactory.getMemoryMXBean().gc();
    ManagementFactory.getMemoryMXBean().gc();
    // What the pools held right after it; later use includes threads' allocation buffers.
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
        .sum();
  }
}
