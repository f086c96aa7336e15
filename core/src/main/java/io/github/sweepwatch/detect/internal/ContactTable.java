package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The slots: for each source a key, a bookkeeping word and its first six contacts, in one flat
 * array, and a reference to whatever else is kept of it.
 *
 * <pre>
 *   words     | k0 .. k7 | row 0 | row 1 | .. | row 7 | k8 .. k15 |   eight keys, a cache line, then
 *                                                                     the rows of their slots
 *   row       | meta c0 c1 c2 c3 c4 c5 |                              seven words
 *   profiles  | ref | ref | ...                                       null until a seventh contact,
 *                                                                     or half a threshold
 *   meta      | latest tick 31 | slack 3 x 8 | evidence 5 | rank 2 | profile 1 | internal 1 |
 *   contact   | host code 28 | service 18 | outcome 2 | stamp 16 |    0 is empty
 * </pre>
 *
 * Keys lie together so that looking for a source that is not there reads two lines and not sixteen,
 * and near their rows so that both are on one page: where pages are small, finding a page costs as
 * much as finding a line.
 *
 * <h2>Where a source lives</h2>
 *
 * The hash of its address picks a first pair of lines, and within it a home slot; slots are taken
 * in order from there. When all 16 are taken a second pair, picked by other bits, is used in the
 * same way. So the first empty key ends a search, and two threads that let in the same source meet
 * at the same slot. At three quarters of the load fewer than one source in 200 finds all 32 taken.
 *
 * <h2>Who writes what</h2>
 *
 * All words are read volatile and written by compare-and-set, by any thread; nothing else is
 * shared, so threads that see different sources touch no common word.
 *
 * <ul>
 *   <li><b>key</b>: 0 (never used) → hash, by the thread that lets a source in; hash → {@link
 *       #BUSY} → another hash, by the one that evicts. It never becomes 0 again, or searches would
 *       end early. A busy slot is passed over, never waited for.
 *   <li><b>contact</b>: 0 → word, or word → the same key with a later stamp, or an expired word →
 *       another. Two threads may add the same new contact twice: all counts are of distinct keys,
 *       so that costs a word and changes nothing.
 *   <li><b>meta</b>: raised and spent by whoever brings an event, after its contact is in. A
 *       recount sets new slack only if the word is what it was before counting, and else counts
 *       again. Since the word may have come round meanwhile, it looks at the contacts once more
 *       afterwards: if any has come, it counts again. What comes later spends from the new slack.
 *       So no crossing is missed.
 *   <li><b>profile</b>: set once by compare-and-set, taken out by the evicting thread. A profile
 *       names its source, so a reference read just before an eviction cannot mislead.
 * </ul>
 *
 * <h2>Eviction</h2>
 *
 * The evicting thread owns the slot while its key is BUSY: it takes the profile out, clears the
 * row, writes the new bookkeeping word and then the new key. A writer that found the old key and
 * wrote after the clearing sees, when it reads the key again after its write, that the slot has
 * changed hands; it takes its contact back and starts anew. A reader may for that moment count one
 * contact too many. Where two threads let one source into two slots, both look for a twin after
 * publishing, and the slot that comes later in the search is given up, its contacts moved. A slot
 * whose source has left, and no other come, is VACANT, and the next source that passes takes it.
 *
 * <h2>Ticks</h2>
 *
 * Stamps are 16 bits, of ticks of two seconds modulo 65,535. Before a source's latest tick crosses
 * a multiple of {@value #SWEEP_TICKS}, contacts older than 24 hours are dropped, so that none can
 * grow so old as to look young: 43,200 + 8,192 is well below 57,535, where ages end.
 *
 * <h2>The attacker</h2>
 *
 * knows this text but not the key, and may send any events. Colliding addresses cannot be chosen
 * without the key. Floods of new sources find every slot taken, pass the {@link SightingFilter},
 * and displace only what has less evidence than they have sightings; evidence halves each 30
 * seconds without a new contact, and half of a threshold puts a source into a class that ordinary
 * ones never displace. That class holds a bounded record each, in a share of the budget of its own,
 * so filling it evicts only its own oldest.
 *
 * <p>Thread-safe. {@link #find} is wait-free, all else lock-free.
 */
final class ContactTable {
  /** How many contacts a slot holds itself. */
  static final int CONTACTS = 6;

  /** What {@link #find} and {@link #claim} return where there is no slot. */
  static final int NONE = -1;

  /** How many ticks may pass before expired contacts must be dropped. */
  static final int SWEEP_TICKS = 8_192;

  private static final long EMPTY = 0;
  private static final long VACANT = 1;
  private static final long BUSY = 2;
  private static final int LINE = 8;
  private static final int PAIR = 2 * LINE;
  private static final int ROW = 1 + CONTACTS;
  // An array's words start 16 bytes into it; from here on they start a cache line.
  private static final int SKEW = 6;
  private static final int MOST_SLOTS = 1 << 27;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle REFERENCES = MethodHandles.arrayElementVarHandle(Profile[].class);

  private final int pairs;
  private final long[] words;
  private final @Nullable Profile[] profiles;

  /**
   * An empty table.
   *
   * @param bytes its size; rounded down to whole pairs of lines, and up to one
   */
  ContactTable(long bytes) {
    long fitting = bytes / ((1L + ROW) * Long.BYTES + Integer.BYTES) / PAIR;
    pairs = (int) Math.max(1, Math.min(fitting, MOST_SLOTS / PAIR));
    words = new long[pairs * PAIR * (1 + ROW) + SKEW];
    profiles = new @Nullable Profile[pairs * PAIR];
  }

  /** How many sources fit. */
  int slots() {
    return profiles.length;
  }

  /** The slot of a source, or {@link #NONE}. */
  int find(long key) {
    int first = firstPair(key);
    int home = home(key);
    for (int i = 0; i < PAIR; i++) {
      int slot = first + ((home + i) & (PAIR - 1));
      long found = key(slot);
      if (found == key) {
        return slot;
      }
      if (found == EMPTY) {
        return NONE;
      }
    }
    return findSecond(key, home);
  }

  private int findSecond(long key, int home) {
    int second = secondPair(key);
    for (int i = 0; i < PAIR; i++) {
      int slot = second + ((home + i) & (PAIR - 1));
      long found = key(slot);
      if (found == key) {
        return slot;
      }
      if (found == EMPTY) {
        return NONE;
      }
    }
    return NONE;
  }

  /**
   * Takes a slot without a source for one, or finds it; {@link #NONE} where all its slots are
   * taken.
   */
  int claim(long key) {
    int vacant = NONE;
    int empty = NONE;
    for (int i = 0; i < 2 * PAIR && empty == NONE; i++) {
      int slot = candidate(key, i);
      long found = key(slot);
      if (found == key) {
        return slot;
      }
      if (found == VACANT && vacant == NONE) {
        vacant = slot;
      } else if (found == EMPTY) {
        empty = slot;
      }
    }
    if (vacant != NONE && LONGS.compareAndSet(words, index(vacant), VACANT, key)) {
      return withoutTwin(vacant, key);
    }
    if (empty != NONE && LONGS.compareAndSet(words, index(empty), EMPTY, key)) {
      return withoutTwin(empty, key);
    }
    // Another thread was faster, perhaps with the same source.
    return vacant == NONE && empty == NONE ? NONE : claim(key);
  }

  /** The slots of a source in the order of search. */
  private int candidate(long key, int i) {
    int pair = i < PAIR ? firstPair(key) : secondPair(key);
    return pair + ((home(key) + i) & (PAIR - 1));
  }

  /** The slot at home, whose source is the cheapest to look at. */
  int homeSlot(long key) {
    return firstPair(key) + home(key);
  }

  /**
   * Of a line's sources the one to evict first.
   *
   * @param key the source that wants in
   * @param second whether to look at its second pair of lines
   * @param now the current tick
   */
  int weakest(long key, boolean second, long now) {
    int line = (second ? secondPair(key) : firstPair(key)) + (home(key) & LINE);
    int weakest = NONE;
    long least = Long.MAX_VALUE;
    for (int slot = line; slot < line + LINE; slot++) {
      long found = key(slot);
      if (found == BUSY) {
        continue;
      }
      long order = found == VACANT ? -1 : Meta.order(meta(slot), now);
      if (order < least) {
        least = order;
        weakest = slot;
      }
    }
    return weakest;
  }

  /**
   * Starts to replace a slot's source: from now on the slot is this thread's.
   *
   * @param slot the slot
   * @param key the source it is thought to hold
   * @return whether this thread may go on
   */
  boolean seize(int slot, long key) {
    return key != EMPTY && key != BUSY && LONGS.compareAndSet(words, index(slot), key, BUSY);
  }

  /** Takes the profile out of a seized slot. */
  @Nullable Profile takeProfile(int slot) {
    return (Profile) REFERENCES.getAndSet(profiles, slot, null);
  }

  /**
   * Gives a seized slot to a source.
   *
   * @param slot a slot that this thread has seized, its profile taken out
   * @param key the source
   * @param meta its first bookkeeping word
   * @return the slot where the source now is, which is another if it had come in elsewhere
   */
  int give(int slot, long key, long meta) {
    clear(slot, meta);
    LONGS.setVolatile(words, index(slot), key);
    return withoutTwin(slot, key);
  }

  /**
   * Leaves a source one slot: that with a profile, or else the first in the order of search.
   * Whoever publishes a second one looks for others afterwards, so at least one of two threads sees
   * both.
   */
  private int withoutTwin(int slot, long key) {
    int kept = NONE;
    // The two pairs may be one: what is passed twice would not be in order.
    int candidates = firstPair(key) == secondPair(key) ? PAIR : 2 * PAIR;
    for (int i = 0; i < candidates; i++) {
      int other = candidate(key, i);
      if (key(other) != key) {
        continue;
      }
      if (kept == NONE) {
        kept = other;
        continue;
      }
      boolean keepsOther = Meta.hasProfile(meta(other)) && !Meta.hasProfile(meta(kept));
      int left = keepsOther ? kept : other;
      int stays = keepsOther ? other : kept;
      if (LONGS.compareAndSet(words, index(left), key, BUSY)) {
        // Others may have found this slot already: what they wrote moves to the one that stays.
        for (int j = 0; j < CONTACTS; j++) {
          long word = contact(left, j);
          if (word != 0) {
            move(word, stays);
          }
        }
        vacate(left);
        kept = stays;
      }
    }
    return kept == NONE ? slot : kept;
  }

  /** Leaves a seized slot without a source. */
  void vacate(int slot) {
    clear(slot, 0);
    LONGS.setVolatile(words, index(slot), VACANT);
  }

  private void move(long word, int twin) {
    for (int i = 0; i < CONTACTS; i++) {
      if (contact(twin, i) == 0 && replaceContact(twin, i, 0, word)) {
        return;
      }
    }
  }

  private void clear(int slot, long meta) {
    for (int i = 0; i < CONTACTS; i++) {
      LONGS.setOpaque(words, row(slot) + 1 + i, 0L);
    }
    LONGS.setVolatile(words, row(slot), meta);
  }

  /** The key in a slot; 0 where there never was one. */
  long key(int slot) {
    return (long) LONGS.getVolatile(words, index(slot));
  }

  /** Whether a slot holds a source. */
  boolean holdsSource(int slot) {
    return key(slot) >>> 2 != 0;
  }

  long meta(int slot) {
    return (long) LONGS.getVolatile(words, row(slot));
  }

  boolean replaceMeta(int slot, long expected, long meta) {
    return LONGS.compareAndSet(words, row(slot), expected, meta);
  }

  long contact(int slot, int i) {
    return (long) LONGS.getVolatile(words, row(slot) + 1 + i);
  }

  boolean replaceContact(int slot, int i, long expected, long word) {
    return LONGS.compareAndSet(words, row(slot) + 1 + i, expected, word);
  }

  @Nullable Profile profile(int slot) {
    return (Profile) REFERENCES.getVolatile(profiles, slot);
  }

  /** Puts a profile in the place of another, or of none; null leaves none. */
  boolean replaceProfile(int slot, @Nullable Profile before, @Nullable Profile after) {
    return REFERENCES.compareAndSet(profiles, slot, before, after);
  }

  /** Writes the slots that are, or were, in use. */
  void write(SnapshotOutput out) throws IOException {
    long[] row = new long[ROW];
    for (int slot = 0; slot < slots(); slot++) {
      long key = key(slot);
      if (key == EMPTY) {
        continue;
      }
      row[0] = meta(slot);
      for (int i = 0; i < CONTACTS; i++) {
        row[1 + i] = contact(slot, i);
      }
      boolean vacant = key == VACANT || key == BUSY || key(slot) != key;
      out.putInt(slot);
      out.putLong(vacant ? VACANT : key);
      for (int i = 0; i < ROW && !vacant; i++) {
        out.putLong(row[i]);
      }
    }
  }

  /** Reads the slots of a table of the same size that is empty yet. */
  void read(SnapshotInput in) throws IOException {
    int least = 0;
    while (in.hasMore()) {
      int slot = in.number(least, slots() - 1);
      least = slot + 1;
      long key = in.anyLong();
      int pair = slot & -PAIR;
      SnapshotInput.check(
          key == VACANT || (key >>> 2 != 0 && (pair == firstPair(key) || pair == secondPair(key))),
          "a source is where none would look for it");
      words[index(slot)] = key;
      for (int i = 0; i < ROW && key != VACANT; i++) {
        words[row(slot) + i] = in.anyLong();
      }
    }
  }

  /** Reads what finding a source will read, so that it is near when it is needed. */
  long touchKeys(long key) {
    return words[index(firstPair(key) + home(key))];
  }

  /** Reads what counting an event of a slot will read. */
  long touchRow(int slot) {
    int row = row(slot);
    return words[row] + words[row + CONTACTS];
  }

  private int firstPair(long key) {
    return (int) (((key >>> 32) * pairs) >>> 32) * PAIR;
  }

  private int secondPair(long key) {
    return (int) (((key & 0xffff_ffffL) * pairs) >>> 32) * PAIR;
  }

  private static int home(long key) {
    return (int) (key >>> 32) & (PAIR - 1);
  }

  /** Where a slot's key is. */
  private static int index(int slot) {
    return SKEW + (slot & -LINE) * (1 + ROW) + (slot & (LINE - 1));
  }

  /** Where a slot's bookkeeping word is; its contacts follow. */
  private static int row(int slot) {
    return SKEW + (slot & -LINE) * (1 + ROW) + LINE + (slot & (LINE - 1)) * ROW;
  }
}
