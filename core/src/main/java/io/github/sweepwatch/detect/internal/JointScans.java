package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.ConnectionEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Scans that several sources share out among them, each below every limit for one source. Contacts
 * come here by service and by host once a source has failed on it three times; what is kept of each
 * is a {@link SharedTarget}. A bounded number of services and hosts has one; where there is no
 * place, the one that was quiet longest goes.
 *
 * <p>Thread-safe; lock-free.
 */
final class JointScans {
  /** From so many failures on one service or one host on, a source's contacts come here. */
  private static final int FAILURES = 3;

  /** And for each that answered it there must be so many that did not. */
  private static final int FAILURES_TO_ANSWERS = 4;

  private static final int WAYS = 4;
  private static final int MAX_PLACES = 1_024;

  /** The part of the budget that may be spent on places. */
  private static final int SHARE = 16;

  private final List<JointRule> rules;
  private final List<CompiledRule> compiled;
  private final AtomicReferenceArray<@Nullable SharedTarget> places;

  /**
   * Nothing yet.
   *
   * @param policy its joint rules
   * @param budget pays, at once, for all that may be kept
   */
  JointScans(DetectionPolicy policy, ByteBudget budget) {
    rules = policy.jointRules();
    compiled = rules.stream().map(JointScans::compile).toList();
    long number = budget.limit() / SHARE / SharedTarget.BYTES;
    number = rules.isEmpty() ? 0 : Math.max(WAYS, Math.min(MAX_PLACES, number));
    places = new AtomicReferenceArray<>((int) number);
    if (!budget.reserve(number * SharedTarget.BYTES)) {
      throw new IllegalStateException("no room in an empty budget");
    }
  }

  /** The rule as an incident's shape knows rules. */
  private static CompiledRule compile(JointRule rule) {
    Measure measure =
        rule.type() == ScanType.DISTRIBUTED_HORIZONTAL
            ? Measure.HOSTS_ON_SERVICE
            : Measure.SERVICES_ON_HOST;
    return new CompiledRule(
        new CountRule(
            rule.name(),
            rule.type(),
            measure,
            true,
            rule.services(),
            rule.windowSeconds(),
            rule.externalThreshold(),
            rule.internalThreshold(),
            0,
            0,
            0,
            0,
            false));
  }

  /** How many rules there are; one of them is named by its number. */
  int rules() {
    return compiled.size();
  }

  JointRule rule(int number) {
    return rules.get(number);
  }

  CompiledRule compiled(int number) {
    return compiled.get(number);
  }

  /** The service or host that a rule groups a contact by. */
  int group(int rule, long contact) {
    return rule(rule).type() == ScanType.DISTRIBUTED_HORIZONTAL
        ? ContactKey.service(contact)
        : ContactKey.host(contact);
  }

  /**
   * Whether a source has failed so often on what a rule groups by that it counts there.
   *
   * @param rule the rule's number
   * @param contact the contact that the group is taken from
   * @param words the source's contacts, key << 16 | stamp
   * @param number how many
   */
  boolean failsOften(int rule, long contact, long[] words, int number) {
    int group = group(rule, contact);
    int failures = 0;
    int answers = 0;
    for (int i = 0; i < number; i++) {
      long each = words[i] >>> ContactKey.STAMP_BITS;
      if (group(rule, each) == group) {
        failures += ContactKey.failed(each) ? 1 : 0;
        answers += ContactKey.answered(each) ? 1 : 0;
      }
    }
    return failures >= FAILURES && failures >= FAILURES_TO_ANSWERS * answers;
  }

  /**
   * What is kept of a service or a host.
   *
   * @param rule the rule's number
   * @param group the service or host
   * @param internal the side of the sources: those inside and outside are told apart
   * @return it, or null where nothing is
   */
  @Nullable SharedTarget find(int rule, int group, boolean internal) {
    long key = key(rule, group, internal);
    for (int way = 0; way < WAYS; way++) {
      SharedTarget there = places.get(place(key, way));
      if (there != null && there.key() == key) {
        return there;
      }
    }
    return null;
  }

  /**
   * Notes a contact.
   *
   * @param tick when it came
   * @param seen the same, as far as that is credible
   * @return what is kept of its service or host, or null if nothing can be
   */
  @Nullable SharedTarget note(
      int rule, ConnectionEvent event, long contact, boolean internal, long tick, long seen) {
    int group = group(rule, contact);
    SharedTarget target = find(rule, group, internal);
    if (target == null) {
      target = make(key(rule, group, internal));
    }
    if (target != null) {
      target.add(event, contact, tick, seen);
    }
    return target;
  }

  /** A contact that has been noted is reported by another sensor: open incidents list it. */
  void noteSensor(ConnectionEvent event, long contact, boolean internal) {
    for (int rule = 0; rule < rules(); rule++) {
      SharedTarget target = find(rule, group(rule, contact), internal);
      Incident incident = target == null ? null : target.incident();
      if (incident != null && incident.isOpen() && incident.names(event.source())) {
        incident.noteSensor(event);
      }
    }
  }

  private @Nullable SharedTarget make(long key) {
    int quietest = place(key, 0);
    long least = Long.MAX_VALUE;
    for (int way = 0; way < WAYS; way++) {
      int place = place(key, way);
      SharedTarget there = places.get(place);
      long latest = there == null ? Long.MIN_VALUE : there.latestTick();
      boolean isOpen = there != null && there.incident() != null && there.incident().isOpen();
      if (!isOpen && latest < least) {
        least = latest;
        quietest = place;
      }
    }
    if (least == Long.MAX_VALUE) {
      return null;
    }
    SharedTarget before = places.get(quietest);
    SharedTarget fresh = new SharedTarget(key);
    return places.compareAndSet(quietest, before, fresh) ? fresh : null;
  }

  /** How many places there are. */
  int places() {
    return places.length();
  }

  /** What is kept in a place, or null. */
  @Nullable SharedTarget at(int place) {
    return places.get(place);
  }

  /** Puts into a place what a snapshot had there. */
  void put(int place, SharedTarget target) {
    places.set(place, target);
  }

  private static long key(int rule, int group, boolean internal) {
    return ((long) rule << 32 | group) << 1 | (internal ? 1 : 0);
  }

  private int place(long key, int way) {
    // Host codes are secret hashes; services are few.
    long spread = key * 0x9e3779b97f4a7c15L;
    return (int) Math.floorMod((spread >>> 20) + way, (long) places.length());
  }
}
