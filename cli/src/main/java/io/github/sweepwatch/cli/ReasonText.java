package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Why an incident is called a scan, in words. */
final class ReasonText {
  private final Map<String, CountRule> rules = new HashMap<>();

  ReasonText(DetectionPolicy policy) {
    policy.rules().forEach(rule -> rules.putIfAbsent(rule.name(), rule));
  }

  /** {@code 24 hosts failed on one port in 5 min (limit 20)}. */
  String line(Reason reason) {
    CountRule rule = rules.get(reason.rule());
    String counted =
        rule == null
            ? Printable.line(reason.rule()) + ": " + Count.number(reason.count())
            : counted(rule, reason.count());
    return counted
        + " in "
        + AlertTable.duration(reason.windowSeconds())
        + " (limit "
        + Count.number(reason.threshold())
        + ")";
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
