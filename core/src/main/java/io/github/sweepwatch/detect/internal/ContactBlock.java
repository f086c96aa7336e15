package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A growing set of 48-bit keys other than 0, each with the stamp of its latest touch. Exact as long
 * as it is not full. Thread-safe.
 *
 * <p>Every method is lock-free and reads relaxed: no snapshot. Nothing is allocated but on growth.
 */
sealed class ContactBlock permits Profile {
  /*
   * Layout. One array of a state word, on the line of the array's header, which is read anyhow, and
   * n entries, n = 8, 16, ... 128:
   *
   *      0       1                         n
   *   +-------+-------------+-----+-------------+      entry: key << 16 | stamp, or 0 (free)
   *   | state |    entry    | ... |    entry    |      state: OPEN, GROWING or SEALED
   *   +-------+-------------+-----+-------------+
   *
   * A key lies at its home or behind it, with no free entry between (linear probing). An entry never
   * becomes free again, so what lay there once is always found. One that has left the horizon may be
   * replaced by another key in one CAS; sweeping sets its stamp to 0, which is never, before its age
   * could wrap. Two threads that insert one key at once may leave it twice: readers count keys.
   *
   *   word     written by                             read
   *   entry    writers, sweep: CAS (volatile)         volatile
   *   state    one CAS from OPEN, then constant       volatile, after the entry was written or read
   *   words    one CAS to the successor               volatile
   *
   * Growth. A full array becomes GROWING; its entries are copied to one of twice the size, and that
   * is published. A writer writes its entry, then reads the state; the grower writes the state, then
   * reads the entries. All are volatile and so in one order: either the copy has the entry, or the
   * writer sees GROWING and writes again in the successor (Dekker's argument). A writer that finds its
   * entry there already must look at the state too, since the one who wrote it may not have done so
   * yet. Whoever meets a GROWING array builds the successor itself: nobody waits. The same argument
   * makes SEALED final: who writes afterwards hears so, and copyTo sees all others.
   *
   * Budget. The successor is paid for by the one whose CAS made the array GROWING, before it did. The
   * shared empty arrays cost nothing; the first real one is paid for by the one who publishes it.
   */

  /** How many entries a block has at most. */
  static final int MAX_ENTRIES = 128;

  /** The key was absent, or older than the horizon. */
  static final int NEW = Integer.MAX_VALUE;

  /** There is no room. */
  static final int FULL = -1;

  /** The block is sealed for good. */
  static final int SEALED = -2;

  private static final int MIN_ENTRIES = 8;
  private static final int STAMP_BITS = 16;
  private static final int STAMP_MASK = 0xffff;

  private static final int STATE = 0;
  private static final long STATE_OPEN = 0;
  private static final long STATE_GROWING = 1;
  private static final long STATE_SEALED = 2;

  /** No entries yet, to be succeeded; and none for ever. Shared and never written. */
  private static final long[] EMPTY = {STATE_GROWING};

  private static final long[] EMPTY_SEALED = {STATE_SEALED};

  /** 2^64 divided by the golden ratio: spreads keys by their product's high bits (Knuth 6.4). */
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle WORDS;

  static {
    try {
      WORDS = MethodHandles.lookup().findVarHandle(ContactBlock.class, "words", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long[] words = EMPTY;

  /**
   * Touches a key. On {@link #SEALED}, {@link #copyTo} may see the touch all the same: the caller
   * must take the key for new.
   *
   * @param key 1 to 2^48 - 1
   * @param stamp when it was touched
   * @param now the time that ages are relative to
   * @param budget pays for growth
   * @return the age before, {@link #NEW}, {@link #FULL} (nothing written) or {@link #SEALED}
   */
  int touch(long key, int stamp, int now, ByteBudget budget) {
    int before = FULL;
    while (true) {
      long[] array = words;
      int age = write(array, key, stamp, now);
      if (before == FULL) {
        before = age;
      }
      long state = state(array);
      if (state == STATE_OPEN) {
        if (age != FULL) {
          return before;
        }
        if (!startGrowth(array, budget)) {
          return FULL;
        }
      } else if (state == STATE_SEALED) {
        return SEALED;
      } else if (array.length > 1) {
        publishSuccessor(array);
      } else if (!publishFirst(budget)) {
        return FULL;
      }
    }
  }

  /**
   * Touches a key of a full block that cannot be promoted: a key that is absent takes the place of
   * the one that was touched longest ago.
   *
   * @param key 1 to 2^48 - 1
   * @param stamp when it was touched
   * @param now the time that ages are relative to
   * @return the age before, {@link #NEW}, {@link #FULL} if the key is older than all others
   *     (nothing written) or {@link #SEALED}
   */
  int replaceOldest(long key, int stamp, int now) {
    int before = FULL;
    while (true) {
      long[] array = words;
      int age = array.length > 1 ? overwrite(array, key, stamp, now) : FULL;
      if (before == FULL) {
        before = age;
      }
      long state = state(array);
      if (state == STATE_OPEN) {
        return age == FULL ? FULL : before;
      }
      if (state == STATE_SEALED) {
        return SEALED;
      }
      if (array.length == 1) {
        return FULL;
      }
      publishSuccessor(array);
    }
  }

  /**
   * Appends the entries within the horizon, {@code key << 16 | stamp}, to an array.
   *
   * @param target has room for {@link #MAX_ENTRIES}
   * @param from where the first goes
   * @param now the time that ages are relative to
   * @return the index after the last
   */
  int copyTo(long[] target, int from, int now) {
    long[] array = words;
    int to = from;
    for (int i = 0; i < array.length - 1; i++) {
      long word = (long) WORD.getVolatile(array, i + 1);
      if (Tick.age(now, stamp(word)) < Tick.HORIZON) {
        target[to++] = word;
      }
    }
    return to;
  }

  /** Whether a key was touched within the horizon. */
  boolean has(long key, int now) {
    long[] array = words;
    int mask = array.length - 2;
    int i = home(key, mask);
    for (int probes = array.length - 1; probes > 0; probes--) {
      long word = (long) WORD.getVolatile(array, i + 1);
      if (word >>> STAMP_BITS == key && Tick.age(now, stamp(word)) < Tick.HORIZON) {
        return true;
      }
      if (word == 0) {
        return false;
      }
      i = (i + 1) & mask;
    }
    return false;
  }

  /** How many distinct keys were touched in a window of so many ticks. */
  int count(int now, int window) {
    long[] array = words;
    int count = 0;
    for (int i = 0; i < array.length - 1; i++) {
      long word = (long) WORD.getVolatile(array, i + 1);
      if (Tick.age(now, stamp(word)) < window
          && isFirst(array, i, word >>> STAMP_BITS, now, window)) {
        count++;
      }
    }
    return count;
  }

  /**
   * Seals the block for good: whoever touches it afterwards hears {@link #SEALED}, and {@link
   * #copyTo} sees every touch that did not.
   *
   * @return whether it was this call that did it
   */
  boolean seal() {
    while (true) {
      long[] array = words;
      if (array == EMPTY) {
        if (WORDS.compareAndSet(this, EMPTY, EMPTY_SEALED)) {
          return true;
        }
        continue;
      }
      long state = state(array);
      if (state == STATE_SEALED) {
        return false;
      }
      if (state == STATE_GROWING) {
        publishSuccessor(array);
      } else if (WORD.compareAndSet(array, STATE, STATE_OPEN, STATE_SEALED)) {
        return true;
      }
    }
  }

  /** Writes the entries where they lie; a block that is growing is written as it was. */
  void write(SnapshotOutput out) throws IOException {
    long[] array = words;
    out.putByte((array.length - 1) / MIN_ENTRIES);
    for (int i = 1; i < array.length; i++) {
      out.putLong((long) WORD.getVolatile(array, i));
    }
  }

  /**
   * Reads the entries of a block that has none yet.
   *
   * @param budget pays for them
   * @param keys one more than the greatest key
   */
  void read(SnapshotInput in, ByteBudget budget, long keys) throws IOException, NoRoom {
    int entries = entries(in);
    if (entries > 0) {
      in.pay(budget, bytes(entries));
      words = entries(in, entries, STATE_OPEN, keys);
    }
  }

  /** Reads the entries of a block that was sealed and has been given back. */
  void readSealed(SnapshotInput in) throws IOException {
    int entries = entries(in);
    words = entries == 0 ? EMPTY_SEALED : entries(in, entries, STATE_SEALED, 1L << 48);
  }

  private static int entries(SnapshotInput in) throws IOException {
    int entries = MIN_ENTRIES * in.number(MAX_ENTRIES / MIN_ENTRIES);
    SnapshotInput.check((entries & (entries - 1)) == 0, "a block has no such size");
    return entries;
  }

  private static long[] entries(SnapshotInput in, int number, long state, long keys)
      throws IOException {
    long[] array = new long[number + 1];
    array[STATE] = state;
    for (int i = 1; i <= number; i++) {
      array[i] = in.anyLong();
      SnapshotInput.check(array[i] >>> STAMP_BITS < keys, "no such item");
    }
    return array;
  }

  /** Marks what has left the horizon, so that its age never wraps. */
  void sweep(int now) {
    long[] array;
    do {
      array = words;
      for (int i = 0; i < array.length - 1; i++) {
        long word = (long) WORD.getVolatile(array, i + 1);
        if (stamp(word) != Tick.NEVER && Tick.age(now, stamp(word)) >= Tick.HORIZON) {
          // If this fails, the entry was touched or replaced: it is within the horizon again.
          WORD.compareAndSet(array, i + 1, word, word & ~STAMP_MASK);
        }
      }
    } while (array != words);
  }

  /** Whether it has grown as far as it can. */
  boolean isLargest() {
    return words.length - 1 == MAX_ENTRIES;
  }

  /** How much of the budget it holds; final once the block is sealed. */
  long bytes() {
    return bytes(words.length - 1);
  }

  private static long bytes(int entries) {
    return entries == 0 ? 0 : 16 + 8L * (entries + 1);
  }

  private static long state(long[] array) {
    return (long) WORD.getVolatile(array, STATE);
  }

  private static int stamp(long word) {
    return (int) word & STAMP_MASK;
  }

  private static int home(long key, int mask) {
    return (int) ((key * GOLDEN) >>> 57) & mask;
  }

  private static int known(int age) {
    return age < Tick.HORIZON ? age : NEW;
  }

  /** Raises or inserts; FULL if there is neither the key nor an entry to be had. */
  private static int write(long[] array, long key, int stamp, int now) {
    int entries = array.length - 1;
    int mask = entries - 1;
    while (true) {
      int place = -1;
      long there = 0;
      int i = home(key, mask);
      for (int probes = entries; probes > 0; probes--) {
        long word = (long) WORD.getVolatile(array, i + 1);
        if (word >>> STAMP_BITS == key) {
          place = i;
          there = word;
          break;
        }
        if (word == 0) {
          if (place < 0) {
            place = i;
            there = 0;
          }
          break;
        }
        if (place < 0 && Tick.age(now, stamp(word)) >= Tick.HORIZON) {
          place = i;
          there = word;
        }
        i = (i + 1) & mask;
      }
      if (place < 0) {
        return FULL;
      }
      int age = put(array, place, there, key, stamp, now);
      if (age != FULL) {
        return age;
      }
    }
  }

  /** Raises, or puts the key in the place of the oldest entry; FULL if it is older itself. */
  private static int overwrite(long[] array, long key, int stamp, int now) {
    int entries = array.length - 1;
    while (true) {
      int place = -1;
      int oldest = Tick.lag(now, stamp);
      long there = 0;
      for (int i = 0; i < entries; i++) {
        long word = (long) WORD.getVolatile(array, i + 1);
        if (word >>> STAMP_BITS == key) {
          place = i;
          there = word;
          break;
        }
        int lag = Tick.lag(now, stamp(word));
        if (lag > oldest) {
          place = i;
          oldest = lag;
          there = word;
        }
      }
      if (place < 0) {
        return FULL;
      }
      int age = put(array, place, there, key, stamp, now);
      if (age != FULL) {
        return age;
      }
    }
  }

  /**
   * Puts a key in the place of an entry, its own or another's; returns the age before, or FULL if
   * the entry has changed since.
   */
  private static int put(long[] array, int place, long there, long key, int stamp, int now) {
    int lag = there >>> STAMP_BITS == key ? Tick.lag(now, stamp(there)) : Integer.MAX_VALUE;
    if (lag <= Tick.lag(now, stamp)
        || WORD.compareAndSet(array, place + 1, there, (key << STAMP_BITS) | stamp)) {
      return known(Math.max(0, lag));
    }
    return FULL;
  }

  /** Whether no entry of the same key within the window lies nearer to its home. */
  private static boolean isFirst(long[] array, int place, long key, int now, int window) {
    int mask = array.length - 2;
    for (int i = home(key, mask); i != place; i = (i + 1) & mask) {
      long word = (long) WORD.getVolatile(array, i + 1);
      if (word >>> STAMP_BITS == key && Tick.age(now, stamp(word)) < window) {
        return false;
      }
    }
    return true;
  }

  /** Pays for a successor and makes the array GROWING; false if there is no room or no money. */
  private static boolean startGrowth(long[] array, ByteBudget budget) {
    int entries = array.length - 1;
    long price = bytes(2 * entries) - bytes(entries);
    if (entries == MAX_ENTRIES || !budget.reserve(price)) {
      return false;
    }
    if (!WORD.compareAndSet(array, STATE, STATE_OPEN, STATE_GROWING)) {
      budget.release(price);
    }
    return true;
  }

  /** Pays for the first array and publishes it; false if there is no money. */
  private boolean publishFirst(ByteBudget budget) {
    long price = bytes(MIN_ENTRIES);
    if (!budget.reserve(price)) {
      return false;
    }
    if (!WORDS.compareAndSet(this, EMPTY, new long[MIN_ENTRIES + 1])) {
      budget.release(price);
    }
    return true;
  }

  /**
   * Builds and publishes the successor of a GROWING array. Only what was swept is left out: an
   * array with any other entry beyond the horizon does not grow.
   */
  private void publishSuccessor(long[] array) {
    int entries = array.length - 1;
    int mask = 2 * entries - 1;
    long[] successor = new long[2 * entries + 1];
    for (int i = 0; i < entries; i++) {
      long word = (long) WORD.getVolatile(array, i + 1);
      if (stamp(word) != Tick.NEVER) {
        int place = home(word >>> STAMP_BITS, mask);
        while (successor[place + 1] != 0) {
          place = (place + 1) & mask;
        }
        successor[place + 1] = word;
      }
    }
    WORDS.compareAndSet(this, array, successor);
  }
}
