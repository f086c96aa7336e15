package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.Dimension;
import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a source with more contacts than the exact store holds: distinct hosts, services
 * and pairs over all that it touches, hosts on each of up to 64 services, and services on each of
 * up to 64 hosts, each as far as some rule counts them. Thread-safe; lock-free; reads are relaxed:
 * no snapshot. Allocates on growth only, and when a service or a host gets a group.
 *
 * <p>Where the budget has no room, or a group no place, counts say too little.
 *
 * <p>To count: read the {@link #slack} of a scope, ask for the counts of its rules, and renew the
 * slack with the least of their distances. A touch is in its views before it spends, so either the
 * count has it, or the renewal fails and the slack stays spent.
 */
final class DenseProfile {
  /** Scopes: the rules over the hosts on one service. */
  static final int SERVICE = 1;

  /** The rules over the services on one host. */
  static final int HOST = 2;

  /** The rules over pairs and hosts, wherever. */
  static final int WHOLE = 4;

  /** No service or host. */
  static final int NONE = -1;

  /** The distance of a rule that nothing in a scope can make speak. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final long OBJECT_BYTES = 40;
  private static final long ARRAY_BYTES = 16;

  /** The items of all contacts that one choice of rules counts. */
  private static final class Whole {
    static final long BYTES = 24;

    final DistinctItems hosts = new DistinctItems(true);
    final DistinctItems services = new DistinctItems(false);
    final @Nullable DistinctItems pairs;

    Whole(boolean hasPairs) {
      pairs = hasPairs ? new DistinctItems(true) : null;
    }
  }

  private final DensePlan plan;
  private final ByteBudget budget;
  private final GroupTable services;
  private final GroupTable hosts;
  private final Whole[] wholes;
  private final SharedSlack wholeSlack = new SharedSlack();
  private final DistinctItems answered = new DistinctItems(true);

  /**
   * An empty profile.
   *
   * @param plan what is to be kept
   * @param budget pays for growth; the profile's own {@link #bytes} have been reserved by the
   *     caller
   */
  DenseProfile(DensePlan plan, ByteBudget budget) {
    this.plan = plan;
    this.budget = budget;
    services = new GroupTable(DensePlan.ofService(), true, budget);
    hosts = new GroupTable(plan.allOfHost().length, false, budget);
    wholes = new Whole[plan.wholes()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = new Whole(plan.hasPairs(i));
    }
  }

  /** What an empty profile takes of a budget: its maker reserves it, {@link #drop} releases it. */
  static long bytes(DensePlan plan) {
    long bytes = OBJECT_BYTES + SharedSlack.BYTES + 2 * GroupTable.BYTES + DistinctItems.BYTES;
    bytes += (ARRAY_BYTES + (long) Integer.BYTES * plan.wholes() + 7) & -8;
    for (int i = 0; i < plan.wholes(); i++) {
      bytes += Whole.BYTES + (plan.hasPairs(i) ? 3 : 2) * DistinctItems.BYTES;
    }
    return bytes;
  }

  /**
   * How many novel touches it takes, at the least, to bring a count to a threshold.
   *
   * @param threshold the threshold
   * @param count the count
   * @param exact whether it is exact. A novel touch of a matrix of {@value CouponMatrix#ROWS} rows
   *     raises an estimate by more than one: by a 370th of it on the average; reckoned with is a
   *     128th
   * @return 1 or more
   */
  static int distance(long threshold, long count, boolean exact) {
    long distance = threshold - count;
    if (!exact && 2 * threshold > CouponMatrix.ROWS) {
      distance = (long) ((double) distance * CouponMatrix.ROWS / (2.0 * threshold));
    }
    return (int) Math.max(1, Math.min(distance, NEVER));
  }

  /**
   * Notes a contact.
   *
   * @param contactKey see {@link ContactKey}
   * @param stamp when it was
   * @param now the time that ages are relative to
   * @param fresh the shortest window, in ticks, that any rule counts now: a contact of less age
   *     raises no count
   * @return the scopes whose rules must be counted again, because their slack is spent: {@link
   *     #SERVICE}, {@link #HOST} and {@link #WHOLE}
   */
  int touch(long contactKey, int stamp, int now, int fresh) {
    int host = ContactKey.host(contactKey);
    int service = ContactKey.service(contactKey);
    boolean failed = ContactKey.failed(contactKey);
    int hostCoupon = CouponMatrix.coupon(host);
    int serviceCoupon = CouponMatrix.coupon(service);
    long pair = ContactKey.pair(contactKey);
    int pairCoupon = CouponMatrix.coupon(pair);
    if (ContactKey.answered(contactKey)) {
      answered.touch(host, hostCoupon, stamp, now, budget);
    }
    boolean counted = false;
    boolean novel = false;
    for (int view : plan.wholeViews(service, failed)) {
      Whole whole = wholes[view];
      boolean isNew = whole.hosts.touch(host, hostCoupon, stamp, now, budget) >= fresh;
      isNew |= whole.services.touch(service, serviceCoupon, stamp, now, budget) >= fresh;
      if (whole.pairs != null) {
        isNew |= whole.pairs.touch(pair, pairCoupon, stamp, now, budget) >= fresh;
      }
      if (plan.counted(view)) {
        counted = true;
        novel |= isNew;
      }
    }
    int spent = counted && wholeSlack.note(novel) ? WHOLE : 0;
    int[] views = plan.serviceViews(service, failed);
    if (views.length > 0) {
      DenseGroup group = services.claim(service, plan.allOfService(service));
      if (group != null) {
        novel = group.touch(views, host, hostCoupon, stamp, now, fresh, budget);
        spent |= note(services, group, novel) ? SERVICE : 0;
      }
    }
    views = plan.hostViews(service, failed);
    if (views.length > 0) {
      DenseGroup group = hosts.claim(host, plan.allOfHost());
      if (group != null) {
        novel = group.touch(views, service, serviceCoupon, stamp, now, fresh, budget);
        spent |= note(hosts, group, novel) ? HOST : 0;
      }
    }
    return spent;
  }

  private static boolean note(GroupTable table, DenseGroup group, boolean novel) {
    if (novel) {
      table.strengthen(group);
    }
    return group.slack.note(novel);
  }

  /**
   * How many hosts a rule counts on a service.
   *
   * @param rule one over hosts on a service
   * @param service the service
   * @param now the end of the window
   * @param limit its length in ticks, up to {@link Tick#HORIZON}
   * @return the count, 0 if the rule does not count such services, or strangers are too small a
   *     share. Of more hosts than are kept one by one, those that have answered are told by their
   *     cells in a matrix, so that some strangers are taken for known: the count says too little.
   *     Which of so many are dark is not known: of a rule over these, 0
   */
  long onService(CompiledRule rule, int service, int now, int limit) {
    if (rule.darkOnly) {
      return 0;
    }
    DistinctItems counted = hostsOn(rule, service);
    if (counted == null || limit <= 0 || rule.strangerPercent == 0) {
      return count(counted, now, limit);
    }
    long strangers = Math.round(counted.countWithout(answered, now, limit));
    long asked = count(hostsAskedOn(service), now, limit);
    return strangers * 100 >= asked * rule.strangerPercent ? strangers : 0;
  }

  /** All hosts that were asked for a service, as far as any rule counts them. */
  private @Nullable DistinctItems hostsAskedOn(int service) {
    DenseGroup group = services.find(service);
    return group == null ? null : group.view(DensePlan.ofAll());
  }

  /**
   * How many services a rule counts on a host.
   *
   * @param rule one over services on a host
   * @param host the host's code
   * @param now the end of the window
   * @param limit its length in ticks, up to {@link Tick#HORIZON}
   * @return the count, 0 where the rule's minimum is not met
   */
  long onHost(CompiledRule rule, int host, int now, int limit) {
    DenseGroup group = hosts.find(host);
    return group == null ? 0 : onHost(rule, group, now, limit);
  }

  private long onHost(CompiledRule rule, DenseGroup group, int now, int limit) {
    int minimum = rule.rule.minimumPrivileged();
    if (minimum > 0 && count(services(rule, group, true), now, limit) < minimum) {
      return 0;
    }
    return count(services(rule, group, false), now, limit);
  }

  /**
   * What a rule over pairs or hosts counts.
   *
   * @param rule the rule
   * @param now the end of the window
   * @param limit its length in ticks, up to {@link Tick#HORIZON}
   * @return the count, 0 where the rule's minima are not met, or if it counts connections
   */
  long whole(CompiledRule rule, int now, int limit) {
    if (misses(services(rule), rule.rule.minimumServices(), now, limit)
        || misses(hosts(rule), rule.rule.minimumHosts(), now, limit)) {
      return 0;
    }
    long count = count(measured(rule), now, limit);
    return rule.block && 2 * mostOnOneHost(rule, now, limit) > count ? 0 : count;
  }

  /** What a rule over pairs or hosts counts, minima left out; 0 if it counts connections. */
  long plain(CompiledRule rule, int now, int limit) {
    return count(measured(rule), now, limit);
  }

  /** The most pairs that a rule over pairs counts on one host, of those that have a group. */
  long mostOnOneHost(CompiledRule rule, int now, int limit) {
    int view = plan.onHost(rule, false);
    long most = 0;
    for (int place = 0; place < GroupTable.PLACES; place++) {
      DenseGroup group = hosts.at(place);
      most = group == null ? most : Math.max(most, count(group.view(view), now, limit));
    }
    return most;
  }

  /** How many novel touches of a service's group a rule is from speaking; 1 or more. */
  int distanceOnService(CompiledRule rule, int service, int now, int limit, boolean internal) {
    return rule.darkOnly
        ? NEVER
        : distance(hostsOn(rule, service), rule.threshold(internal), now, limit);
  }

  /** How many novel touches of a host's group a rule is from speaking, minimum and all. */
  int distanceOnHost(CompiledRule rule, int host, int now, int limit, boolean internal) {
    int distance = distance(servicesOn(rule, host), rule.threshold(internal), now, limit);
    int minimum = rule.rule.minimumPrivileged();
    DenseGroup group = minimum > 0 ? hosts.find(host) : null;
    return group == null
        ? distance
        : Math.max(distance, distance(services(rule, group, true), minimum, now, limit));
  }

  private static boolean misses(@Nullable DistinctItems items, int minimum, int now, int limit) {
    return minimum > 0 && count(items, now, limit) < minimum;
  }

  /**
   * How many novel touches a rule over pairs or hosts is from speaking, minima and all; 0 if any
   * touch may find it speaking. Where a minimum is missed, nothing is estimated: that would cost
   * more than a longer distance saves.
   */
  int distanceOfWhole(CompiledRule rule, int now, int limit, boolean internal) {
    DistinctItems measured = measured(rule);
    if (measured == null) {
      return NEVER;
    }
    int missing = missing(services(rule), rule.rule.minimumServices(), now, limit, 0);
    missing = missing(hosts(rule), rule.rule.minimumHosts(), now, limit, missing);
    if (missing > 0 && !measured.exact()) {
      return missing;
    }
    if (missing == 0 && isHeldByOneHost(rule, count(measured, now, limit), now, limit, internal)) {
      return 0;
    }
    return Math.max(missing, distance(measured, rule.threshold(internal), now, limit));
  }

  /** Whether only one host's share keeps a rule from speaking: that may end as time goes on. */
  private boolean isHeldByOneHost(
      CompiledRule rule, long count, int now, int limit, boolean internal) {
    return rule.block
        && count >= rule.threshold(internal)
        && 2 * mostOnOneHost(rule, now, limit) > count;
  }

  /** What is missing at a minimum, or what is known to miss already if that takes no estimate. */
  private static int missing(
      @Nullable DistinctItems items, int minimum, int now, int limit, int known) {
    boolean spared = known > 0 && items != null && !items.exact();
    return minimum > 0 && !spared && count(items, now, limit) < minimum
        ? Math.max(known, distance(items, minimum, now, limit))
        : known;
  }

  private static int distance(@Nullable DistinctItems items, int threshold, int now, int limit) {
    if (items == null) {
      return NEVER;
    }
    // If a promotion comes in between, the state of the slack tells: the touch that did it spends.
    boolean exact = items.exact();
    return distance(threshold, count(items, now, limit), exact);
  }

  /** How many items there are in a window; 0 of none. */
  static long count(@Nullable DistinctItems items, int now, int limit) {
    return items == null || limit <= 0 ? 0 : Math.round(items.count(now, limit));
  }

  /**
   * The state of a scope's slack, to be read before counting.
   *
   * @param scope {@link #SERVICE}, {@link #HOST} or {@link #WHOLE}
   * @param id the service, or the host's code
   */
  long slack(int scope, int id) {
    SharedSlack slack = slackOf(scope, id);
    return slack == null ? 0 : slack.state();
  }

  /**
   * Sets a scope's slack, unless it was spent or voided meanwhile.
   *
   * @param scope {@link #SERVICE}, {@link #HOST} or {@link #WHOLE}
   * @param id the service, or the host's code
   * @param before the {@link #slack} before counting
   * @param distance how many novel touches the nearest rule is from speaking
   * @return whether it was set
   */
  boolean renewSlack(int scope, int id, long before, int distance) {
    SharedSlack slack = slackOf(scope, id);
    return slack != null && slack.renew(before, distance);
  }

  private @Nullable SharedSlack slackOf(int scope, int id) {
    if (scope == WHOLE) {
      return wholeSlack;
    }
    DenseGroup group = (scope == SERVICE ? services : hosts).find(id);
    return group == null ? null : group.slack;
  }

  /** Takes all slack: the next touch of each scope has it counted again. */
  void voidSlack() {
    wholeSlack.voidNow();
    services.voidSlack();
    hosts.voidSlack();
  }

  /** The hosts on a service that a rule counts; null if there is no such view. */
  @Nullable DistinctItems hostsOn(CompiledRule rule, int service) {
    if (!rule.counts(plan.rules().group(service))) {
      return null;
    }
    DenseGroup group = services.find(service);
    return group == null ? null : group.view(DensePlan.onService(rule));
  }

  /** The services on a host that a rule counts; null if there is no such view. */
  @Nullable DistinctItems servicesOn(CompiledRule rule, int host) {
    DenseGroup group = hosts.find(host);
    return group == null ? null : services(rule, group, false);
  }

  private @Nullable DistinctItems services(
      CompiledRule rule, DenseGroup group, boolean privileged) {
    int view = plan.onHost(rule, privileged);
    return view == NONE ? null : group.view(view);
  }

  /** All hosts of the contacts that a rule counts; null if there is no such view. */
  @Nullable DistinctItems hosts(CompiledRule rule) {
    int view = plan.whole(rule);
    return view == NONE ? null : wholes[view].hosts;
  }

  /** All services of the contacts that a rule counts; null if there is no such view. */
  @Nullable DistinctItems services(CompiledRule rule) {
    int view = plan.whole(rule);
    return view == NONE ? null : wholes[view].services;
  }

  private @Nullable DistinctItems measured(CompiledRule rule) {
    int view = plan.whole(rule);
    if (view == NONE) {
      return null;
    }
    return switch (rule.measure) {
      case PAIRS -> wholes[view].pairs;
      case HOSTS -> wholes[view].hosts;
      case CONNECTIONS, HOSTS_ON_SERVICE, SERVICES_ON_HOST -> null;
    };
  }

  /** Everything that the source touches, or where it fails, in one dimension. */
  DistinctItems view(Dimension dimension, boolean failedOnly) {
    Whole whole = wholes[DensePlan.exported(failedOnly)];
    return switch (dimension) {
      case HOSTS -> whole.hosts;
      case SERVICES -> whole.services;
      case PAIRS -> Objects.requireNonNull(whole.pairs);
    };
  }

  /** The services that have a group. */
  int[] services() {
    return services.ids();
  }

  /** The codes of the hosts that have a group. */
  int[] hosts() {
    return hosts.ids();
  }

  /** The service where a rule counts most, or {@link #NONE} if it counts nothing. */
  int busiestService(CompiledRule rule, int now, int limit) {
    long most = 0;
    int busiest = NONE;
    for (int place = 0; place < GroupTable.PLACES; place++) {
      DenseGroup group = services.at(place);
      if (group != null && rule.counts(plan.rules().group(group.id))) {
        long count = count(group.view(DensePlan.onService(rule)), now, limit);
        if (count > most) {
          most = count;
          busiest = group.id;
        }
      }
    }
    return busiest;
  }

  /**
   * The code of the host where a rule counts most, of those that meet its minimum if any does; or
   * {@link #NONE} if it counts nothing.
   */
  int busiestHost(CompiledRule rule, int now, int limit) {
    long most = 0;
    long mostPlain = 0;
    int busiest = NONE;
    int busiestPlain = NONE;
    for (int place = 0; place < GroupTable.PLACES; place++) {
      DenseGroup group = hosts.at(place);
      if (group != null) {
        long count = onHost(rule, group, now, limit);
        long plain = count > 0 ? count : count(services(rule, group, false), now, limit);
        if (count > most) {
          most = count;
          busiest = group.id;
        }
        if (plain > mostPlain) {
          mostPlain = plain;
          busiestPlain = group.id;
        }
      }
    }
    return busiest == NONE ? busiestPlain : busiest;
  }

  /** How many services with a port below 1024 a rule with a minimum of them counts on a host. */
  long privileged(CompiledRule rule, int host, int now, int limit) {
    DenseGroup group = hosts.find(host);
    return group == null ? 0 : count(services(rule, group, true), now, limit);
  }

  void write(SnapshotOutput out) throws IOException {
    for (Whole whole : wholes) {
      whole.hosts.write(out);
      whole.services.write(out);
      if (whole.pairs != null) {
        whole.pairs.write(out);
      }
    }
    answered.write(out);
    wholeSlack.write(out);
    services.write(out);
    hosts.write(out);
  }

  /** Reads a profile of the same plan that is empty yet. */
  void read(SnapshotInput in) throws IOException, NoRoom {
    for (Whole whole : wholes) {
      whole.hosts.read(in, budget);
      whole.services.read(in, budget);
      if (whole.pairs != null) {
        whole.pairs.read(in, budget);
      }
    }
    answered.read(in, budget);
    wholeSlack.read(in);
    services.read(in, Service.CODES, plan::allOfService);
    hosts.read(in, 1 << AddressHash.HOST_BITS, host -> plan.allOfHost());
  }

  /** Marks what has left the horizon; to be called at least every 8,192 ticks. */
  void sweep(int now) {
    for (Whole whole : wholes) {
      whole.hosts.sweep(now);
      whole.services.sweep(now);
      if (whole.pairs != null) {
        whole.pairs.sweep(now);
      }
    }
    answered.sweep(now);
    services.sweep(now);
    hosts.sweep(now);
  }

  /**
   * Gives all that it holds back to the budget, its own {@link #bytes} included: touches that come
   * too late take nothing more. To be called once, by the thread that took it out of reach.
   */
  void drop() {
    for (Whole whole : wholes) {
      whole.hosts.drop(budget);
      whole.services.drop(budget);
      if (whole.pairs != null) {
        whole.pairs.drop(budget);
      }
    }
    answered.drop(budget);
    services.drop();
    hosts.drop();
    budget.release(bytes(plan));
  }
}
