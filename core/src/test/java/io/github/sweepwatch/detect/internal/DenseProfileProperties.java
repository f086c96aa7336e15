package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import io.github.sweepwatch.event.IpAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** A dense profile, as long as all its views are exact, against the oracle's tally. */
class DenseProfileProperties {
  private static final long START = 800_000_000;
  private static final int[] SERVICES = {
    0, 22, 445, 80, 8080, 443, 1 << 16 | 53, 1 << 16 | 5000, 2 << 16 | 80, 3 << 16 | 2, 3 << 16 | 59
  };

  /** So much later than the one before, a contact that is so late. */
  record Step(int gap, int host, int service, boolean failed, int late) {
    int serviceCode() {
      return SERVICES[service];
    }

    long key() {
      return ContactKey.of(host, serviceCode(), failed);
    }
  }

  @Property(tries = 1500)
  void countsWhatTheOracleCounts(
      @ForAll("rules") List<CountRule> rules,
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(max = Tick.HORIZON) int limit) {
    Model model = new Model(rules);
    steps.forEach(model::take);
    for (CompiledRule rule : model.book.all()) {
      int window = Math.min(limit, rule.window);
      // Speaks as soon as its minima are met.
      CountRule least = rule.rule.limit(1, 1, Duration.ofSeconds(rule.rule.windowSeconds()));
      long most = 0;
      for (Step step : steps) {
        ExactTally tally = model.tally(least, step, window);
        long expected = tally.distance(false) <= 0 ? tally.count() : 0;
        long found =
            switch (rule.measure) {
              case HOSTS_ON_SERVICE ->
                  model.profile.onService(rule, step.serviceCode(), model.now(), window);
              case SERVICES_ON_HOST -> model.profile.onHost(rule, step.host(), model.now(), window);
              case PAIRS, HOSTS, CONNECTIONS -> model.profile.whole(rule, model.now(), window);
            };
        assertEquals(expected, found, () -> rule.rule + " in " + window);
        assertEquals(0, model.profile.whole(rule, model.now(), 0));
        most = Math.max(most, expected);
      }
      assertEquals(most, model.most(rule, window), () -> rule.rule + " in " + window);
    }
  }

  @Property(tries = 1500)
  void noRuleSpeaksWhileThereIsSlack(
      @ForAll("rules") List<CountRule> rules, @ForAll("steps") List<Step> steps) {
    Model model = new Model(rules);
    for (Step step : steps) {
      model.advance(step.gap());
      Set<CompiledRule> before = model.speaking(step);
      int spent = model.touch(step);
      Set<CompiledRule> onset = model.speaking(step);
      onset.removeAll(before);
      for (CompiledRule rule : onset) {
        assertTrue((spent & scope(rule)) != 0, () -> rule.rule + " spoke unheard at " + step);
      }
      model.renew(step, spent);
    }
  }

  @Property(tries = 300)
  void nothingStaysPaidFor(
      @ForAll("rules") List<CountRule> rules,
      @ForAll @IntRange(max = 400_000) int money,
      @ForAll @IntRange(min = 1, max = 3_000) int touches,
      @ForAll @IntRange(min = 1, max = 3_000) int hosts,
      @ForAll @IntRange(min = 1, max = 300) int ports) {
    DensePlan plan = new DensePlan(new RuleBook(policy(rules)));
    ByteBudget budget = new ByteBudget(money + DenseProfile.bytes(plan) + 77);
    assertTrue(budget.reserve(77 + DenseProfile.bytes(plan)));
    DenseProfile profile = new DenseProfile(plan, budget);
    for (int half = 0; half < 2; half++) {
      for (int i = 0; i < touches; i++) {
        int port = ((i * 0x9e37_79b9) >>> 7) % ports;
        long key = ContactKey.of(i * 31 % hosts, port, (i & 4) != 0);
        profile.touch(key, Tick.stamp(START + i), Tick.stamp(START + i), 30);
      }
      if (half == 0) {
        profile.drop();
        assertEquals(77, budget.used());
      }
    }
    assertEquals(77, budget.used(), "after late touches");
  }

  private static final class Model {
    final RuleBook book;
    final DenseProfile profile;
    private final DetectionPolicy policy;
    private final Map<Long, ExactContact> contacts = new HashMap<>();
    private long tick = START;

    Model(List<CountRule> rules) {
      policy = policy(rules);
      book = new RuleBook(policy);
      profile = new DenseProfile(new DensePlan(book), new ByteBudget(1 << 30));
    }

    int now() {
      return Tick.stamp(tick);
    }

    void advance(int gap) {
      for (long to = tick + gap; tick < to; ) {
        tick = Math.min(to, (tick / 8_192 + 1) * 8_192);
        if (tick % 8_192 == 0) {
          profile.sweep(now());
        }
      }
    }

    void take(Step step) {
      advance(step.gap());
      touch(step);
    }

    int touch(Step step) {
      long seen = tick - step.late();
      contacts.merge(
          step.key(),
          new ExactContact(
              new IpAddress(0, step.host()), step.serviceCode(), step.failed(), seen * 2_000_000),
          (a, b) -> a.latestMicros() > b.latestMicros() ? a : b);
      return profile.touch(step.key(), Tick.stamp(seen), now(), book.shortestWindow());
    }

    void renew(Step step, int spent) {
      renew(step, spent & DenseProfile.SERVICE, step.serviceCode(), book.onService());
      renew(step, spent & DenseProfile.HOST, step.host(), book.onHost());
      renew(step, spent & DenseProfile.WHOLE, 0, book.whole());
    }

    private void renew(Step step, int scope, int id, CompiledRule[] rules) {
      if (scope == 0) {
        return;
      }
      long before = profile.slack(scope, id);
      int distance = DenseProfile.NEVER;
      for (CompiledRule rule : rules) {
        distance = Math.min(distance, distance(rule, step));
      }
      assertTrue(profile.renewSlack(scope, id, before, distance));
    }

    private int distance(CompiledRule rule, Step step) {
      return switch (rule.measure) {
        case HOSTS_ON_SERVICE ->
            profile.distanceOnService(rule, step.serviceCode(), now(), rule.window, false);
        case SERVICES_ON_HOST ->
            profile.distanceOnHost(rule, step.host(), now(), rule.window, false);
        case PAIRS, HOSTS, CONNECTIONS -> profile.distanceOfWhole(rule, now(), rule.window, false);
      };
    }

    /** What a rule counts where it counts most. */
    long most(CompiledRule rule, int window) {
      switch (rule.measure) {
        case HOSTS_ON_SERVICE -> {
          int service = profile.busiestService(rule, now(), window);
          return service == DenseProfile.NONE ? 0 : profile.onService(rule, service, now(), window);
        }
        case SERVICES_ON_HOST -> {
          int host = profile.busiestHost(rule, now(), window);
          return host == DenseProfile.NONE ? 0 : profile.onHost(rule, host, now(), window);
        }
        default -> {
          return profile.whole(rule, now(), window);
        }
      }
    }

    /** The rules that speak of a contact's service, of its host, or of everything. */
    Set<CompiledRule> speaking(Step step) {
      Set<CompiledRule> speaking = new HashSet<>();
      for (CompiledRule rule : book.all()) {
        if (tally(rule.rule, step, rule.window).distance(false) <= 0) {
          speaking.add(rule);
        }
      }
      return speaking;
    }

    /** What the oracle counts in the group of a contact. */
    ExactTally tally(CountRule rule, Step group, int window) {
      ExactTally tally = new ExactTally(rule, policy.sensitivePorts(), tick - window);
      for (ExactContact contact : contacts.values()) {
        boolean inGroup =
            switch (rule.measure()) {
              case HOSTS_ON_SERVICE -> contact.service() == group.serviceCode();
              case SERVICES_ON_HOST -> contact.host().equals(new IpAddress(0, group.host()));
              case PAIRS, HOSTS, CONNECTIONS -> true;
            };
        if (inGroup) {
          tally.add(contact);
        }
      }
      return tally;
    }
  }

  private static int scope(CompiledRule rule) {
    return switch (rule.measure) {
      case HOSTS_ON_SERVICE -> DenseProfile.SERVICE;
      case SERVICES_ON_HOST -> DenseProfile.HOST;
      case PAIRS, HOSTS, CONNECTIONS -> DenseProfile.WHOLE;
    };
  }

  private static DetectionPolicy policy(List<CountRule> rules) {
    DetectionPolicy.Builder builder = DetectionPolicy.builder("test");
    rules.forEach(builder::rule);
    return builder.build();
  }

  @Provide
  Arbitrary<List<CountRule>> rules() {
    return Combinators.combine(
            Arbitraries.of(
                Measure.HOSTS_ON_SERVICE, Measure.SERVICES_ON_HOST, Measure.PAIRS, Measure.HOSTS),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(2, 25),
            Arbitraries.of(2, 10, 60, 300, 3_600, 86_400),
            Arbitraries.of(ServiceGroup.values()).set().ofMinSize(1),
            Arbitraries.of(true, false))
        .as(DenseProfileProperties::rule)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static CountRule rule(
      Measure measure,
      boolean failedOnly,
      int threshold,
      int window,
      Set<ServiceGroup> groups,
      boolean minima) {
    CountRule rule =
        CountRule.of(measure.name() + threshold, ScanType.HORIZONTAL, measure)
            .on(groups.iterator().next(), groups.toArray(new ServiceGroup[0]))
            .limit(threshold, threshold, Duration.ofSeconds(window));
    if (minima && measure == Measure.PAIRS) {
      rule = rule.withAtLeast(3, 2, 0);
    } else if (minima && measure == Measure.SERVICES_ON_HOST) {
      rule = rule.withAtLeast(0, 0, 2);
    }
    return failedOnly ? rule.onFailures() : rule;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(70, Arbitraries.just(0)),
            Tuple.of(25, Arbitraries.integers().between(1, 40)),
            Tuple.of(2, Arbitraries.integers().between(1_000, 9_000)),
            Tuple.of(1, Arbitraries.integers().between(40_000, 140_000)));
    Arbitrary<Integer> lates =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.integers().between(0, 1_800)));
    return Arbitraries.of(3, 10, 40)
        .flatMap(
            hosts ->
                Combinators.combine(
                        gaps,
                        Arbitraries.integers().between(0, hosts),
                        Arbitraries.integers().between(0, SERVICES.length - 1),
                        Arbitraries.of(true, false),
                        lates)
                    .as(Step::new)
                    .list()
                    .ofMaxSize(ContactBlock.MAX_ENTRIES));
  }
}
