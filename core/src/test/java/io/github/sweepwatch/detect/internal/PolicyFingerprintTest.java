package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanSchedule;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import io.github.sweepwatch.event.AddressBlock;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever can be set, in a policy or in its parts, another setting has another fingerprint. */
class PolicyFingerprintTest {
  private static final DetectionPolicy BASE = DetectionPolicy.defaults();
  private static final CountRule PAIRS = CountRule.of("a", ScanType.HORIZONTAL, Measure.PAIRS);
  private static final CountRule SERVICES =
      CountRule.of("a", ScanType.VERTICAL, Measure.SERVICES_ON_HOST);
  private static final CountRule HOSTS =
      CountRule.of("a", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE);
  private static final JointRule JOINT =
      new JointRule(
          "a", ScanType.DISTRIBUTED_HORIZONTAL, Set.of(ServiceGroup.WEB), 300, 30, 30, 3, 3);
  private static final ScanSchedule SCHEDULE =
      new ScanSchedule(
          Set.of(DayOfWeek.MONDAY), LocalTime.MIDNIGHT, LocalTime.NOON, ZoneOffset.UTC);
  private static final AuthorisedScanners ENTRY =
      new AuthorisedScanners(
          AddressBlock.parse("10.0.0.1"),
          List.of(AddressBlock.parse("10.1.0.0/16")),
          List.of(new PortRange(1, 1_024)),
          null,
          null,
          "a",
          "a");

  /** By accessor. */
  private static final Map<String, UnaryOperator<DetectionPolicy.Builder>> SETTINGS =
      Map.ofEntries(
          Map.entry("name", policy -> policy.name("other")),
          Map.entry("rules", policy -> policy.rule(PAIRS)),
          Map.entry("jointRules", policy -> policy.rule(JOINT)),
          Map.entry("sensitivePorts", policy -> policy.sensitivePorts(Set.of(7))),
          Map.entry("everyEvent", policy -> policy.everyEvent(true)),
          Map.entry("allowedLateness", policy -> policy.allowedLateness(Duration.ofSeconds(7))),
          Map.entry("idleTime", policy -> policy.idleTime(Duration.ofSeconds(7))),
          Map.entry("maxDuration", policy -> policy.maxDuration(Duration.ofSeconds(7))),
          Map.entry("muteTime", policy -> policy.muteTime(Duration.ofSeconds(7))),
          Map.entry("decoyTime", policy -> policy.decoyTime(Duration.ofSeconds(7))),
          Map.entry("ipv6Prefix", policy -> policy.ipv6Prefix(56)),
          Map.entry("ladder", policy -> policy.ladder(List.of(7))),
          Map.entry("authorised", policy -> policy.authorise(ENTRY)),
          Map.entry(
              "ignored",
              policy ->
                  policy.ignore(
                      AuthorisedScanners.ignoring(List.of(), List.of(new PortRange(7, 7)), ""))));

  /** A part of a policy, one of its components, and another value for that. */
  private record Change(Record before, String component, Object value) {
    Record after() {
      RecordComponent[] components = before.getClass().getRecordComponents();
      @Nullable Object[] values = new Object[components.length];
      try {
        for (int i = 0; i < components.length; i++) {
          values[i] =
              components[i].getName().equals(component)
                  ? value
                  : components[i].getAccessor().invoke(before);
        }
        Class<?>[] types =
            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<? extends Record> constructor = before.getClass().getConstructor(types);
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("not made anew: " + before, e);
      }
    }
  }

  private static final List<Change> CHANGES =
      List.of(
          new Change(PAIRS, "name", "b"),
          new Change(PAIRS, "type", ScanType.VERTICAL),
          new Change(PAIRS, "measure", Measure.HOSTS),
          new Change(PAIRS, "failedOnly", true),
          new Change(PAIRS, "services", Set.of(ServiceGroup.WEB)),
          new Change(PAIRS, "windowSeconds", 302),
          new Change(PAIRS, "externalThreshold", 2),
          new Change(PAIRS, "internalThreshold", 2),
          new Change(PAIRS, "minimumHosts", 1),
          new Change(PAIRS, "minimumServices", 1),
          new Change(SERVICES, "minimumPrivileged", 1),
          new Change(HOSTS, "strangerPercent", 1),
          new Change(HOSTS.onFailures().amongStrangers(1), "darkOnly", true),
          new Change(JOINT, "name", "b"),
          new Change(JOINT, "type", ScanType.DISTRIBUTED_VERTICAL),
          new Change(JOINT, "services", Set.of(ServiceGroup.UDP)),
          new Change(JOINT, "windowSeconds", 302),
          new Change(JOINT, "externalThreshold", 31),
          new Change(JOINT, "internalThreshold", 31),
          new Change(JOINT, "minimumSources", 4),
          new Change(JOINT, "minimumEach", 4),
          new Change(ENTRY, "sources", AddressBlock.parse("10.0.0.2")),
          new Change(ENTRY, "targets", List.of(AddressBlock.parse("10.2.0.0/16"))),
          new Change(ENTRY, "ports", List.of(new PortRange(1, 1_025))),
          new Change(ENTRY, "schedule", SCHEDULE),
          new Change(ENTRY, "expires", Instant.EPOCH),
          new Change(ENTRY, "owner", "b"),
          new Change(ENTRY, "reason", "b"),
          new Change(SCHEDULE, "days", Set.of(DayOfWeek.TUESDAY)),
          new Change(SCHEDULE, "from", LocalTime.of(1, 0)),
          new Change(SCHEDULE, "to", LocalTime.of(13, 0)),
          new Change(SCHEDULE, "zone", ZoneOffset.ofHours(1)));

  private static DetectionPolicy with(Record part) {
    DetectionPolicy.Builder policy = BASE.toBuilder();
    if (part instanceof CountRule rule) {
      return policy.rule(rule).build();
    }
    if (part instanceof JointRule rule) {
      return policy.rule(rule).build();
    }
    Record entry =
        part instanceof ScanSchedule ? new Change(ENTRY, "schedule", part).after() : part;
    return policy.authorise((AuthorisedScanners) entry).build();
  }

  private static void differ(DetectionPolicy one, DetectionPolicy other, String why) {
    assertNotEquals(PolicyFingerprint.of(one), PolicyFingerprint.of(other), why);
    assertNotEquals(one, other, why);
  }

  @Test
  void everySettingIsInIt() {
    Set<String> accessors =
        Arrays.stream(DetectionPolicy.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .filter(name -> !Set.of("toBuilder", "hashCode").contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(accessors, new TreeSet<>(SETTINGS.keySet()));
    SETTINGS.forEach((name, change) -> differ(BASE, change.apply(BASE.toBuilder()).build(), name));
  }

  @Test
  void everyComponentOfItsPartsIsInIt() {
    for (Record part : List.of(PAIRS, JOINT, ENTRY, SCHEDULE)) {
      Set<String> components =
          Stream.of(part.getClass().getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> changed =
          CHANGES.stream()
              .filter(change -> change.before().getClass() == part.getClass())
              .map(Change::component)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(components, changed);
    }
    CHANGES.forEach(
        change -> differ(with(change.before()), with(change.after()), change.toString()));
  }

  @Test
  void equalPoliciesHaveTheSame() {
    assertEquals(PolicyFingerprint.of(BASE), PolicyFingerprint.of(BASE.toBuilder().build()));
    for (Record part : List.of(PAIRS, JOINT, ENTRY, SCHEDULE)) {
      assertEquals(PolicyFingerprint.of(with(part)), PolicyFingerprint.of(with(part)));
    }
  }
}
