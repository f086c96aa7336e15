package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.List;

/** A rule in the engine's own terms: ticks, bits and small numbers. Immutable. */
final class CompiledRule {
  /** The kinds of services, in the order of their bits. */
  static final List<ServiceGroup> KINDS = List.of(ServiceGroup.values());

  final CountRule rule;
  final CountRule.Measure measure;
  final boolean failedOnly;

  /** The kinds of services that it counts, a bit each. */
  final int groups;

  /** The window's length in ticks. */
  final int window;

  /** Which slack its distance belongs to. */
  final int slackKind;

  /** Whether no host may have more than half of the pairs: that is a scan of its own. */
  final boolean block;

  /** The least share of strangers in a hundred, or 0. */
  final int strangerPercent;

  /** Whether of the strangers only dark hosts count. */
  final boolean darkOnly;

  private final int outside;
  private final int inside;

  CompiledRule(CountRule rule) {
    this.rule = rule;
    measure = rule.measure();
    failedOnly = rule.failedOnly();
    int bits = 0;
    for (ServiceGroup group : rule.services()) {
      bits |= bit(group);
    }
    groups = bits;
    block = rule.minimumHosts() > 0;
    strangerPercent = rule.strangerPercent();
    darkOnly = rule.darkOnly();
    window = rule.windowSeconds() / Tick.SECONDS;
    outside = rule.externalThreshold();
    inside = rule.internalThreshold();
    if (failedOnly) {
      slackKind = Slack.FAILED;
    } else {
      slackKind = bits == bit(ServiceGroup.TCP_SENSITIVE) ? Slack.SENSITIVE : Slack.ANY;
    }
  }

  static int bit(ServiceGroup group) {
    return 1 << KINDS.indexOf(group);
  }

  int threshold(boolean internal) {
    return internal ? inside : outside;
  }

  /** Whether it counts contacts with services of a kind, given as a bit. */
  boolean counts(int group) {
    return (groups & group) != 0;
  }
}
