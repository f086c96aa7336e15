package io.github.sweepwatch.parser.sysmon;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a log mean. A log has few names, in the same order in each record: they are
 * looked up once, and kept while there is room. Not thread-safe.
 */
final class NameTable {
  private static final int SLOTS = 2048;
  private static final int MAX_NAMES = SLOTS / 2;
  // What is longer is no name that is known.
  private static final int MAX_LENGTH = 128;

  private final @Nullable FieldName[] slots = new @Nullable FieldName[SLOTS];
  private final FieldName[] following = new FieldName[MAX_NAMES + 1];
  private int names;

  NameTable() {
    Arrays.fill(following, FieldName.NONE);
  }

  FieldName of(Scope where, byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return FieldName.NONE;
    }
    int hash = where.index();
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 11 ^ hash >>> 22) & (SLOTS - 1);
    FieldName known;
    while ((known = slots[slot]) != null) {
      byte[] name = known.name();
      if (known.where() == where && Arrays.equals(bytes, from, to, name, 0, name.length)) {
        return known;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    byte[] name = Arrays.copyOfRange(bytes, from, to);
    if (names == MAX_NAMES) {
      return FieldName.of(0, where, name);
    }
    FieldName found = FieldName.of(++names, where, name);
    slots[slot] = found;
    return found;
  }

  /** The name that came after this one last. */
  FieldName following(FieldName name) {
    return following[name.index()];
  }

  void follows(FieldName name, FieldName next) {
    following[name.index()] = next;
  }
}
