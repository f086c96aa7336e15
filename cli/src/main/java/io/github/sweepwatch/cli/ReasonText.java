package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Why an incident is called a scan, in words. */
final class ReasonText {
  private final Map<String, CountRule> rules = new HashMap<>();
  private final Map<String, JointRule> jointRules = new HashMap<>();

  ReasonText(DetectionPolicy policy) {
    policy.rules().forEach(rule -> rules.putIfAbsent(rule.name(), rule));
    policy.jointRules().forEach(rule -> jointRules.putIfAbsent(rule.name(), rule));
  }

  /** {@code 24 hosts failed on one port in 5 min (limit 20)}. */
  String line(Reason reason) {
    return switch (reason.rule()) {
      case "possibly-spoofed" ->
          "any of these " + Count.number(reason.count()) + " sources may be a decoy of another";
      case "outcomes-unknown" ->
          "of " + Count.of(reason.count(), "connection") + " the outcome is unknown";
      default -> limited(reason);
    };
  }

  private String limited(Reason reason) {
    CountRule rule = rules.get(reason.rule());
    JointRule joint = jointRules.get(reason.rule());
    String counted = Printable.line(reason.rule()) + ": " + Count.number(reason.count());
    if (rule != null) {
      counted = counted(rule, reason.count());
    } else if (joint != null) {
      counted = counted(joint, reason.count());
    }
    return counted
        + " in "
        + AlertTable.duration(reason.windowSeconds())
        + " (limit "
        + Count.number(reason.threshold())
        + ")";
  }

  private static String counted(JointRule rule, long count) {
    return rule.type() == ScanType.DISTRIBUTED_HORIZONTAL
        ? Count.of(count, "host") + " failed several sources on one port"
        : Count.of(count, "port") + " of one host failed several sources";
  }

  private static String counted(CountRule rule, long count) {
    String failed = rule.failedOnly() ? " failed" : "";
    return switch (rule.measure()) {
      case HOSTS_ON_SERVICE ->
          rule.services().equals(Set.of(ServiceGroup.ICMP))
              ? Count.of(count, "host")
                  + (rule.failedOnly() ? " without an answer" : "")
                  + " by ICMP"
              : Count.of(count, "host") + failed + " on one port";
      case SERVICES_ON_HOST -> Count.of(count, "port") + " of one host" + failed;
      case PAIRS -> Count.of(count, "pair") + " of host and port" + failed;
      case HOSTS -> Count.of(count, "host") + failed;
      case CONNECTIONS -> Count.of(count, "connection") + failed;
    };
  }
}
