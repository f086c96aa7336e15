package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule.Measure;
import java.util.Arrays;

/**
 * Counts a source's contacts for all rules at once: sorted by service and by host, so that distinct
 * hosts and services are runs. Where the plain size of a group already keeps a rule from being half
 * way to its threshold, that bound is taken and nothing is counted.
 *
 * <p>Holds the working memory of one recount. Not thread-safe; allocates nothing.
 */
final class Recount {
  /** How many contacts it can take. */
  static final int CAPACITY = ContactTable.CONTACTS + ContactBlock.MAX_ENTRIES;

  private static final int PRIVILEGED = 1024;
  private static final int KINDS = CompiledRule.KINDS.size();
  private static final int STAMP_MASK = 0xffff;
  private static final int HOST_SHIFT = Integer.SIZE - AddressHash.HOST_BITS;
  private static final int HOST_MASK = (1 << AddressHash.HOST_BITS) - 1;

  private final RuleBook rules;
  private final KnownServices known;
  private final Slack slack = new Slack();
  // As gathered: key << 16 | stamp. Then byHost: host, service, outcome, age; byService: service,
  // host, outcome, age.
  private final long[] words = new long[CAPACITY];
  private final long[] later = new long[CAPACITY];
  private final long[] byHost = new long[CAPACITY];
  private final long[] byService = new long[CAPACITY];
  private final int[] sizes = new int[KINDS];
  private final int[] failures = new int[KINDS];
  private final int[] groupSizes = new int[KINDS];
  private final int[] groupFailures = new int[KINDS];
  private int gathered;
  private int size;
  private long latest;
  private boolean near;

  Recount(RuleBook rules, KnownServices known) {
    this.rules = rules;
    this.known = known;
  }

  /** Where contacts are gathered. */
  long[] words() {
    return words;
  }

  /** Where contacts are gathered again, and room for others' lists. */
  long[] later() {
    return later;
  }

  /** Whether a number of contacts, gathered again, are those that were taken. */
  boolean isStill(int number) {
    return number == gathered && Arrays.equals(words, 0, number, later, 0, number);
  }

  /**
   * Takes the contacts that were gathered.
   *
   * @param number how many
   * @param latestTick the end of all windows
   */
  void take(int number, long latestTick) {
    int now = Tick.stamp(latestTick);
    latest = latestTick;
    gathered = number;
    size = 0;
    for (int i = 0; i < number; i++) {
      long key = words[i] >>> ContactKey.STAMP_BITS;
      int age = Tick.age(now, (int) words[i] & STAMP_MASK);
      if (age < Tick.HORIZON) {
        byHost[size] = key << ContactKey.STAMP_BITS | age;
        byService[size] =
            (long) ContactKey.service(key) << 46
                | (long) ContactKey.host(key) << 18
                | (key & 3) << ContactKey.STAMP_BITS
                | age;
        size++;
      }
    }
    Arrays.sort(byHost, 0, size);
    Arrays.sort(byService, 0, size);
  }

  /**
   * How far every rule over contacts is from speaking, or from half its threshold if that comes
   * first; the covered ones left out.
   */
  Slack measure(Covered covered, boolean internal) {
    slack.reset();
    near = false;
    if (!covered.everything()) {
      measureServices(covered, internal);
      measureHosts(covered, internal);
      for (CompiledRule rule : rules.whole()) {
        if (rule.measure != Measure.CONNECTIONS) {
          note(rule, internal, wholeCount(rule, covered), wholeShort(rule, covered));
        }
      }
    }
    return slack;
  }

  /** Whether the last measurement found a rule half way to its threshold. */
  boolean near() {
    return near;
  }

  private void note(CompiledRule rule, boolean internal, long count, long shortOfMinima) {
    int threshold = rule.threshold(internal);
    long distance = Math.max(threshold - count, shortOfMinima);
    if (count * 2 < threshold) {
      // Half way there, a dossier is begun.
      distance = Math.min(distance, (threshold + 1) / 2 - count);
    } else {
      near = true;
    }
    slack.note(rule.slackKind, distance);
  }

  private void measureServices(Covered covered, boolean internal) {
    Arrays.fill(sizes, 0);
    Arrays.fill(failures, 0);
    for (int from = 0; from < size; ) {
      int to = endOfService(from);
      int service = serviceAt(from);
      if (!covered.service(service)) {
        int kind = Integer.numberOfTrailingZeros(rules.group(service));
        sizes[kind] = Math.max(sizes[kind], to - from);
        failures[kind] = Math.max(failures[kind], failures(byService, from, to));
      }
      from = to;
    }
    for (CompiledRule rule : rules.onService()) {
      int most = 0;
      for (int kind = 0; kind < KINDS; kind++) {
        if (rule.counts(1 << kind)) {
          most = Math.max(most, rule.failedOnly ? failures[kind] : sizes[kind]);
        }
      }
      if (most * 2L >= rule.threshold(internal)) {
        most = mostHosts(rule, covered);
      }
      note(rule, internal, most, 0);
    }
  }

  private int mostHosts(CompiledRule rule, Covered covered) {
    int most = 0;
    for (int from = 0; from < size; ) {
      int to = endOfService(from);
      int service = serviceAt(from);
      if (to - from > most && rule.counts(rules.group(service)) && !covered.service(service)) {
        most = Math.max(most, hosts(from, to, rule, limit(rule, covered)));
      }
      from = to;
    }
    return most;
  }

  private void measureHosts(Covered covered, boolean internal) {
    Arrays.fill(sizes, 0);
    Arrays.fill(failures, 0);
    for (int from = 0; from < size; ) {
      int to = endOfHost(from);
      if (!covered.host(hostAt(from))) {
        countKinds(from, to);
      }
      from = to;
    }
    for (CompiledRule rule : rules.onHost()) {
      int most = 0;
      for (int kind = 0; kind < KINDS; kind++) {
        if (rule.counts(1 << kind)) {
          most += rule.failedOnly ? failures[kind] : sizes[kind];
        }
      }
      long shortOfMinima = 0;
      if (most * 2L >= rule.threshold(internal)) {
        long best = Long.MAX_VALUE;
        most = 0;
        int limit = limit(rule, covered);
        for (int from = 0; from < size; ) {
          int to = endOfHost(from);
          if (!covered.host(hostAt(from))) {
            int count = services(from, to, rule, limit, Service.CODES);
            int minimum = rule.rule.minimumPrivileged();
            int lacking = minimum - services(from, to, rule, limit, PRIVILEGED);
            best = Math.min(best, Math.max(rule.threshold(internal) - count, lacking));
            most = Math.max(most, count);
          }
          from = to;
        }
        shortOfMinima = best == Long.MAX_VALUE ? 0 : best;
      }
      note(rule, internal, most, shortOfMinima);
    }
  }

  private void countKinds(int from, int to) {
    Arrays.fill(groupSizes, 0);
    Arrays.fill(groupFailures, 0);
    for (int i = from; i < to; i++) {
      long key = byHost[i] >>> ContactKey.STAMP_BITS;
      int kind = Integer.numberOfTrailingZeros(rules.group(ContactKey.service(key)));
      groupSizes[kind]++;
      groupFailures[kind] += ContactKey.failed(key) ? 1 : 0;
    }
    for (int kind = 0; kind < KINDS; kind++) {
      sizes[kind] = Math.max(sizes[kind], groupSizes[kind]);
      failures[kind] = Math.max(failures[kind], groupFailures[kind]);
    }
  }

  /** What a rule counts on one service. */
  int onService(CompiledRule rule, int service, Covered covered) {
    for (int from = 0; from < size; from = endOfService(from)) {
      if (serviceAt(from) == service) {
        int limit = limit(rule, covered);
        int to = endOfService(from);
        if (!rule.counts(rules.group(service))) {
          return 0;
        }
        return rule.strangerPercent == 0
            ? hosts(from, to, rule, limit)
            : strangers(from, to, rule, limit);
      }
    }
    return 0;
  }

  /**
   * The hosts of a service that never answered, of them only dark ones where the rule says so, or 0
   * where strangers are too small a share.
   */
  private int strangers(int from, int to, CompiledRule rule, int limit) {
    int asked = 0;
    int strangers = 0;
    int counted = 0;
    long lastAsked = -1;
    long lastCounted = -1;
    for (int i = from; i < to; i++) {
      long word = byService[i];
      long host = word >>> 18;
      if ((word & STAMP_MASK) >= limit) {
        continue;
      }
      asked += host == lastAsked ? 0 : 1;
      lastAsked = host;
      if (host != lastCounted && (!rule.failedOnly || failed(word))) {
        lastCounted = host;
        int code = (int) host & HOST_MASK;
        if (!hasAnswered(code)) {
          strangers++;
          counted += !rule.darkOnly || known.isDark(code) ? 1 : 0;
        }
      }
    }
    return strangers * 100L >= (long) asked * rule.strangerPercent ? counted : 0;
  }

  private boolean hasAnswered(int host) {
    // Words are sorted with their sign, which is the host's highest bit.
    int sought = host << HOST_SHIFT;
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hostAt(middle) << HOST_SHIFT < sought) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < size && hostAt(i) == host; i++) {
      if (ContactKey.answered(byHost[i] >>> ContactKey.STAMP_BITS)) {
        return true;
      }
    }
    return false;
  }

  /** What a rule counts on one host; 0 where its minima are not met. */
  int onHost(CompiledRule rule, int host, Covered covered) {
    int limit = limit(rule, covered);
    for (int from = 0; from < size; from = endOfHost(from)) {
      if (hostAt(from) == host) {
        int to = endOfHost(from);
        int privileged = services(from, to, rule, limit, PRIVILEGED);
        return privileged >= rule.rule.minimumPrivileged()
            ? services(from, to, rule, limit, Service.CODES)
            : 0;
      }
    }
    return 0;
  }

  /** What a rule over all contacts counts; 0 where its minima are not met. */
  int whole(CompiledRule rule, Covered covered) {
    return wholeShort(rule, covered) > 0 || (rule.block && isOneHosts(rule, covered))
        ? 0
        : wholeCount(rule, covered);
  }

  /** What a rule over contacts counts, on a service or on a host if it counts there. */
  int count(CompiledRule rule, int group, Covered covered) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> onService(rule, group, covered);
      case SERVICES_ON_HOST -> onHost(rule, group, covered);
      case PAIRS, HOSTS, CONNECTIONS -> whole(rule, covered);
    };
  }

  /**
   * Where a rule counts most, known hosts, minima and incidents left out: the count, shifted by 32
   * bits, and the service or host, or 0 for rules over all contacts. Of rules over connections, 0.
   */
  long busiest(CompiledRule rule, Covered covered) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> busiestService(rule, covered);
      case SERVICES_ON_HOST -> busiestHost(rule, covered);
      case PAIRS, HOSTS -> (long) wholeCount(rule, covered) << Integer.SIZE;
      case CONNECTIONS -> 0;
    };
  }

  private long busiestService(CompiledRule rule, Covered covered) {
    int limit = limit(rule, covered);
    long busiest = 0;
    for (int from = 0; from < size; from = endOfService(from)) {
      int service = serviceAt(from);
      if (rule.counts(rules.group(service))) {
        long count = hosts(from, endOfService(from), rule, limit);
        busiest = count > busiest >>> Integer.SIZE ? count << Integer.SIZE | service : busiest;
      }
    }
    return busiest;
  }

  private long busiestHost(CompiledRule rule, Covered covered) {
    int limit = limit(rule, covered);
    long busiest = 0;
    for (int from = 0; from < size; from = endOfHost(from)) {
      long count = services(from, endOfHost(from), rule, limit, Service.CODES);
      busiest = count > busiest >>> Integer.SIZE ? count << Integer.SIZE | hostAt(from) : busiest;
    }
    return busiest;
  }

  /** How many services with a port below 1024 a rule counts on one host. */
  int privileged(CompiledRule rule, int host, Covered covered) {
    for (int from = 0; from < size; from = endOfHost(from)) {
      if (hostAt(from) == host) {
        return services(from, endOfHost(from), rule, limit(rule, covered), PRIVILEGED);
      }
    }
    return 0;
  }

  /** How many hosts a rule over all contacts counts. */
  int hostsOverall(CompiledRule rule, Covered covered) {
    return hostsOverall(rule, limit(rule, covered));
  }

  /** How many services a rule over all contacts counts. */
  int servicesOverall(CompiledRule rule, Covered covered) {
    return servicesOverall(rule, limit(rule, covered));
  }

  /**
   * The contacts that a rule counts, key << 16 | age, each once.
   *
   * @param group the service or host that it speaks of; of no meaning to rules over all contacts
   * @param target has room for {@link #CAPACITY}
   * @return how many there are
   */
  int counted(CompiledRule rule, int group, Covered covered, long[] target) {
    int limit = limit(rule, covered);
    int number = 0;
    long last = -1;
    for (int i = 0; i < size; i++) {
      long word = byHost[i];
      long key = word >>> ContactKey.STAMP_BITS;
      boolean inGroup =
          switch (rule.measure) {
            case HOSTS_ON_SERVICE -> ContactKey.service(key) == group;
            case SERVICES_ON_HOST -> ContactKey.host(key) == group;
            case PAIRS, HOSTS, CONNECTIONS -> true;
          };
      if (key != last && inGroup && isIn(rule, limit, word, ContactKey.service(key))) {
        target[number++] = word;
        last = key;
      }
    }
    return number;
  }

  /** How many distinct services of hosts there are. */
  int distinctPairs() {
    int count = 0;
    long last = -1;
    for (int i = 0; i < size; i++) {
      long pair = ContactKey.pair(byHost[i] >>> ContactKey.STAMP_BITS);
      count += pair == last ? 0 : 1;
      last = pair;
    }
    return count;
  }

  /** How many distinct hosts there are. */
  int distinctHosts() {
    int count = 0;
    for (int from = 0; from < size; from = endOfHost(from)) {
      count++;
    }
    return count;
  }

  /** How many distinct services there are. */
  int distinctServices() {
    int count = 0;
    for (int from = 0; from < size; from = endOfService(from)) {
      count++;
    }
    return count;
  }

  private int wholeCount(CompiledRule rule, Covered covered) {
    int limit = limit(rule, covered);
    return rule.measure == Measure.PAIRS ? pairs(rule, limit) : hostsOverall(rule, limit);
  }

  private int wholeShort(CompiledRule rule, Covered covered) {
    int limit = limit(rule, covered);
    int lacking = 0;
    if (rule.rule.minimumHosts() > 0) {
      lacking = rule.rule.minimumHosts() - hostsOverall(rule, limit);
    }
    if (rule.rule.minimumServices() > 0) {
      lacking = Math.max(lacking, rule.rule.minimumServices() - servicesOverall(rule, limit));
    }
    return lacking;
  }

  /**
   * Whether one host has more than half of the pairs. That may end by itself, as the window moves
   * on, so no distance is told.
   */
  private boolean isOneHosts(CompiledRule rule, Covered covered) {
    return 2 * mostOnOneHost(rule, covered) > pairs(rule, limit(rule, covered));
  }

  /** The most services that a rule counts on one host. */
  int mostOnOneHost(CompiledRule rule, Covered covered) {
    int limit = limit(rule, covered);
    int most = 0;
    for (int from = 0; from < size; ) {
      int to = endOfHost(from);
      most = Math.max(most, to - from <= most ? 0 : services(from, to, rule, limit, Service.CODES));
      from = to;
    }
    return most;
  }

  /** The contacts that count for a rule: ages below this one. */
  int limit(CompiledRule rule, Covered covered) {
    long unreported = latest - Math.max(covered.reportedUpTo(rule), latest - Tick.HORIZON);
    return (int) Math.max(0, Math.min(rule.window, unreported));
  }

  private boolean isIn(CompiledRule rule, int limit, long word, int service) {
    return (word & STAMP_MASK) < limit
        && (!rule.failedOnly || failed(word))
        && rule.counts(rules.group(service));
  }

  private int hosts(int from, int to, CompiledRule rule, int limit) {
    int count = 0;
    long last = -1;
    for (int i = from; i < to; i++) {
      long word = byService[i];
      long host = word >>> 18;
      if (host != last && (word & STAMP_MASK) < limit && (!rule.failedOnly || failed(word))) {
        last = host;
        count++;
      }
    }
    return count;
  }

  private int services(int from, int to, CompiledRule rule, int limit, int portsBelow) {
    int count = 0;
    long last = -1;
    for (int i = from; i < to; i++) {
      long word = byHost[i];
      int service = ContactKey.service(word >>> ContactKey.STAMP_BITS);
      boolean fits = portsBelow == Service.CODES || isPortBelow(service, portsBelow);
      if (service != last && fits && isIn(rule, limit, word, service)) {
        last = service;
        count++;
      }
    }
    return count;
  }

  private static boolean isPortBelow(int service, int limit) {
    return service < 3 << 16 && Service.port(service) < limit;
  }

  private int pairs(CompiledRule rule, int limit) {
    int count = 0;
    long last = -1;
    for (int i = 0; i < size; i++) {
      long word = byHost[i];
      long key = word >>> ContactKey.STAMP_BITS;
      if (ContactKey.pair(key) != last && isIn(rule, limit, word, ContactKey.service(key))) {
        last = ContactKey.pair(key);
        count++;
      }
    }
    return count;
  }

  private int hostsOverall(CompiledRule rule, int limit) {
    int count = 0;
    int last = -1;
    for (int i = 0; i < size; i++) {
      long word = byHost[i];
      long key = word >>> ContactKey.STAMP_BITS;
      if (ContactKey.host(key) != last && isIn(rule, limit, word, ContactKey.service(key))) {
        last = ContactKey.host(key);
        count++;
      }
    }
    return count;
  }

  private int servicesOverall(CompiledRule rule, int limit) {
    int count = 0;
    int last = -1;
    for (int i = 0; i < size; i++) {
      int service = serviceAt(i);
      if (service != last && isIn(rule, limit, byService[i], service)) {
        last = service;
        count++;
      }
    }
    return count;
  }

  private static int failures(long[] sorted, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += failed(sorted[i]) ? 1 : 0;
    }
    return count;
  }

  private static boolean failed(long word) {
    return ContactKey.failed(word >>> ContactKey.STAMP_BITS);
  }

  private int serviceAt(int i) {
    return (int) (byService[i] >>> 46);
  }

  private int hostAt(int i) {
    return ContactKey.host(byHost[i] >>> ContactKey.STAMP_BITS);
  }

  private int endOfService(int from) {
    int to = from + 1;
    while (to < size && serviceAt(to) == serviceAt(from)) {
      to++;
    }
    return to;
  }

  private int endOfHost(int from) {
    int to = from + 1;
    while (to < size && hostAt(to) == hostAt(from)) {
      to++;
    }
    return to;
  }
}
