package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What several sources ask of one service, or of one host: the latest {@value #ENTRIES} failed
 * contacts, with addresses, and the incident that they make. Thread-safe; wait-free: a place is
 * taken by adding to a counter, and its number, written last, tells readers that the entry is
 * whole.
 */
final class SharedTarget {
  /** How many contacts are kept. */
  static final int ENTRIES = 128;

  private static final int WORDS = 7;
  private static final int NUMBER = 0;
  private static final int TICK = 1;
  private static final int CONTACT = 2;
  private static final int SOURCE = 3;
  private static final int DESTINATION = 5;

  /** What it takes of the budget. */
  static final long BYTES = 80 + 8L * ENTRIES * WORDS;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle NEXT;
  private static final VarHandle INCIDENT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(SharedTarget.class, "next", long.class);
      INCIDENT = lookup.findVarHandle(SharedTarget.class, "incident", Incident.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long key;
  private final long[] words = new long[ENTRIES * WORDS];
  private volatile long next;
  private volatile long latestTick;
  private volatile @Nullable Incident incident;

  SharedTarget(long key) {
    this.key = key;
  }

  /** The key of the service or the host. */
  long key() {
    return key;
  }

  /** The latest credible tick that was noted, or nearly: threads may overwrite each other's. */
  long latestTick() {
    return latestTick;
  }

  /** The incident that was opened last, or null. */
  @Nullable Incident incident() {
    return incident;
  }

  /** Puts an incident in the place of the one before; false if another thread has. */
  boolean replace(@Nullable Incident before, Incident after) {
    return INCIDENT.compareAndSet(this, before, after);
  }

  /** Keeps a contact in the place of the oldest. */
  void add(ConnectionEvent event, long contact, long tick, long seen) {
    long number = (long) NEXT.getAndAdd(this, 1L);
    int at = (int) (number % ENTRIES) * WORDS;
    WORD.setOpaque(words, at + NUMBER, 0L);
    VarHandle.storeStoreFence();
    WORD.setOpaque(words, at + TICK, tick);
    WORD.setOpaque(words, at + CONTACT, contact);
    WORD.setOpaque(words, at + SOURCE, event.sourceHigh());
    WORD.setOpaque(words, at + SOURCE + 1, event.sourceLow());
    WORD.setOpaque(words, at + DESTINATION, event.destinationHigh());
    WORD.setOpaque(words, at + DESTINATION + 1, event.destinationLow());
    WORD.setRelease(words, at + NUMBER, number + 1);
    latestTick = Math.max(latestTick, seen);
  }

  /** Writes it, and of its incident what is needed if that has ended. */
  void write(SnapshotOutput out) throws IOException {
    out.putLong(key);
    long number = next;
    out.putLong(number);
    out.putLong(latestTick);
    int used = (int) Math.min(number, ENTRIES) * WORDS;
    for (int i = 0; i < used; i++) {
      out.putLong((long) WORD.getVolatile(words, i));
    }
    Incident latest = incident;
    boolean ended = latest != null && latest.hasEnded();
    boolean isOpen = latest != null && !ended && latest.isOpen();
    out.putFlag(ended);
    out.putFlag(isOpen);
    if (latest != null && (ended || isOpen)) {
      out.putLong(latest.dossier().key());
      out.putLong(latest.dossier().source().high());
      out.putLong(latest.dossier().source().low());
      out.putLong(latest.dossier().sinceMicros());
      out.putLong(latest.lastSeen());
      if (isOpen) {
        latest.write(out);
      }
    }
  }

  /** Reads one but for its incident. */
  static SharedTarget read(SnapshotInput in) throws IOException {
    SharedTarget target = new SharedTarget(in.anyLong());
    target.next = in.count();
    target.latestTick = in.anyLong();
    int used = (int) Math.min(target.next, ENTRIES) * WORDS;
    for (int i = 0; i < used; i++) {
      target.words[i] = in.anyLong();
      SnapshotInput.check(i % WORDS != CONTACT || target.words[i] >>> 48 == 0, "a contact is none");
    }
    return target;
  }

  /**
   * Reads its incident.
   *
   * @param incidents reads one that is open
   * @param ended makes one that has ended, last seen at a time
   * @return what was read of one that is open, or null
   */
  Incident.@Nullable Restored readIncident(
      SnapshotInput in, Dossier.IncidentReader incidents, BiFunction<Dossier, Long, Incident> ended)
      throws IOException, NoRoom {
    boolean hasEnded = in.flag();
    boolean isOpen = in.flag();
    if (!hasEnded && !isOpen) {
      return null;
    }
    long dossierKey = in.anyLong();
    Dossier dossier =
        new Dossier(dossierKey, new IpAddress(in.anyLong(), in.anyLong()), in.anyLong());
    long lastSeen = in.anyLong();
    if (hasEnded) {
      incident = ended.apply(dossier, lastSeen);
      return null;
    }
    Incident.Restored restored = incidents.read(in, dossier);
    incident = restored.incident();
    if (restored.incident().hasEnded()) {
      restored.incident().drop();
      return null;
    }
    return restored;
  }

  /** Whether the contact so many before the latest lies after a tick: else there are fewer. */
  boolean holds(int number, long afterTick) {
    long from = next - number;
    return from >= 0
        && (long) WORD.getOpaque(words, (int) (from % ENTRIES) * WORDS + TICK) > afterTick;
  }

  /** Copies the contacts after a tick, the oldest first. */
  JointContacts after(long tick) {
    JointContacts contacts = new JointContacts(ENTRIES);
    long end = next;
    for (long number = Math.max(0, end - ENTRIES); number < end; number++) {
      int at = (int) (number % ENTRIES) * WORDS;
      long before = (long) WORD.getAcquire(words, at + NUMBER);
      long when = (long) WORD.getOpaque(words, at + TICK);
      long contact = (long) WORD.getOpaque(words, at + CONTACT);
      IpAddress source =
          new IpAddress(
              (long) WORD.getOpaque(words, at + SOURCE),
              (long) WORD.getOpaque(words, at + SOURCE + 1));
      IpAddress destination =
          new IpAddress(
              (long) WORD.getOpaque(words, at + DESTINATION),
              (long) WORD.getOpaque(words, at + DESTINATION + 1));
      VarHandle.loadLoadFence();
      boolean whole = before == number + 1 && (long) WORD.getOpaque(words, at + NUMBER) == before;
      if (whole && when > tick) {
        contacts.add(source, destination, contact, when);
      }
    }
    return contacts;
  }
}
