package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence against a source, kept from half a threshold on: its address, its latest new
 * targets, its incidents. Bounded. Thread-safe; lock-free: the incidents are an immutable list,
 * swapped by compare-and-set.
 */
final class Dossier {
  /** What it takes of the budget, incidents apart. */
  static final long BYTES = 900;

  /** How many targets are kept. */
  static final int TARGETS = 20;

  private static final int TARGET_WORDS = 3;
  private static final int MAX_ENDED = 8;
  private static final long NEVER = Long.MIN_VALUE;

  /** Above a contact's key: the destination answered the probe. */
  private static final long ANSWERED = 1L << 48;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle INCIDENTS;
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INCIDENTS = lookup.findVarHandle(Dossier.class, "incidents", Incidents.class);
      NEXT = lookup.findVarHandle(Dossier.class, "next", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** No incidents, open or ended. */
  static final Incidents NONE = new Incidents(List.of(), List.of(), NEVER, NEVER, NEVER, false);

  private static final Incidents DROPPED =
      new Incidents(List.of(), List.of(), NEVER, NEVER, NEVER, true);

  private final long key;
  private final IpAddress source;
  private final long sinceMicros;
  // A ring: address, high and low, and the contact's key, whose host code tells a torn entry.
  private final long[] targets = new long[TARGETS * TARGET_WORDS];
  private volatile int next;
  private volatile Incidents incidents = NONE;

  /** An incident that has ended: its last shape, where its targets were, and when. */
  private record Ended(Shape shape, @Nullable TargetNetwork targetNetwork, long atMicros) {
    boolean isRepeatedBy(CompiledRule rule, int group, ConnectionEvent event) {
      return shape.isRepeatedBy(rule, group)
          && (targetNetwork == null
              || targetNetwork.contains(event.destinationHigh(), event.destinationLow()));
    }
  }

  /**
   * A source's incidents. Immutable.
   *
   * @param open those that go on
   * @param ended the latest of the others
   * @param hostsUpTo the last tick that ended incidents over hosts have reported
   * @param servicesUpTo the same over services
   * @param bothUpTo the same over both
   * @param dropped whether the dossier is dropped, so that nothing can be added
   */
  record Incidents(
      List<Incident> open,
      List<Ended> ended,
      long hostsUpTo,
      long servicesUpTo,
      long bothUpTo,
      boolean dropped)
      implements Covered {
    @Override
    public boolean service(int service) {
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).shape().coversService(service)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean host(int host) {
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).shape().coversHost(host)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean everything() {
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).shape().family() == Family.BOTH) {
          return true;
        }
      }
      return false;
    }

    @Override
    public long reportedUpTo(CompiledRule rule) {
      return switch (Family.of(rule.measure)) {
        case HOSTS -> Math.max(hostsUpTo, bothUpTo);
        case SERVICES -> Math.max(servicesUpTo, bothUpTo);
        case BOTH -> bothUpTo;
      };
    }

    /** Whether one is open that is told by itself. */
    boolean anyOfItsOwn() {
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).leader() == null) {
          return true;
        }
      }
      return false;
    }

    /** The last tick that any ended incident has reported. */
    long reportedUpTo() {
      return Math.max(bothUpTo, Math.max(hostsUpTo, servicesUpTo));
    }

    /** The open incident that a rule of a family speaks for, or null: then it opens its own. */
    @Nullable Incident toJoin(Family family) {
      Incident latest = null;
      for (Incident incident : open) {
        // What is told with another's incident grows into nothing else.
        boolean widens = family == Family.BOTH && incident.leader() == null;
        boolean joins = widens || incident.shape().family() == family;
        if (joins && (latest == null || incident.lastSeen() > latest.lastSeen())) {
          latest = incident;
        }
      }
      return latest;
    }

    /**
     * Whether a new incident repeats one that ended less than the mute time before. One in another
     * network, on another service or of another kind does not.
     */
    boolean mutes(
        CompiledRule rule, int group, ConnectionEvent event, long atMicros, long muteMicros) {
      for (Ended each : ended) {
        if (atMicros - each.atMicros < muteMicros && each.isRepeatedBy(rule, group, event)) {
          return true;
        }
      }
      return false;
    }

    /** The same without those that are just being opened or ended: only what is told is kept. */
    private Incidents settled() {
      Incidents settled = this;
      for (Incident incident : open) {
        if (incident.hasEnded()) {
          settled = settled.without(incident, incident.lastSeen());
        } else if (!incident.isOpen()) {
          settled = settled.untold(incident);
        }
      }
      return settled;
    }

    private Incidents untold(Incident incident) {
      List<Incident> fewer = new ArrayList<>(open);
      fewer.remove(incident);
      return new Incidents(List.copyOf(fewer), ended, hostsUpTo, servicesUpTo, bothUpTo, dropped);
    }

    private Incidents with(Incident incident) {
      List<Incident> more = new ArrayList<>(open);
      more.add(incident);
      return new Incidents(List.copyOf(more), ended, hostsUpTo, servicesUpTo, bothUpTo, false);
    }

    private Incidents without(Incident incident, long atMicros) {
      List<Incident> fewer = new ArrayList<>(open);
      fewer.remove(incident);
      List<Ended> last = new ArrayList<>(ended);
      if (last.size() == MAX_ENDED) {
        last.remove(0);
      }
      Shape shape = incident.shape();
      last.add(new Ended(shape, incident.targetNetwork(), atMicros));
      long upTo = Tick.of(incident.lastSeen());
      Family family = shape.family();
      return new Incidents(
          List.copyOf(fewer),
          List.copyOf(last),
          family == Family.HOSTS ? Math.max(hostsUpTo, upTo) : hostsUpTo,
          family == Family.SERVICES ? Math.max(servicesUpTo, upTo) : servicesUpTo,
          family == Family.BOTH ? Math.max(bothUpTo, upTo) : bothUpTo,
          false);
    }
  }

  /**
   * An empty dossier.
   *
   * @param key the source's hash
   * @param source the source
   * @param sinceMicros from when on it is kept, in event time
   */
  Dossier(long key, IpAddress source, long sinceMicros) {
    this.key = key;
    this.source = source;
    this.sinceMicros = sinceMicros;
  }

  long key() {
    return key;
  }

  IpAddress source() {
    return source;
  }

  /** From when on it is kept, in event time. */
  long sinceMicros() {
    return sinceMicros;
  }

  /** The source's incidents now. */
  Incidents incidents() {
    return incidents;
  }

  /** Adds an incident if the others are still what they were. */
  boolean open(Incidents before, Incident incident) {
    return !before.dropped && INCIDENTS.compareAndSet(this, before, before.with(incident));
  }

  /** Takes out an incident that has ended; says how many are still open. */
  int end(Incident incident, long atMicros) {
    while (true) {
      Incidents before = incidents;
      if (before.dropped) {
        return 0;
      }
      Incidents after = before.without(incident, atMicros);
      if (INCIDENTS.compareAndSet(this, before, after)) {
        return after.open.size();
      }
    }
  }

  /** Drops it for good; returns the incidents that were open. */
  List<Incident> drop() {
    return ((Incidents) INCIDENTS.getAndSet(this, DROPPED)).open;
  }

  boolean dropped() {
    return incidents.dropped;
  }

  /** Writes all but the source's key, to be read where that is known. */
  void write(SnapshotOutput out) throws IOException {
    out.putLong(source.high());
    out.putLong(source.low());
    out.putLong(sinceMicros);
    out.putInt(next);
    for (int i = 0; i < targets.length; i++) {
      out.putLong((long) WORD.getOpaque(targets, i));
    }
    Incidents settled = incidents.settled();
    out.putLong(settled.hostsUpTo);
    out.putLong(settled.servicesUpTo);
    out.putLong(settled.bothUpTo);
    out.putByte(settled.ended.size());
    for (Ended each : settled.ended) {
      each.shape.write(out);
      Incident.write(out, each.targetNetwork);
      out.putLong(each.atMicros);
    }
    out.putInt(settled.open.size());
    for (Incident incident : settled.open) {
      incident.write(out);
    }
  }

  /** What is read of a dossier: it, and the incidents that are open, each with its leader's id. */
  record Restored(Dossier dossier, List<Incident.Restored> open) {}

  /** Reads the incidents of a dossier. */
  interface IncidentReader {
    Incident.Restored read(SnapshotInput in, Dossier dossier) throws IOException, NoRoom;
  }

  /**
   * Reads a dossier. If there is no room for all of it, nothing stays taken.
   *
   * @param key the source's hash
   * @param incidents reads its incidents
   * @param budget pays for it
   */
  static Restored read(SnapshotInput in, long key, IncidentReader incidents, ByteBudget budget)
      throws IOException, NoRoom {
    IpAddress source = new IpAddress(in.anyLong(), in.anyLong());
    Dossier dossier = new Dossier(key, source, in.anyLong());
    dossier.next = in.anyInt();
    in.pay(budget, BYTES);
    List<Incident.Restored> open = new ArrayList<>();
    try {
      for (int i = 0; i < dossier.targets.length; i++) {
        dossier.targets[i] = in.anyLong();
      }
      long hostsUpTo = in.anyLong();
      long servicesUpTo = in.anyLong();
      long bothUpTo = in.anyLong();
      List<Ended> ended = new ArrayList<>();
      for (int left = in.number(MAX_ENDED); left > 0; left--) {
        Shape shape = Shape.read(in);
        ended.add(new Ended(shape, in.flag() ? TargetNetwork.read(in) : null, in.anyLong()));
      }
      for (int left = in.number(0, Integer.MAX_VALUE); left > 0; left--) {
        Incident.Restored restored = incidents.read(in, dossier);
        if (restored.incident().hasEnded()) {
          restored.incident().drop();
        } else {
          open.add(restored);
        }
      }
      List<Incident> some = open.stream().map(Incident.Restored::incident).toList();
      dossier.incidents =
          new Incidents(some, List.copyOf(ended), hostsUpTo, servicesUpTo, bothUpTo, false);
      return new Restored(dossier, List.copyOf(open));
    } catch (NoRoom e) {
      open.forEach(each -> each.incident().drop());
      budget.release(BYTES);
      throw e;
    }
  }

  /** Keeps a target in the place of the oldest. */
  void add(ConnectionEvent event, long contactKey) {
    int at = Math.floorMod((int) NEXT.getAndAdd(this, 1), TARGETS) * TARGET_WORDS;
    WORD.setOpaque(targets, at, event.destinationHigh());
    WORD.setOpaque(targets, at + 1, event.destinationLow());
    WORD.setOpaque(
        targets, at + 2, EvidenceList.isAnswered(event) ? contactKey | ANSWERED : contactKey);
  }

  /**
   * The targets that an incident counts, the oldest first, go into its sample; then, where they
   * went being known, answers that it does not count are looked at.
   */
  void addTargetsTo(Incident incident, AddressHash hash) {
    addTargetsTo(incident, hash, true);
    addTargetsTo(incident, hash, false);
  }

  private void addTargetsTo(Incident incident, AddressHash hash, boolean counted) {
    int from = Math.max(0, next - TARGETS);
    for (int i = from; i < from + TARGETS; i++) {
      int at = Math.floorMod(i, TARGETS) * TARGET_WORDS;
      long high = (long) WORD.getOpaque(targets, at);
      long low = (long) WORD.getOpaque(targets, at + 1);
      long word = (long) WORD.getOpaque(targets, at + 2);
      long contact = word & (ANSWERED - 1);
      int host = ContactKey.host(contact);
      if (contact == 0 || hash.hostCode(high, low) != host) {
        continue;
      }
      int service = ContactKey.service(contact);
      if (incident.shape().belongs(host, service, ContactKey.failed(contact)) != counted) {
        continue;
      }
      if (counted) {
        incident.recall(new IpAddress(high, low), service, word != contact);
      } else if (word != contact) {
        incident.noteAside(high, low, host, service);
      }
    }
  }
}
