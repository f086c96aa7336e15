package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.ScanSchedule;
import io.github.sweepwatch.event.LocalNetworks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;

/**
 * By what a policy, and the networks that are inside, are known again: the first 64 bits of SHA-256
 * over all that they say. Thread-safe.
 */
final class PolicyFingerprint {
  private PolicyFingerprint() {}

  static long of(DetectionPolicy policy) {
    StringBuilder text = new StringBuilder(2_000);
    text.append(policy.name()).append('\n');
    for (CountRule rule : policy.rules()) {
      text.append(rule.name()).append('\n');
      text.append(rule.type()).append(' ').append(rule.measure()).append(' ');
      text.append(rule.failedOnly()).append(' ').append(new TreeSet<>(rule.services()));
      text.append(' ').append(rule.windowSeconds());
      text.append(' ')
          .append(rule.externalThreshold())
          .append(' ')
          .append(rule.internalThreshold());
      text.append(' ').append(rule.minimumHosts()).append(' ').append(rule.minimumServices());
      text.append(' ')
          .append(rule.minimumPrivileged())
          .append(' ')
          .append(rule.strangerPercent())
          .append(' ')
          .append(rule.darkOnly());
      text.append('\n');
    }
    for (JointRule rule : policy.jointRules()) {
      text.append(rule.name()).append('\n').append(rule.type()).append(' ');
      text.append(new TreeSet<>(rule.services())).append(' ').append(rule.windowSeconds());
      text.append(' ')
          .append(rule.externalThreshold())
          .append(' ')
          .append(rule.internalThreshold());
      text.append(' ').append(rule.minimumSources()).append(' ').append(rule.minimumEach());
      text.append('\n');
    }
    text.append(policy.ipv6Prefix()).append('\n');
    text.append(new TreeSet<>(policy.sensitivePorts())).append(policy.everyEvent()).append('\n');
    text.append(policy.allowedLateness()).append(policy.idleTime()).append(policy.maxDuration());
    text.append(policy.muteTime()).append(policy.decoyTime()).append(policy.ladder());
    policy.authorised().forEach(entry -> append(text, entry));
    text.append("ignored\n");
    policy.ignored().forEach(entry -> append(text, entry));
    return of(text.toString());
  }

  private static void append(StringBuilder text, AuthorisedScanners entry) {
    text.append(entry.sources()).append(entry.targets()).append(entry.ports());
    ScanSchedule schedule = entry.schedule();
    if (schedule != null) {
      text.append(new TreeSet<>(schedule.days())).append(schedule.from()).append(schedule.to());
      text.append(schedule.zone());
    }
    text.append(entry.expires()).append(entry.owner()).append('\n').append(entry.reason());
    text.append('\n');
  }

  static long of(LocalNetworks networks) {
    return of(networks.blocks().toString());
  }

  private static long of(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
