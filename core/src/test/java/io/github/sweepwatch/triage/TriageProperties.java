package io.github.sweepwatch.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.LogonTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Triage against an oracle that keeps every logon, in any order of arrival. */
class TriageProperties {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = 1_795_486_073 * SECOND;

  private final List<ScanAlert> told = new ArrayList<>();

  private static IpAddress address(int number) {
    return IpAddress.parse("198.51.100." + number);
  }

  private static ScanAlert alert(int source, long seq, long firstSeen, ScanAlert.State state) {
    return ScanAlert.builder()
        .id("incident-of-" + source)
        .seq(seq)
        .state(state)
        .type(ScanType.HORIZONTAL)
        .sources(List.of(address(source)))
        .targets(List.of(IpAddress.parse("10.0.0.1")))
        .firstSeenMicros(firstSeen)
        .severity(Severity.MEDIUM)
        .build();
  }

  /** From a little before the window to a little after it, often at its very ends. */
  private static long time(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> START - 10 * MINUTE - random.nextInt(2);
      case 1 -> START + 24 * HOUR + random.nextInt(2);
      case 2 -> START - random.nextInt(2);
      default -> START - 20 * MINUTE + Math.floorMod(random.nextLong(), 25 * HOUR);
    };
  }

  private static LogonEvent logon(Random random, int sources, long time) {
    return new LogonEvent(
        time,
        address(1 + random.nextInt(sources)),
        random.nextInt(4) == 0 ? null : IpAddress.parse("10.0.0." + random.nextInt(4)),
        random.nextBoolean() ? "host" + random.nextInt(3) : null,
        random.nextInt(5) == 0 ? null : "account" + random.nextInt(5),
        random.nextBoolean() ? "ssh" : "ntlm",
        random.nextInt(8) == 0,
        "sensor" + random.nextInt(2));
  }

  private static List<LogonEvent> within(List<LogonEvent> all, int source, long from, long to) {
    return all.stream()
        .filter(logon -> logon.source().equals(address(source)))
        .filter(logon -> logon.timeMicros() >= from && logon.timeMicros() <= to)
        .toList();
  }

  private ScanAlert last(int source) {
    ScanAlert last = null;
    for (ScanAlert each : told) {
      if (each.id().equals("incident-of-" + source)) {
        last = each;
      }
    }
    return Objects.requireNonNull(last);
  }

  private static LogonActivity logons(ScanAlert alert) {
    return Objects.requireNonNull(alert.explanation()).logons();
  }

  @Property(tries = 300)
  void orderOfArrivalDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 0, max = 240) int n) {
    Random random = new Random(seed);
    told.clear();
    int sources = 3;
    List<LogonEvent> logons = new ArrayList<>();
    List<Object> arrivals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      LogonEvent logon = logon(random, sources, time(random));
      logons.add(logon);
      arrivals.add(logon);
    }
    // Two of the three sources scan; an update finds an earlier contact.
    for (int source = 1; source <= 2; source++) {
      arrivals.add(alert(source, 1, START + MINUTE, ScanAlert.State.OPENED));
      arrivals.add(alert(source, 2, START, ScanAlert.State.UPDATED));
      arrivals.add(alert(source, 3, START, ScanAlert.State.ENDED));
    }
    Collections.shuffle(arrivals, random);
    Triage triage = Triage.builder().onAlert(told::add).build();
    for (Object arrival : arrivals) {
      if (arrival instanceof LogonEvent logon) {
        triage.logon(logon);
      } else if (arrival instanceof ScanAlert alert) {
        triage.alert(alert);
      }
    }
    for (int source = 1; source <= 2; source++) {
      boolean gotIn =
          within(logons, source, START, START + 24 * HOUR).stream().anyMatch(LogonEvent::success);
      assertEquals(gotIn ? Severity.CRITICAL : Severity.MEDIUM, last(source).severity());
      triage.alert(alert(source, 4, START, ScanAlert.State.ENDED));
      check(within(logons, source, START - 10 * MINUTE, START + 24 * HOUR), logons(last(source)));
      checkNumbers(source);
    }
  }

  private void checkNumbers(int source) {
    List<Long> numbers =
        told.stream()
            .filter(each -> each.id().equals("incident-of-" + source))
            .map(ScanAlert::seq)
            .toList();
    // Where alerts of the detector overtook each other, the first decides where counting begins.
    for (int i = 1; i < numbers.size(); i++) {
      assertEquals(numbers.get(0) + i, numbers.get(i));
    }
  }

  private static void check(List<LogonEvent> expected, LogonActivity found) {
    assertEquals(expected.size(), found.attempts());
    List<LogonEvent> successes = expected.stream().filter(LogonEvent::success).toList();
    assertEquals(successes.size(), found.successes());
    assertEquals(expected.size() - successes.size(), found.failures());
    assertFalse(found.mayBeIncomplete());
    LogonEvent first = found.firstSuccess();
    assertEquals(successes.isEmpty(), first == null);
    if (first != null) {
      assertTrue(successes.contains(first));
      assertEquals(
          successes.stream().mapToLong(LogonEvent::timeMicros).min().orElseThrow(),
          first.timeMicros());
    }
    Set<String> accounts = new HashSet<>();
    Map<String, Long> targets = new HashMap<>();
    for (LogonEvent logon : expected) {
      if (logon.account() != null) {
        accounts.add(logon.account());
      }
      if (logon.target() != null || logon.targetHost() != null) {
        targets.merge(logon.target() + " " + logon.targetHost(), 1L, Long::sum);
      }
    }
    assertEquals(accounts, new HashSet<>(found.accounts()));
    Map<String, Long> foundTargets = new HashMap<>();
    boolean probedSoFar = true;
    for (LogonTarget target : found.targets()) {
      foundTargets.put(target.address() + " " + target.host(), target.attempts());
      assertEquals(IpAddress.parse("10.0.0.1").equals(target.address()), target.probed());
      assertTrue(probedSoFar || !target.probed(), "probed ones come first");
      probedSoFar = target.probed();
    }
    if (!found.targetsTruncated()) {
      assertEquals(targets, foundTargets);
    }
  }

  @Property(tries = 60)
  void bruteForceBecomesCountersAndLosesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 300, max = 5_000) int n) {
    Random random = new Random(seed);
    told.clear();
    List<LogonEvent> logons = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      // Within two hours of the window, so that no counter lies across its ends.
      LogonEvent logon =
          new LogonEvent(
              START + Math.floorMod(random.nextLong(), 2 * HOUR),
              address(1),
              IpAddress.parse("10.0." + random.nextInt(4) + '.' + random.nextInt(100)),
              null,
              "account" + random.nextInt(1_000),
              "ssh",
              random.nextInt(500) == 0,
              null);
      logons.add(logon);
    }
    LogonActivity inOrder = activity(logons);
    Collections.shuffle(logons, random);
    LogonActivity shuffled = activity(logons);
    assertEquals(inOrder, shuffled);
    assertEquals(n, shuffled.attempts());
    assertEquals(logons.stream().filter(LogonEvent::success).count(), shuffled.successes());
    assertTrue(shuffled.accountsTruncated());
    assertTrue(shuffled.targetsTruncated());
    assertFalse(shuffled.mayBeIncomplete());
  }

  private LogonActivity activity(List<LogonEvent> logons) {
    Triage triage = Triage.builder().onAlert(told::add).build();
    logons.forEach(triage::logon);
    triage.alert(alert(1, 1, START, ScanAlert.State.OPENED));
    assertEquals(0, triage.droppedLogons());
    return logons(last(1));
  }

  @Property(tries = 40)
  void whatWasDroppedIsCountedAndSaid(@ForAll long seed) {
    Random random = new Random(seed);
    told.clear();
    Triage triage = Triage.builder().memoryBudget(64 << 10).onAlert(told::add).build();
    triage.logon(new LogonEvent(START, address(1), null, null, "root", "ssh", true, null));
    for (int i = 0; i < 1_000; i++) {
      triage.logon(
          new LogonEvent(
              START + random.nextInt(1_000),
              new IpAddress(0x2001_0db8L << 32, i),
              null,
              null,
              "user",
              "ssh",
              false,
              null));
    }
    // Each takes more than 200 bytes.
    assertTrue(1_001 - triage.droppedLogons() < 65_536 / 200, triage.droppedLogons() + " dropped");
    assertTrue(triage.droppedLogons() < 900, triage.droppedLogons() + " dropped");
    triage.alert(alert(1, 1, START, ScanAlert.State.OPENED));
    assertTrue(logons(last(1)).mayBeIncomplete());
    assertEquals(0, logons(last(1)).attempts());
    // Of a source that has nothing to do with those nothing is missing.
    triage.alert(alert(2, 1, START, ScanAlert.State.OPENED));
    assertFalse(logons(last(2)).mayBeIncomplete());
  }
}
