package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers how often something was sighted lately, in bits: a blocked Bloom filter of two
 * generations. Once the slots are full a source is let in on its second sighting, so that spoofed
 * ones that come once do not drive out those that stay; and {@link KnownServices} asks who has
 * answered. Thread-safe and wait-free; allocates nothing.
 */
final class SightingFilter {
  /*
   * A source's sightings are insertions of (source, level): level 1 at the first, 2 at the second, 3
   * at the third. All levels share one array, so that the memory goes to whatever the traffic needs.
   * All bits of a source are in one block of eight words, one cache line (Putze, Sanders and Singler
   * 2007). A level takes one bit in one word of each of the four pairs of a block.
   *
   *   word:  63..60        59..30                 29..0
   *          generation    bits of the previous   bits of the current generation
   *
   * A generation ends after INSERTIONS_PER_BLOCK for each block. A word carries the number of its
   * generation, and whoever meets it in a later one turns it: what was current is previous now, and
   * what was previous is gone. So words turn one by one and no thread ever clears the whole. A
   * source is remembered for at least one whole generation after its last sighting; a level that is
   * found only in the previous one is inserted again. The number has four bits. A word would have to
   * stay untouched for 14 generations, where it is touched some 28 times in each, to be taken for
   * current by mistake. The word of a thread that is one generation ahead is left as it is.
   *
   * False positives, with every generation full: 2.2 % of new sources find level 1 in the previous
   * generation, and 0 to 2.2 % in the current one as it fills. Level 2 needs a level 1, so the same
   * again for a source that was sighted once, and their product for a new one.
   *
   * Words are read and written opaquely: whole, but without order. Two threads that write one word
   * at once may lose one of the two insertions, or a turn, which the next one repeats. Nothing is
   * ever there that was not inserted: a word that is written was read in one piece, and turned.
   *
   * All threads read the generation, and one of 256 insertions, picked by its hash, writes the count.
   * The attacker does not know the key of the hash, so he cannot pick, nor aim at a block.
   */

  /** The greatest number of sightings that is told apart. */
  static final int MAX_SIGHTINGS = 3;

  private static final long MIN_BYTES = 4 << 10;
  private static final long MAX_BYTES = 8L << 30;

  private static final int BLOCK_WORDS = 8;
  // Arrays start 16 bytes before their first element; large ones are aligned to a line.
  private static final int SKEW = 6;
  private static final int INSERTIONS_PER_BLOCK = 28;
  private static final int INSERTIONS_PER_SAMPLE = 256;

  private static final int BITS = 30;
  private static final long CURRENT = (1L << BITS) - 1;
  private static final int GENERATION_SHIFT = 60;
  private static final int GENERATION_MASK = 15;
  private static final long LEVEL_STEP = 0x9e37_79b9_7f4a_7c15L;
  private static final long MULTIPLIER = 0xd6e8_feb8_6659_fd93L;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle GENERATION;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      GENERATION = lookup.findVarHandle(SightingFilter.class, "generation", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] words;
  private final int blocks;
  private final long samplesPerGeneration;
  private final AtomicLong samples = new AtomicLong();
  private volatile int generation;

  /**
   * An empty filter.
   *
   * @param bytes how much memory it may take: 4 KiB to 8 GiB
   */
  SightingFilter(long bytes) {
    if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("no size for a filter: " + bytes + " bytes");
    }
    int length = (int) (bytes / Long.BYTES) - 2;
    blocks = (length - SKEW) / BLOCK_WORDS;
    words = new long[SKEW + blocks * BLOCK_WORDS];
    samplesPerGeneration = (long) blocks * INSERTIONS_PER_BLOCK / INSERTIONS_PER_SAMPLE;
  }

  /** The memory that it takes. */
  long bytes() {
    return 2L * Long.BYTES + (long) words.length * Long.BYTES;
  }

  /** How many generations have ended. */
  int generation() {
    return generation;
  }

  /** How many insertions, about, end a generation. */
  long capacity() {
    return samplesPerGeneration * INSERTIONS_PER_SAMPLE;
  }

  /**
   * Takes a sighting of a source.
   *
   * @param hash the keyed hash of the source's address
   * @return how often it was sighted before and is remembered, {@value #MAX_SIGHTINGS} at most
   */
  int sight(long hash) {
    int now = generation;
    int block = block(hash);
    for (int level = 0; level < MAX_SIGHTINGS; level++) {
      long places = mix(hash + level * LEVEL_STEP);
      long found = found(block, places, now);
      if ((found & 1) == 0) {
        insert(block, places, now);
      }
      if (found == 0) {
        return level;
      }
    }
    return MAX_SIGHTINGS;
  }

  /**
   * Whether something was sighted and is remembered.
   *
   * @param hash its keyed hash
   */
  boolean has(long hash) {
    return found(block(hash), mix(hash), generation) != 0;
  }

  /**
   * Takes a sighting where it does not matter how many there were.
   *
   * @param hash the keyed hash of what was sighted
   */
  void add(long hash) {
    int now = generation;
    int block = block(hash);
    long places = mix(hash);
    if ((found(block, places, now) & 1) == 0) {
      insert(block, places, now);
    }
  }

  /** Writes the blocks that are not empty. */
  void write(SnapshotOutput out) throws IOException {
    out.putInt(generation);
    out.putLong(samples.get());
    for (int block = 0; block < blocks; block++) {
      int first = SKEW + block * BLOCK_WORDS;
      long some = 0;
      for (int i = 0; i < BLOCK_WORDS; i++) {
        some |= (long) WORD.getOpaque(words, first + i);
      }
      if (some != 0) {
        out.putInt(block);
        for (int i = 0; i < BLOCK_WORDS; i++) {
          out.putLong((long) WORD.getOpaque(words, first + i));
        }
      }
    }
  }

  /** Reads a filter of the same size that is empty yet. */
  void read(SnapshotInput in) throws IOException {
    generation = in.anyInt();
    samples.set(in.count());
    int least = 0;
    while (in.hasMore()) {
      int block = in.number(least, blocks - 1);
      least = block + 1;
      for (int i = 0; i < BLOCK_WORDS; i++) {
        words[SKEW + block * BLOCK_WORDS + i] = in.anyLong();
      }
    }
  }

  /** Bit 0: all bits are there in the current generation; bit 30: in the previous one. */
  private long found(int block, long places, int now) {
    long found = 1 | 1L << BITS;
    for (int pair = 0; pair < BLOCK_WORDS; pair += 2) {
      long word = (long) WORD.getOpaque(words, index(block, pair, places));
      found &= turned(word, now) >>> bit(places);
      places >>>= 13;
    }
    return found;
  }

  private void insert(int block, long places, int now) {
    // The last places have used 52 bits.
    boolean sampled = places >>> 56 == 0;
    for (int pair = 0; pair < BLOCK_WORDS; pair += 2) {
      int index = index(block, pair, places);
      long word = turned((long) WORD.getOpaque(words, index), now);
      WORD.setOpaque(words, index, word | 1L << bit(places));
      places >>>= 13;
    }
    if (sampled && samples.incrementAndGet() % samplesPerGeneration == 0) {
      GENERATION.getAndAdd(this, 1);
    }
  }

  private int block(long hash) {
    return SKEW + BLOCK_WORDS * (int) (((hash >>> 32) * blocks) >>> 32);
  }

  private static int index(int block, int pair, long places) {
    return block + pair + (int) (places & 1);
  }

  /** One of the 30 bits, by 12 bits of the places. */
  private static int bit(long places) {
    return (int) (((places >>> 1 & 0xfff) * BITS) >>> 12);
  }

  /** A word as it is in a generation. */
  private static long turned(long word, int now) {
    int behind = now - (int) (word >>> GENERATION_SHIFT) & GENERATION_MASK;
    if (behind == 0 || behind == GENERATION_MASK) {
      return word;
    }
    long previous = behind == 1 ? (word & CURRENT) << BITS : 0;
    return (long) (now & GENERATION_MASK) << GENERATION_SHIFT | previous;
  }

  private static long mix(long value) {
    return Math.multiplyHigh(value, MULTIPLIER) ^ value * MULTIPLIER;
  }
}
