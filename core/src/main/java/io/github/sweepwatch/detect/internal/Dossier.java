package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
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

  /** An incident that has ended: its last shape, and when. */
  private record Ended(Shape shape, long atMicros) {}

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

    /** Whether a new incident repeats one that ended less than the mute time before. */
    boolean mutes(CompiledRule rule, int group, long atMicros, long muteMicros) {
      for (Ended each : ended) {
        if (atMicros - each.atMicros < muteMicros && each.shape.isRepeatedBy(rule, group)) {
          return true;
        }
      }
      return false;
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
      last.add(new Ended(shape, atMicros));
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

  /** Keeps a target in the place of the oldest. */
  void add(ConnectionEvent event, long contactKey) {
    int at = Math.floorMod((int) NEXT.getAndAdd(this, 1), TARGETS) * TARGET_WORDS;
    WORD.setOpaque(targets, at, event.destinationHigh());
    WORD.setOpaque(targets, at + 1, event.destinationLow());
    WORD.setOpaque(
        targets, at + 2, EvidenceList.isAnswered(event) ? contactKey | ANSWERED : contactKey);
  }

  /** The targets that an incident counts, the oldest first, go into its sample. */
  void addTargetsTo(Incident incident, AddressHash hash) {
    int from = Math.max(0, next - TARGETS);
    for (int i = from; i < from + TARGETS; i++) {
      int at = Math.floorMod(i, TARGETS) * TARGET_WORDS;
      long high = (long) WORD.getOpaque(targets, at);
      long low = (long) WORD.getOpaque(targets, at + 1);
      long word = (long) WORD.getOpaque(targets, at + 2);
      long contact = word & (ANSWERED - 1);
      int host = ContactKey.host(contact);
      if (contact != 0
          && hash.hostCode(high, low) == host
          && incident
              .shape()
              .belongs(host, ContactKey.service(contact), ContactKey.failed(contact))) {
        incident.recall(new IpAddress(high, low), ContactKey.service(contact), word != contact);
      }
    }
  }
}
