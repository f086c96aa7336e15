package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.RuleScenarios.Rule;
import io.github.sweepwatch.detect.RuleScenarios.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the standard policy finds a scan that is not found without it. */
class RuleDifferenceTest {
  private static final DetectionPolicy DEFAULTS = DetectionPolicy.defaults();

  static Stream<Scenario> alone() {
    return RuleScenarios.all().stream().filter(scenario -> scenario.beside() == null);
  }

  static Stream<Scenario> besideAnother() {
    return RuleScenarios.all().stream().filter(scenario -> scenario.beside() != null);
  }

  private static DetectionPolicy without(DetectionPolicy policy, Rule rule) {
    List<CountRule> rules = policy.rules().stream().filter(each -> !rule.is(each)).toList();
    List<JointRule> joint = policy.jointRules().stream().filter(each -> !rule.is(each)).toList();
    assertEquals(
        policy.rules().size() + policy.jointRules().size() - 1,
        rules.size() + joint.size(),
        () -> "not one rule: " + rule);
    return policy.toBuilder().rules(rules).jointRules(joint).build();
  }

  private static Reason reason(DetectionPolicy policy, Scenario scenario, long count) {
    Rule rule = scenario.rule();
    for (CountRule each : policy.rules()) {
      if (rule.is(each)) {
        return new Reason(
            rule.name(), count, each.threshold(scenario.internal()), each.windowSeconds());
      }
    }
    JointRule joint = policy.jointRules().stream().filter(rule::is).findFirst().orElseThrow();
    return new Reason(
        rule.name(), count, joint.threshold(scenario.internal()), joint.windowSeconds());
  }

  /** The opening alerts. Estimates depend on the key, so that is always the same. */
  private static List<ScanAlert> opened(DetectionPolicy policy, Scenario scenario) {
    Traffic traffic =
        new Traffic(ScanDetector.builder().policy(policy).memoryBudget(1 << 20).secretKey(1, 2));
    scenario.play(traffic);
    return traffic.opened();
  }

  private static void isFoundByTheRule(DetectionPolicy policy, Scenario scenario) {
    List<ScanAlert> opened = opened(policy, scenario);
    assertEquals(1, opened.size());
    Reason first = opened.get(0).reasons().get(0);
    assertEquals(reason(policy, scenario, first.count()), first);
    assertTrue(first.count() >= first.threshold());
  }

  @ParameterizedTest
  @MethodSource("alone")
  void withTheRuleAScanIsFoundAndWithoutItIsNot(Scenario scenario) {
    isFoundByTheRule(DEFAULTS, scenario);
    assertEquals(List.of(), opened(without(DEFAULTS, scenario.rule()), scenario));
  }

  /** Of two rules over the same, with the same limit for a side or a lower one. */
  @ParameterizedTest
  @MethodSource("besideAnother")
  void besideAnotherARuleOnlyStandsIn(Scenario scenario) {
    List<ScanAlert> opened = opened(DEFAULTS, scenario);
    List<ScanAlert> openedByTheOther = opened(without(DEFAULTS, scenario.rule()), scenario);
    assertEquals(1, opened.size());
    assertEquals(1, openedByTheOther.size());
    assertEquals(opened.get(0).type(), openedByTheOther.get(0).type());
    assertEquals(opened.get(0).detectedAtMicros(), openedByTheOther.get(0).detectedAtMicros());
    DetectionPolicy withoutTheOther = without(DEFAULTS, Objects.requireNonNull(scenario.beside()));
    isFoundByTheRule(withoutTheOther, scenario);
    assertEquals(List.of(), opened(without(withoutTheOther, scenario.rule()), scenario));
  }

  @Test
  void everyRuleHasAScenarioForEachSide() {
    List<String> lacking = new ArrayList<>();
    for (boolean internal : new boolean[] {false, true}) {
      List<Rule> covered =
          RuleScenarios.all().stream()
              .filter(scenario -> scenario.internal() == internal)
              .map(Scenario::rule)
              .toList();
      String side = internal ? " inside" : " outside";
      DEFAULTS.rules().stream()
          .filter(rule -> covered.stream().noneMatch(each -> each.is(rule)))
          .forEach(rule -> lacking.add(rule + side));
      DEFAULTS.jointRules().stream()
          .filter(rule -> covered.stream().noneMatch(each -> each.is(rule)))
          .forEach(rule -> lacking.add(rule + side));
    }
    assertEquals(List.of(), lacking);
  }
}
