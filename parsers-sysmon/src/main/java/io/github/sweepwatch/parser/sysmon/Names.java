package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hosts, users and programs as strings, one for all records that name it. A name that finds its
 * place taken takes it over. Not thread-safe.
 */
final class Names {
  private static final int SLOTS = 4096;
  // What is longer is no name to be seen again.
  private static final int MAX_LENGTH = 512;

  private final byte[][] keys = new byte[SLOTS][0];
  private final String[] names = new String[SLOTS];
  private final byte[][] escaped = new byte[SLOTS][0];
  private final String[] resolved = new String[SLOTS];

  Names() {
    Arrays.fill(names, "");
    Arrays.fill(resolved, "");
  }

  String of(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    byte[] key = keys[slot];
    if (Arrays.equals(bytes, from, to, key, 0, key.length)) {
      return names[slot];
    }
    String name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    keep(slot, bytes, from, to, name);
    return name;
  }

  /** The same of a field, whose escapes are resolved only where the name is a new one. */
  String of(EventRecord record, EventField field) {
    if (!record.isEscaped(field)) {
      return of(record.bytes(field), record.from(field), record.to(field));
    }
    byte[] raw = record.unresolved(field);
    int from = record.from(field);
    int to = record.to(field);
    int slot = slot(raw, from, to);
    byte[] key = escaped[slot];
    if (Arrays.equals(raw, from, to, key, 0, key.length)) {
      return resolved[slot];
    }
    byte[] copy = Arrays.copyOfRange(raw, from, to);
    String name = of(record.bytes(field), record.from(field), record.to(field));
    if (copy.length <= MAX_LENGTH) {
      escaped[slot] = copy;
      resolved[slot] = name;
    }
    return name;
  }

  private void keep(int slot, byte[] bytes, int from, int to, String name) {
    if (to - from <= MAX_LENGTH) {
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = name;
    }
  }

  private static int slot(byte[] bytes, int from, int to) {
    return (int) (Bytes.hash(bytes, from, to) >>> 40) & (SLOTS - 1);
  }
}
