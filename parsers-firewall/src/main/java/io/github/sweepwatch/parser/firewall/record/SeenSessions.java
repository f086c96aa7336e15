package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.text.AddressParser;

/**
 * Remembers connections by their endpoints and a number that the device gives them, so that several
 * records of one connection count once. Bounded; forgets the oldest. Not thread-safe.
 */
public final class SeenSessions {
  private static final int SETS = 1 << 13;
  private static final int WAYS = 4;

  private final long windowMicros;
  private long[] keys = new long[0];
  private long[] times = new long[0];

  /**
   * Nothing seen yet.
   *
   * @param windowMicros how far apart two records of one connection may be
   */
  public SeenSessions(long windowMicros) {
    this.windowMicros = windowMicros;
  }

  /**
   * Takes note of a connection.
   *
   * @param decoder holds its endpoints
   * @param session the device's number for it, or any that is the same in all its records
   * @param timeMicros when
   * @return whether it was there already
   */
  public boolean add(ConnectionDecoder decoder, long session, long timeMicros) {
    long key = key(decoder, session);
    int slot = slot(key);
    boolean known = isAt(slot, key, timeMicros);
    keys[slot] = key;
    times[slot] = timeMicros;
    return known;
  }

  /**
   * Whether note was taken of a connection.
   *
   * @param decoder holds its endpoints
   * @param session the device's number for it
   * @param timeMicros when
   * @return true if so
   */
  public boolean contains(ConnectionDecoder decoder, long session, long timeMicros) {
    if (keys.length == 0) {
      return false;
    }
    long key = key(decoder, session);
    return isAt(slot(key), key, timeMicros);
  }

  /**
   * When note was taken of a connection last, however long ago.
   *
   * @param decoder holds its endpoints
   * @param session the device's number for it
   * @return microseconds since 1970, or -1
   */
  public long lastSeen(ConnectionDecoder decoder, long session) {
    if (keys.length == 0) {
      return -1;
    }
    long key = key(decoder, session);
    int slot = slot(key);
    return keys[slot] == key ? times[slot] : -1;
  }

  private boolean isAt(int slot, long key, long timeMicros) {
    return keys[slot] == key && Math.abs(times[slot] - timeMicros) <= windowMicros;
  }

  private int slot(long key) {
    if (keys.length == 0) {
      keys = new long[SETS * WAYS];
      times = new long[SETS * WAYS];
    }
    int first = ((int) (key >>> 40) & (SETS - 1)) * WAYS;
    int oldest = first;
    for (int slot = first; slot < first + WAYS; slot++) {
      if (keys[slot] == key) {
        return slot;
      }
      if (times[slot] < times[oldest]) {
        oldest = slot;
      }
    }
    return oldest;
  }

  private static long key(ConnectionDecoder decoder, long session) {
    AddressParser source = decoder.source();
    AddressParser destination = decoder.destination();
    long ports = (long) decoder.sourcePort() << 32 | (decoder.destinationPort() & 0xffff_ffffL);
    long key = mix(source.high() ^ mix(source.low() ^ mix(session)));
    key = mix(destination.high() ^ mix(destination.low() ^ key));
    key = mix(key ^ mix(ports) + decoder.protocol());
    // Zero stands for an empty slot.
    return key == 0 ? 1 : key;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0x9e37_79b9_7f4a_7c15L;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
    return mixed ^ mixed >>> 32;
  }
}
