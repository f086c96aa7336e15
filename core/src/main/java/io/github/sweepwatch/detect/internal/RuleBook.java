package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.List;

/** A policy's rules, compiled and sorted by what they count. Immutable and thread-safe. */
final class RuleBook {
  /** The bit of sensitive services. */
  static final int SENSITIVE = CompiledRule.bit(ServiceGroup.TCP_SENSITIVE);

  private final CompiledRule[] all;
  private final CompiledRule[] onService;
  private final CompiledRule[] onHost;
  private final CompiledRule[] whole;
  private final int connectionWindow;
  private final int shortestWindow;
  private final byte[] groups = new byte[Service.CODES];

  RuleBook(DetectionPolicy policy) {
    all = policy.rules().stream().map(CompiledRule::new).toArray(CompiledRule[]::new);
    onService = some(Measure.HOSTS_ON_SERVICE);
    onHost = some(Measure.SERVICES_ON_HOST);
    whole = some(Measure.PAIRS, Measure.HOSTS, Measure.CONNECTIONS);
    int longest = 0;
    for (CompiledRule rule : some(Measure.CONNECTIONS)) {
      longest = Math.max(longest, rule.window);
    }
    connectionWindow = longest;
    int shortest = Tick.HORIZON;
    for (CompiledRule rule : all) {
      shortest = Math.min(shortest, rule.window);
    }
    shortestWindow = shortest;
    for (int service = 0; service < Service.CODES; service++) {
      ServiceGroup group =
          ServiceGroup.of(
              Service.protocol(service), Service.port(service), policy.sensitivePorts());
      groups[service] = (byte) CompiledRule.bit(group);
    }
  }

  private CompiledRule[] some(Measure... measures) {
    return List.of(all).stream()
        .filter(rule -> List.of(measures).contains(rule.measure))
        .toArray(CompiledRule[]::new);
  }

  /** All rules, in the policy's order. */
  CompiledRule[] all() {
    return all;
  }

  /** The rules that count hosts on one service. */
  CompiledRule[] onService() {
    return onService;
  }

  /** The rules that count services on one host. */
  CompiledRule[] onHost() {
    return onHost;
  }

  /** The rules that count over all that a source does. */
  CompiledRule[] whole() {
    return whole;
  }

  /** The longest window, in ticks, of the rules that count connections; 0 if none does. */
  int connectionWindow() {
    return connectionWindow;
  }

  /** The shortest window in ticks: within it, a repeated contact raises no count. */
  int shortestWindow() {
    return shortestWindow;
  }

  /** The kind of a service, as a bit. */
  int group(int service) {
    return groups[service] & 0xff;
  }
}
