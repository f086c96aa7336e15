package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which views a {@link DenseProfile} keeps for the rules of a policy: one for each distinct choice
 * of contacts that some rule counts. Immutable and thread-safe; made once for all profiles.
 */
final class DensePlan {
  /** The view of a service group for rules over all outcomes, and for those over failures. */
  private static final int ANY = 0;

  private static final int FAILED = 1;

  private static final int PRIVILEGED = 1024;
  private static final int WITHOUT_PORTS = 3 << 16;
  private static final int ALL_KINDS = (1 << CompiledRule.KINDS.size()) - 1;

  /** A choice of contacts. */
  private record Filter(boolean failedOnly, int groups, boolean privilegedOnly) {
    Filter(CompiledRule rule, boolean privilegedOnly) {
      this(rule.failedOnly, rule.groups, privilegedOnly);
    }

    boolean fits(int group, boolean failed, boolean privileged) {
      return (groups & group) != 0 && (failed || !failedOnly) && (privileged || !privilegedOnly);
    }

    boolean isOf(CompiledRule rule, boolean privileged) {
      return failedOnly == rule.failedOnly && groups == rule.groups && privilegedOnly == privileged;
    }
  }

  private final RuleBook rules;
  private final Filter[] ofHost;
  private final Filter[] ofWhole;
  private final boolean[] counted;
  private final boolean[] pairs;
  private final int[][] serviceViews;
  private final int[][] hostViews;
  private final int[][] wholeViews;
  private final int[] allOfHost;

  DensePlan(RuleBook rules) {
    this.rules = rules;
    int[] kinds = new int[2];
    for (CompiledRule rule : rules.onService()) {
      kinds[rule.failedOnly ? FAILED : ANY] |= rule.groups;
      kinds[ANY] |= rule.strangerPercent > 0 ? rule.groups : 0;
    }
    serviceViews =
        fitting(new Filter(false, kinds[ANY], false), new Filter(true, kinds[FAILED], false));
    List<Filter> filters = new ArrayList<>();
    for (CompiledRule rule : rules.onHost()) {
      add(filters, new Filter(rule, false));
      if (rule.rule.minimumPrivileged() > 0) {
        add(filters, new Filter(rule, true));
      }
    }
    for (CompiledRule rule : rules.whole()) {
      if (rule.block) {
        add(filters, new Filter(rule, false));
      }
    }
    ofHost = filters.toArray(Filter[]::new);
    hostViews = fitting(ofHost);
    allOfHost = IntStream.range(0, ofHost.length).toArray();
    filters.clear();
    filters.add(new Filter(false, ALL_KINDS, false));
    filters.add(new Filter(true, ALL_KINDS, false));
    for (CompiledRule rule : rules.whole()) {
      if (rule.measure != Measure.CONNECTIONS) {
        add(filters, new Filter(rule, false));
      }
    }
    ofWhole = filters.toArray(Filter[]::new);
    wholeViews = fitting(ofWhole);
    counted = new boolean[ofWhole.length];
    pairs = new boolean[ofWhole.length];
    pairs[ANY] = true;
    pairs[FAILED] = true;
    for (CompiledRule rule : rules.whole()) {
      if (rule.measure != Measure.CONNECTIONS) {
        counted[whole(rule)] = true;
        pairs[whole(rule)] |= rule.measure == Measure.PAIRS;
      }
    }
  }

  private static void add(List<Filter> filters, Filter filter) {
    if (!filters.contains(filter)) {
      filters.add(filter);
    }
  }

  /** For each sort of contact the filters that it fits. */
  private static int[][] fitting(Filter... filters) {
    int[][] fitting = new int[CompiledRule.KINDS.size() * 4][];
    for (int sort = 0; sort < fitting.length; sort++) {
      int group = 1 << (sort >> 2);
      boolean failed = (sort & 2) != 0;
      boolean privileged = (sort & 1) != 0;
      fitting[sort] =
          IntStream.range(0, filters.length)
              .filter(view -> filters[view].fits(group, failed, privileged))
              .toArray();
    }
    return fitting;
  }

  private int sort(int service, boolean failed) {
    boolean privileged = service < WITHOUT_PORTS && Service.port(service) < PRIVILEGED;
    return Integer.numberOfTrailingZeros(rules.group(service)) << 2
        | (failed ? 2 : 0)
        | (privileged ? 1 : 0);
  }

  RuleBook rules() {
    return rules;
  }

  /** The views of a service's group that a contact belongs to. */
  int[] serviceViews(int service, boolean failed) {
    return serviceViews[sort(service, failed)];
  }

  /** All views of a service's group. */
  int[] allOfService(int service) {
    return serviceViews(service, true);
  }

  /** All views of a host's group. */
  int[] allOfHost() {
    return allOfHost;
  }

  /** The views of a host's group that a contact belongs to. */
  int[] hostViews(int service, boolean failed) {
    return hostViews[sort(service, failed)];
  }

  /** The views of everything that a contact belongs to. */
  int[] wholeViews(int service, boolean failed) {
    return wholeViews[sort(service, failed)];
  }

  /** How many views of everything there are. */
  int wholes() {
    return ofWhole.length;
  }

  /** Whether a rule counts in a view of everything; the others are for export. */
  boolean counted(int whole) {
    return counted[whole];
  }

  /** Whether a view of everything has pairs. */
  boolean hasPairs(int whole) {
    return pairs[whole];
  }

  /** How many views a service's group has at most. */
  static int ofService() {
    return FAILED + 1;
  }

  /** The view in a service's group of all outcomes. */
  static int ofAll() {
    return ANY;
  }

  /** The view in a service's group that a rule counts. */
  static int onService(CompiledRule rule) {
    return rule.failedOnly ? FAILED : ANY;
  }

  /** The view in a host's group that a rule counts, or that of its minimum; -1 if none. */
  int onHost(CompiledRule rule, boolean privileged) {
    return indexOf(ofHost, rule, privileged);
  }

  /** The view of everything that a rule counts; -1 if none. */
  int whole(CompiledRule rule) {
    return indexOf(ofWhole, rule, false);
  }

  /** The view of everything for export. */
  static int exported(boolean failedOnly) {
    return failedOnly ? FAILED : ANY;
  }

  private static int indexOf(Filter[] filters, CompiledRule rule, boolean privileged) {
    for (int i = 0; i < filters.length; i++) {
      if (filters[i].isOf(rule, privileged)) {
        return i;
      }
    }
    return -1;
  }
}
