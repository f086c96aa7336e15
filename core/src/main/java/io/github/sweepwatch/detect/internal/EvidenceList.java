package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.ProbeOrder;
import io.github.sweepwatch.explain.ScanEvidence;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an incident for those who look into it: which probes succeeded, what on the
 * source's host made them, which network they went to. Bounded; each entry is paid for when it
 * comes. Thread-safe; lock-free.
 */
final class EvidenceList {
  /** What an empty one takes of the budget. */
  static final long BYTES = 180 + 16 + 4 * ScanEvidence.MAX_ANSWERED;

  private static final long PROBE_BYTES = 24 + 32;
  private static final long ACTOR_BYTES = 24 + 3 * (56 + ScanEvidence.MAX_TEXT);
  private static final long DROPPED = -1;
  private static final int IPV4_24 = 120;
  private static final int IPV6_64 = 64;

  private static final VarHandle ACTORS;
  private static final VarHandle NETWORK;
  private static final VarHandle PAID;
  private static final VarHandle INSIDE;
  private static final VarHandle OUTSIDE;
  private static final VarHandle LAST;
  private static final VarHandle STEPS;
  private static final VarHandle ASCENDING;
  private static final VarHandle SAME_PORT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ACTORS = lookup.findVarHandle(EvidenceList.class, "actors", List.class);
      NETWORK = lookup.findVarHandle(EvidenceList.class, "network", AddressBlock.class);
      PAID = lookup.findVarHandle(EvidenceList.class, "paid", long.class);
      INSIDE = lookup.findVarHandle(EvidenceList.class, "toInside", long.class);
      OUTSIDE = lookup.findVarHandle(EvidenceList.class, "toOutside", long.class);
      LAST = lookup.findVarHandle(EvidenceList.class, "last", Probed.class);
      STEPS = lookup.findVarHandle(EvidenceList.class, "steps", long.class);
      ASCENDING = lookup.findVarHandle(EvidenceList.class, "ascending", long.class);
      SAME_PORT = lookup.findVarHandle(EvidenceList.class, "samePort", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Where a probe went, and from which port. */
  private record Probed(long high, long low, int port, int sourcePort) {
    boolean isBelow(Probed other) {
      int order = Long.compareUnsigned(high, other.high);
      order = order == 0 ? Long.compareUnsigned(low, other.low) : order;
      return order < 0 || (order == 0 && port < other.port);
    }
  }

  private final boolean internal;
  private final InsideNetworks insideNetworks;
  private final ByteBudget budget;
  private final AtomicReferenceArray<AnsweredProbe> answered =
      new AtomicReferenceArray<>(ScanEvidence.MAX_ANSWERED);
  private volatile List<Actor> actors = List.of();
  private volatile @Nullable AddressBlock network;
  private volatile long toInside;
  private volatile long toOutside;
  private volatile long paid;
  private volatile boolean truncated;
  private volatile @Nullable Probed last;
  private volatile long steps;
  private volatile long ascending;
  private volatile long samePort;

  /**
   * Nothing yet.
   *
   * @param internal whether the source is inside
   * @param insideNetworks what else is, where events do not say
   * @param budget pays for entries
   */
  EvidenceList(boolean internal, InsideNetworks insideNetworks, ByteBudget budget) {
    this.internal = internal;
    this.insideNetworks = insideNetworks;
    this.budget = budget;
  }

  /** Whether an event says that its destination answered a probe, whatever was said thereafter. */
  static boolean isAnswered(ConnectionEvent event) {
    return event.outcome() == Outcome.ESTABLISHED
        && (event.probe() == Probe.NONE || event.probe() == Probe.SYN);
  }

  /** Takes in an event of the scan. */
  void note(ConnectionEvent event) {
    long high = event.destinationHigh();
    long low = event.destinationLow();
    noteTarget(high, low);
    if (internal) {
      Locality locality = event.destinationLocality();
      boolean inside =
          locality == Locality.LOCAL
              || (locality == Locality.UNSPECIFIED && insideNetworks.contain(high, low));
      (inside ? INSIDE : OUTSIDE).getAndAdd(this, 1L);
    }
    if (isAnswered(event)) {
      noteAnswer(high, low, Math.max(0, event.destinationPort()), event.protocol());
    }
    if (event.host() != null || event.user() != null || event.image() != null) {
      noteActor(event);
    }
  }

  /** Takes in how a probe for something new follows the one before. */
  void noteOrder(ConnectionEvent event) {
    Probed probe =
        new Probed(
            event.destinationHigh(),
            event.destinationLow(),
            event.destinationPort(),
            event.sourcePort());
    Probed before = (Probed) LAST.getAndSet(this, probe);
    if (before != null) {
      STEPS.getAndAdd(this, 1L);
      ASCENDING.getAndAdd(this, before.isBelow(probe) ? 1L : 0L);
      SAME_PORT.getAndAdd(this, before.sourcePort == probe.sourcePort ? 1L : 0L);
    }
  }

  /** Takes in a target. */
  void noteTarget(long high, long low) {
    AddressBlock before = network;
    while (before == null || !before.contains(high, low)) {
      AddressBlock after = widened(before, high, low);
      if (NETWORK.compareAndSet(this, before, after)) {
        return;
      }
      before = network;
    }
  }

  /** Whether an address lies where the targets do: in their network, or next to them. */
  boolean isNear(long high, long low) {
    AddressBlock block = network;
    if (block == null) {
      return false;
    }
    int prefix = Math.min(block.prefix(), block.network().isIpv4() ? IPV4_24 : IPV6_64);
    return new AddressBlock(block.network(), prefix).contains(high, low);
  }

  private static AddressBlock widened(@Nullable AddressBlock block, long high, long low) {
    IpAddress address = new IpAddress(high, low);
    if (block == null) {
      return new AddressBlock(address, 128);
    }
    IpAddress first = block.network();
    long difference = first.high() ^ high;
    int common =
        difference == 0
            ? Long.SIZE + Long.numberOfLeadingZeros(first.low() ^ low)
            : Long.numberOfLeadingZeros(difference);
    return new AddressBlock(first, Math.min(block.prefix(), common));
  }

  /** Takes in a probe that succeeded. */
  void noteAnswer(long high, long low, int port, int protocol) {
    for (int i = 0; i < ScanEvidence.MAX_ANSWERED; i++) {
      AnsweredProbe there = answered.get(i);
      if (there == null) {
        if (!pay(PROBE_BYTES)) {
          truncated = true;
          return;
        }
        AnsweredProbe fresh = new AnsweredProbe(new IpAddress(high, low), port, protocol);
        if (answered.compareAndSet(i, null, fresh)) {
          return;
        }
        there = Objects.requireNonNull(answered.get(i));
      }
      if (there.port() == port
          && there.host().low() == low
          && there.host().high() == high
          && there.protocol() == protocol) {
        return;
      }
    }
    truncated = true;
  }

  private void noteActor(ConnectionEvent event) {
    Actor actor = new Actor(cut(event.host()), cut(event.user()), cut(event.image()));
    while (true) {
      List<Actor> before = actors;
      if (before.contains(actor) || before.size() == ScanEvidence.MAX_ACTORS || !pay(ACTOR_BYTES)) {
        return;
      }
      List<Actor> after = new ArrayList<>(before);
      after.add(actor);
      if (ACTORS.compareAndSet(this, before, List.copyOf(after))) {
        return;
      }
    }
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= ScanEvidence.MAX_TEXT
        ? text
        : text.substring(0, ScanEvidence.MAX_TEXT);
  }

  private boolean pay(long bytes) {
    if (!budget.reserve(bytes)) {
      return false;
    }
    long before = paid;
    while (before != DROPPED) {
      if (PAID.compareAndSet(this, before, before + bytes)) {
        return true;
      }
      before = paid;
    }
    budget.release(bytes);
    return false;
  }

  void write(SnapshotOutput out) throws IOException {
    AddressBlock block = network;
    out.putFlag(block != null);
    if (block != null) {
      out.putLong(block.network().high());
      out.putLong(block.network().low());
      out.putByte(block.prefix());
    }
    out.putLong(toInside);
    out.putLong(toOutside);
    out.putFlag(truncated);
    out.putLong(steps);
    out.putLong(ascending);
    out.putLong(samePort);
    Probed before = last;
    out.putFlag(before != null);
    if (before != null) {
      out.putLong(before.high);
      out.putLong(before.low);
      out.putInt(before.port);
      out.putInt(before.sourcePort);
    }
    List<AnsweredProbe> probes = probes();
    out.putByte(probes.size());
    for (AnsweredProbe probe : probes) {
      out.putLong(probe.host().high());
      out.putLong(probe.host().low());
      out.putInt(probe.port());
      out.putInt(probe.protocol());
    }
    List<Actor> some = actors;
    out.putByte(some.size());
    for (Actor actor : some) {
      write(out, actor.host());
      write(out, actor.user());
      write(out, actor.image());
    }
  }

  private static void write(SnapshotOutput out, @Nullable String text) throws IOException {
    out.putFlag(text != null);
    if (text != null) {
      out.putText(text);
    }
  }

  /** Reads a list that is empty yet. */
  void read(SnapshotInput in) throws IOException, NoRoom {
    if (in.flag()) {
      network = new AddressBlock(new IpAddress(in.anyLong(), in.anyLong()), in.number(128));
    }
    toInside = in.count();
    toOutside = in.count();
    truncated = in.flag();
    steps = in.count();
    ascending = in.count();
    samePort = in.count();
    if (in.flag()) {
      last = new Probed(in.anyLong(), in.anyLong(), in.anyInt(), in.anyInt());
    }
    int number = in.number(ScanEvidence.MAX_ANSWERED);
    for (int i = 0; i < number; i++) {
      take(in, PROBE_BYTES);
      IpAddress host = new IpAddress(in.anyLong(), in.anyLong());
      int port = in.number(0, 0xffff);
      answered.set(i, new AnsweredProbe(host, port, in.number(Protocol.UNKNOWN, 0xff)));
    }
    List<Actor> some = new ArrayList<>();
    for (int left = in.number(ScanEvidence.MAX_ACTORS); left > 0; left--) {
      take(in, ACTOR_BYTES);
      some.add(new Actor(text(in), text(in), text(in)));
    }
    actors = List.copyOf(some);
  }

  private void take(SnapshotInput in, long bytes) throws NoRoom {
    in.pay(budget, bytes);
    PAID.getAndAdd(this, bytes);
  }

  private static @Nullable String text(SnapshotInput in) throws IOException {
    return in.flag() ? cut(in.paidText()) : null;
  }

  private List<AnsweredProbe> probes() {
    List<AnsweredProbe> probes = new ArrayList<>();
    for (int i = 0; i < ScanEvidence.MAX_ANSWERED; i++) {
      AnsweredProbe probe = answered.get(i);
      if (probe != null) {
        probes.add(probe);
      }
    }
    return probes;
  }

  /** Gives back what its entries took of the budget, for good. */
  void drop() {
    long before = (long) PAID.getAndSet(this, DROPPED);
    if (before != DROPPED) {
      budget.release(before);
    }
  }

  /**
   * What it holds now.
   *
   * @param complete whether every contact of the incident was noted here
   */
  ScanEvidence view(boolean complete) {
    Direction direction =
        !internal
            ? Direction.EXTERNAL
            : toOutside > toInside ? Direction.OUTBOUND : Direction.INTERNAL;
    return new ScanEvidence(
        direction,
        actors,
        probes(),
        truncated || !complete,
        network,
        new ProbeOrder(steps, ascending, samePort));
  }
}
