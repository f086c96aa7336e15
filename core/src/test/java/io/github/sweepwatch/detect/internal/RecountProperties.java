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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A recount against the oracle's tally, and its slack against what further contacts do. */
class RecountProperties {
  private static final long LATEST = 800_000_000;
  private static final int[] SERVICES = {
    22, 445, 80, 8080, 443, 1 << 16 | 53, 1 << 16 | 5000, 2 << 16 | 80, 3 << 16 | 2, 3 << 16 | 59
  };

  record Touch(int host, int service, boolean failed, int age) {
    long key() {
      return ContactKey.of(host, SERVICES[service], failed);
    }
  }

  @Property(tries = 2000)
  void countsWhatTheOracleCounts(
      @ForAll("rules") List<CountRule> rules, @ForAll("touches") List<Touch> touches) {
    DetectionPolicy policy = policy(rules);
    RuleBook book = new RuleBook(policy);
    Map<Long, Touch> contacts = contacts(touches);
    Recount recount = recount(book, contacts.values());
    for (CompiledRule rule : book.all()) {
      for (Touch touch : touches) {
        ExactTally tally = tally(rule.rule, policy, contacts, touch);
        long actual =
            switch (rule.measure) {
              case HOSTS_ON_SERVICE ->
                  recount.onService(rule, SERVICES[touch.service()], Covered.NOTHING);
              case SERVICES_ON_HOST -> recount.onHost(rule, touch.host(), Covered.NOTHING);
              case PAIRS, HOSTS, CONNECTIONS -> recount.whole(rule, Covered.NOTHING);
            };
        if (speaks(tally) || actual >= rule.threshold(false)) {
          assertEquals(tally.count(), actual, rule.rule.name());
          assertTrue(speaks(tally), rule.rule.name());
        }
      }
    }
  }

  @Property(tries = 2000)
  void noRuleSpeaksWhileThereIsSlack(
      @ForAll("rules") List<CountRule> rules,
      @ForAll("touches") List<Touch> touches,
      @ForAll("touches") List<Touch> more) {
    DetectionPolicy policy = policy(rules);
    RuleBook book = new RuleBook(policy);
    Map<Long, Touch> contacts = contacts(touches);
    Slack slack = recount(book, contacts.values()).measure(Covered.NOTHING, false);
    long meta = Meta.withSlack(Meta.at(0, LATEST, false), slack);
    boolean spokeAlready = false;
    for (Touch touch : touches) {
      spokeAlready |= anySpeaks(book, policy, contacts, touch);
    }
    for (Touch touch : more) {
      Touch before = contacts.get(touch.key());
      if (before != null && before.age() <= touch.age()) {
        continue;
      }
      boolean sensitive = book.group(SERVICES[touch.service()]) == 1;
      meta = Meta.spend(meta, sensitive, touch.failed());
      if (Meta.spent(meta, sensitive, touch.failed())) {
        return;
      }
      contacts.put(touch.key(), touch);
      assertTrue(spokeAlready || !anySpeaks(book, policy, contacts, touch), "a rule spoke unheard");
    }
  }

  private static boolean anySpeaks(
      RuleBook book, DetectionPolicy policy, Map<Long, Touch> contacts, Touch touch) {
    for (CompiledRule rule : book.all()) {
      if (speaks(tally(rule.rule, policy, contacts, touch))) {
        return true;
      }
    }
    return false;
  }

  private static boolean speaks(ExactTally tally) {
    return tally.distance(false) <= 0;
  }

  private static Map<Long, Touch> contacts(List<Touch> touches) {
    Map<Long, Touch> contacts = new HashMap<>();
    for (Touch touch : touches) {
      contacts.merge(touch.key(), touch, (a, b) -> a.age() < b.age() ? a : b);
    }
    return contacts;
  }

  private static Recount recount(RuleBook book, Iterable<Touch> contacts) {
    Recount recount = new Recount(book, new KnownServices(48 << 10));
    int number = 0;
    for (Touch touch : contacts) {
      recount.words()[number++] =
          touch.key() << ContactKey.STAMP_BITS | Tick.stamp(LATEST - touch.age());
    }
    recount.take(number, LATEST);
    return recount;
  }

  /** What the oracle counts in the group of a contact. */
  private static ExactTally tally(
      CountRule rule, DetectionPolicy policy, Map<Long, Touch> contacts, Touch group) {
    ExactTally tally =
        new ExactTally(rule, policy.sensitivePorts(), LATEST - rule.windowSeconds() / Tick.SECONDS);
    for (Touch touch : contacts.values()) {
      boolean inGroup =
          switch (rule.measure()) {
            case HOSTS_ON_SERVICE -> touch.service() == group.service();
            case SERVICES_ON_HOST -> touch.host() == group.host();
            case PAIRS, HOSTS, CONNECTIONS -> true;
          };
      if (inGroup) {
        tally.add(
            new ExactContact(
                new IpAddress(0, touch.host()),
                SERVICES[touch.service()],
                touch.failed(),
                (LATEST - touch.age()) * 2_000_000));
      }
    }
    return tally.connections(7);
  }

  private static DetectionPolicy policy(List<CountRule> rules) {
    DetectionPolicy.Builder builder = DetectionPolicy.builder("test");
    rules.forEach(builder::rule);
    return builder.build();
  }

  @Provide
  Arbitrary<List<CountRule>> rules() {
    Arbitrary<CountRule> rule =
        Combinators.combine(
                Arbitraries.of(
                    Measure.HOSTS_ON_SERVICE,
                    Measure.SERVICES_ON_HOST,
                    Measure.PAIRS,
                    Measure.HOSTS),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(2, 25),
                Arbitraries.of(2, 10, 60, 300, 3_600, 86_400),
                Arbitraries.of(ServiceGroup.values()).set().ofMinSize(1),
                Arbitraries.of(true, false))
            .as(RecountProperties::rule);
    return rule.list().ofMinSize(1).ofMaxSize(5);
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
  Arbitrary<List<Touch>> touches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, SERVICES.length - 1),
            Arbitraries.of(true, false),
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 40),
                Arbitraries.integers().between(0, Tick.HORIZON - 1)))
        .as(Touch::new)
        .list()
        .ofMaxSize(ContactBlock.MAX_ENTRIES)
        .map(ArrayList::new);
  }
}
