package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an incident's rules have said so far: what belongs to it, and what it is. Immutable. */
final class Shape {
  /** Groups that are told apart; with more of them, every group of the family belongs. */
  private static final int MAX_GROUPS = 256;

  /** From so many hosts and services on, failing contacts are a block. */
  private static final int BLOCK_SIDE = 3;

  /** The same where ordinary use is among the contacts. */
  private static final int BLOCK_SIDE_OF_ANY_USE = 6;

  /** More reasons than a policy has rules. */
  private static final int MAX_REASONS = 1_024;

  private static final List<Family> FAMILIES = List.of(Family.values());
  private static final List<ScanType> TYPES = List.of(ScanType.values());

  private static final int[] NO_GROUPS = {};

  /** Of an incident of which nothing is known. */
  static final Shape NONE =
      new Shape(Family.BOTH, ScanType.BLOCK, false, false, NO_GROUPS, NO_GROUPS, List.of());

  private final Family family;
  private final ScanType type;
  private final boolean decidedByExtent;
  private final boolean everything;
  private final int[] services;
  private final int[] hosts;
  private final List<Reason> reasons;

  private Shape(
      Family family,
      ScanType type,
      boolean decidedByExtent,
      boolean everything,
      int[] services,
      int[] hosts,
      List<Reason> reasons) {
    this.family = family;
    this.type = type;
    this.decidedByExtent = decidedByExtent;
    this.everything = everything;
    this.services = services;
    this.hosts = hosts;
    this.reasons = reasons;
  }

  /** The shape by the rule that opens an incident, speaking of a service or a host. */
  static Shape opening(CompiledRule rule, int group, Reason reason) {
    Family family = Family.of(rule.measure);
    return new Shape(family, rule.rule.type(), false, false, NO_GROUPS, NO_GROUPS, List.of())
        .joined(rule, group, reason);
  }

  /** The shape after one more rule has spoken of a service or a host. */
  Shape joined(CompiledRule rule, int group, Reason reason) {
    Family other = Family.of(rule.measure);
    boolean both = other == Family.BOTH;
    return new Shape(
        both ? Family.BOTH : family,
        both || type == ScanType.PING_SWEEP ? rule.rule.type() : type,
        decidedByExtent || (both && rule.rule.type() != ScanType.BLOCK),
        everything || (both && !rule.failedOnly),
        other == Family.HOSTS ? with(services, group) : services,
        other == Family.SERVICES ? with(hosts, group) : hosts,
        with(reasons, reason));
  }

  void write(SnapshotOutput out) throws IOException {
    out.putByte(FAMILIES.indexOf(family));
    out.putByte(TYPES.indexOf(type));
    out.putFlag(decidedByExtent);
    out.putFlag(everything);
    write(out, services);
    write(out, hosts);
    out.putInt(reasons.size());
    for (Reason reason : reasons) {
      out.putText(reason.rule());
      out.putLong(reason.count());
      out.putLong(reason.threshold());
      out.putLong(reason.windowSeconds());
    }
  }

  private static void write(SnapshotOutput out, int[] groups) throws IOException {
    out.putInt(groups.length);
    for (int group : groups) {
      out.putInt(group);
    }
  }

  static Shape read(SnapshotInput in) throws IOException {
    return new Shape(
        FAMILIES.get(in.number(FAMILIES.size() - 1)),
        TYPES.get(in.number(TYPES.size() - 1)),
        in.flag(),
        in.flag(),
        groups(in, Service.CODES),
        groups(in, 1 << AddressHash.HOST_BITS),
        reasons(in));
  }

  private static int[] groups(SnapshotInput in, int codes) throws IOException {
    int[] groups = new int[in.number(0, MAX_GROUPS)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = in.number(0, codes - 1);
    }
    return groups;
  }

  private static List<Reason> reasons(SnapshotInput in) throws IOException {
    int number = in.number(1, MAX_REASONS);
    List<Reason> reasons = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      String rule = in.text();
      long count = in.count();
      long threshold = in.count();
      SnapshotInput.check(threshold > 0, "a threshold is 0");
      reasons.add(new Reason(rule, count, threshold, in.count()));
    }
    return List.copyOf(reasons);
  }

  private static int[] with(int[] groups, int group) {
    if (groups.length == MAX_GROUPS || contains(groups, group)) {
      return groups;
    }
    int[] more = Arrays.copyOf(groups, groups.length + 1);
    more[groups.length] = group;
    return more;
  }

  /** A rule that speaks again takes its old place. */
  private static List<Reason> with(List<Reason> reasons, Reason reason) {
    List<Reason> more = new ArrayList<>(reasons);
    for (int i = 0; i < more.size(); i++) {
      if (more.get(i).rule().equals(reason.rule())) {
        more.set(i, reason);
        return List.copyOf(more);
      }
    }
    more.add(reason);
    return List.copyOf(more);
  }

  private static boolean contains(int[] groups, int group) {
    for (int known : groups) {
      if (known == group) {
        return true;
      }
    }
    return groups.length == MAX_GROUPS;
  }

  /** Whether it spreads over services or hosts that another did not. */
  boolean isWiderThan(Shape other) {
    return services.length > other.services.length || hosts.length > other.hosts.length;
  }

  Family family() {
    return family;
  }

  /** The rules that spoke, in that order. */
  List<Reason> reasons() {
    return reasons;
  }

  /** Whether a contact belongs to the scan. */
  boolean belongs(int host, int service, boolean failed) {
    return switch (family) {
      case BOTH -> everything || failed;
      case HOSTS -> contains(services, service);
      case SERVICES -> contains(hosts, host);
    };
  }

  /** Whether every contact of the source belongs to it, ordinary use included. */
  boolean everything() {
    return everything;
  }

  /** Whether answers may be no part of it, as far as its rules can tell. */
  boolean leavesOutAnswers() {
    return family == Family.BOTH && !everything;
  }

  /** Whether rules over the hosts of a service have nothing to add. */
  boolean coversService(int service) {
    return family == Family.BOTH || (family == Family.HOSTS && contains(services, service));
  }

  /** Whether rules over the services of a host have nothing to add. */
  boolean coversHost(int host) {
    return family == Family.BOTH || (family == Family.SERVICES && contains(hosts, host));
  }

  /** Whether another incident of the same family, with this group, would be a repeat. */
  boolean isRepeatedBy(CompiledRule rule, int group) {
    if (Family.of(rule.measure) != family) {
      return false;
    }
    return switch (family) {
      case HOSTS -> contains(services, group);
      case SERVICES -> contains(hosts, group);
      case BOTH -> true;
    };
  }

  /** What it is, given how far it extends. */
  ScanType type(long targets, long ports) {
    if (family == Family.HOSTS) {
      return typeOfServices();
    }
    if (!decidedByExtent) {
      return type;
    }
    if (Math.min(targets, ports) >= (everything ? BLOCK_SIDE_OF_ANY_USE : BLOCK_SIDE)) {
      return ScanType.BLOCK;
    }
    return targets >= ports ? ScanType.HORIZONTAL : ScanType.VERTICAL;
  }

  /**
   * What asking many hosts for these services is. Pings with the web's ports among them are how
   * nmap looks for hosts unless told otherwise; several more ports on the same scale are a block.
   */
  private ScanType typeOfServices() {
    int pings = 0;
    int discovery = 0;
    for (int service : services) {
      if (Protocol.isIcmp(Service.protocol(service))) {
        pings++;
      } else if (service == Service.HTTP || service == Service.HTTPS) {
        discovery++;
      }
    }
    int ports = services.length - pings;
    if (pings > 0 && ports == discovery) {
      return ScanType.PING_SWEEP;
    }
    return ports >= BLOCK_SIDE ? ScanType.BLOCK : type;
  }
}
