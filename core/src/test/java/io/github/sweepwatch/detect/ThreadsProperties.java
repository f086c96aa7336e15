package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.internal.Threads;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.RepeatedTest;

/**
 * One detector fed by several threads against the same fed by one. The streams are such that their
 * order does not matter: all within the windows, no incident ends before the last event, scanned
 * things only fail, and no contact belongs to a scan that only some orders open.
 */
class ThreadsProperties {
  private static final int HOSTS = 20;
  private static final int SERVICES = 15;
  private static final int PAIRS = 60;

  private static final DetectionPolicy POLICY =
      DetectionPolicy.builder("threads")
          .rule(failures("hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE, HOSTS))
          .rule(failures("services", ScanType.VERTICAL, Measure.SERVICES_ON_HOST, SERVICES))
          .rule(failures("pairs", ScanType.BLOCK, Measure.PAIRS, PAIRS).withAtLeast(6, 6, 0))
          .idleTime(Duration.ofDays(9))
          .build();

  private static CountRule failures(String name, ScanType type, Measure measure, int threshold) {
    return CountRule.of(name, type, measure)
        .onFailures()
        .limit(threshold, threshold, Duration.ofHours(1));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void threadsEndUpWhereOneDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ConnectionEvent> events = events(random);
    List<ScanAlert> expected = new ArrayList<>();
    ScanDetector one = detector(POLICY, 1 << 20, expected::add);
    events.forEach(one::observe);
    one.finish();

    int threads = 2 + random.nextInt(3);
    List<List<ConnectionEvent>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      parts.add(new ArrayList<>());
    }
    events.forEach(event -> parts.get(random.nextInt(threads)).add(event));
    Queue<ScanAlert> alerts = new ConcurrentLinkedQueue<>();
    ScanDetector many = detector(POLICY, 1 << 20, alerts::add);
    Threads.run(threads, i -> parts.get(i).forEach(many::observe));
    many.finish();

    assertEquals(ends(expected), ends(alerts));
    assertFalse(expected.isEmpty());
    assertEachIncidentIsTold(expected);
    assertEachIncidentIsTold(alerts);
    assertEquals(one.stats().events(), many.stats().events());
    assertEquals(one.stats().sources(), many.stats().sources());
    assertEquals(one.stats().contacts(), many.stats().contacts());
    assertEquals(one.stats().incidentsOpened(), many.stats().incidentsOpened());
    assertEquals(0, many.stats().incidentsOpen());
    assertFalse(many.stats().degraded());
  }

  /** Whichever thread brings it, the contact that reaches the threshold opens the incident. */
  @RepeatedTest(50)
  void noRaceHidesTheLastContact() {
    int threshold = 40;
    int sources = 150;
    DetectionPolicy policy =
        DetectionPolicy.builder("last contact")
            .rule(failures("hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE, threshold))
            .build();
    Queue<ScanAlert> alerts = new ConcurrentLinkedQueue<>();
    ScanDetector detector = detector(policy, 4 << 20, alerts::add);
    Threads.Meeting start = new Threads.Meeting(2);
    Threads.run(
        2,
        thread -> {
          for (int i = 0; i < sources; i++) {
            IpAddress source = IpAddress.ofIpv4(0xcb00_0000 + i);
            List<ConnectionEvent> mine = new ArrayList<>();
            for (int host = thread; host < threshold; host += 2) {
              mine.add(event(source, Traffic.host(host), 22, Outcome.REFUSED, 0));
            }
            start.await();
            mine.forEach(detector::observe);
          }
        });
    detector.finish();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      expected.add(IpAddress.ofIpv4(0xcb00_0000 + i) + " HORIZONTAL: 40 targets, 1 ports");
    }
    assertEquals(expected.stream().sorted().toList(), ends(alerts));
    assertEachIncidentIsTold(alerts);
    assertFalse(detector.stats().degraded());
  }

  private static ScanDetector detector(
      DetectionPolicy policy, long memoryBudget, Consumer<ScanAlert> alerts) {
    return ScanDetector.builder()
        .policy(policy)
        .memoryBudget(memoryBudget)
        .onAlert(alerts::accept)
        .build();
  }

  /** Source, type and final counts of each incident that has ended. */
  private static Collection<String> ends(Collection<ScanAlert> alerts) {
    return alerts.stream()
        .filter(alert -> alert.state() == ScanAlert.State.ENDED)
        .map(
            alert ->
                alert.sources().get(0)
                    + " "
                    + alert.type()
                    + ": "
                    + alert.uniqueTargets()
                    + " targets, "
                    + alert.uniquePorts()
                    + " ports")
        .sorted()
        .toList();
  }

  /** Alerts of one incident are numbered from 1 on; the first opens it and the last ends it. */
  private static void assertEachIncidentIsTold(Collection<ScanAlert> alerts) {
    Map<String, List<ScanAlert>> incidents =
        alerts.stream().collect(Collectors.groupingBy(ScanAlert::id));
    for (List<ScanAlert> told : incidents.values()) {
      assertEquals(
          LongStream.rangeClosed(1, told.size()).boxed().toList(),
          told.stream().map(ScanAlert::seq).sorted().toList(),
          told::toString);
      for (ScanAlert alert : told) {
        ScanAlert.State state =
            alert.seq() == 1
                ? ScanAlert.State.OPENED
                : alert.seq() == told.size() ? ScanAlert.State.ENDED : ScanAlert.State.UPDATED;
        assertEquals(state, alert.state(), told::toString);
      }
      assertEquals(
          1, new TreeSet<>(told.stream().map(alert -> alert.sources().get(0)).toList()).size());
    }
  }

  // ---- streams ----

  /** Up to ten sources of up to 120 contacts, mixed, within half an hour. */
  private static List<ConnectionEvent> events(SplittableRandom random) {
    List<ConnectionEvent> events = new ArrayList<>();
    int sources = 4 + random.nextInt(7);
    // Sometimes all within a few ticks, where all threads meet at the same words.
    double span = random.nextBoolean() ? 1_800 : 4;
    for (int i = 0; i < sources; i++) {
      Source source = new Source(random, i, span);
      switch (i == 0 ? 1 : random.nextInt(6)) {
        case 0 -> source.keepBelow();
        case 1 -> source.sweep();
        case 2 -> source.scanPorts();
        case 3 -> source.scanBlock();
        case 4 -> source.sweepAndScanPorts();
        default -> source.use(0, 100, 40);
      }
      events.addAll(source.events);
    }
    // In order but for half a minute.
    Map<ConnectionEvent, Double> order = new HashMap<>();
    events.forEach(
        event -> order.put(event, event.timeMicros() + random.nextDouble() * 30_000_000));
    events.sort(Comparator.comparingDouble(event -> order.getOrDefault(event, 0.0)));
    return events;
  }

  private static ConnectionEvent event(
      IpAddress source, IpAddress host, int port, Outcome outcome, double second) {
    return ConnectionEvent.builder()
        .timeMicros(Traffic.micros(second))
        .source(source)
        .destination(host)
        .sourceLocality(Locality.REMOTE)
        .protocol(Protocol.TCP)
        .destinationPort(port)
        .outcome(outcome)
        .build();
  }

  /** What one source does. Scanned ports lie below 1,000, hosts below 100; other use above. */
  private static final class Source {
    private final SplittableRandom random;
    private final IpAddress address;
    private final double span;
    final List<ConnectionEvent> events = new ArrayList<>();

    Source(SplittableRandom random, int number, double span) {
      this.random = random;
      this.span = span;
      address =
          random.nextInt(3) == 0
              ? new IpAddress(0x2001_0db8L << 32, number)
              : IpAddress.ofIpv4(0xcb00_7100 + number);
    }

    private static IpAddress host(int number) {
      return number % 3 == 0 ? new IpAddress(0xfd77L << 48, number) : Traffic.host(number);
    }

    /** One contact, some of them several times. */
    private void touch(int host, int port, Outcome outcome) {
      do {
        events.add(event(address, host(host), port, outcome, random.nextDouble() * span));
      } while (random.nextInt(4) == 0);
    }

    private void fail(int host, int port) {
      touch(host, port, random.nextBoolean() ? Outcome.REFUSED : Outcome.NO_REPLY);
    }

    /** Often just at a threshold. */
    private int from(int threshold, int most) {
      return random.nextBoolean() ? threshold : threshold + random.nextInt(most - threshold + 1);
    }

    void use(int firstHost, int contacts, int ports) {
      for (int i = 0; i < contacts; i++) {
        touch(firstHost + i % 50, 2_000 + random.nextInt(ports), Outcome.ESTABLISHED);
      }
    }

    void keepBelow() {
      for (int i = 0; i < HOSTS - 1; i++) {
        fail(i, 80);
      }
      for (int i = 0; i < SERVICES - 1; i++) {
        fail(50, 100 + i);
      }
    }

    void sweep() {
      int ports = 1 + random.nextInt(2);
      int hosts = from(HOSTS, 45);
      for (int port = 0; port < ports; port++) {
        int first = random.nextInt(50);
        for (int i = 0; i < hosts; i++) {
          fail(first + i, 80 + port);
        }
      }
      use(0, random.nextInt(30), 9);
    }

    void scanPorts() {
      int ports = from(SERVICES, 90);
      for (int i = 0; i < ports; i++) {
        fail(7, 1 + i);
      }
      use(100, random.nextInt(30), 9);
    }

    void scanBlock() {
      int ports = 6 + random.nextInt(7);
      int hosts = (PAIRS + ports - 1) / ports;
      for (int host = 0; host < hosts; host++) {
        for (int port = 0; port < ports; port++) {
          fail(host, 1 + port);
        }
      }
      use(0, random.nextInt(30), 9);
    }

    /** Two scans, together too small for a third. */
    void sweepAndScanPorts() {
      int hosts = from(HOSTS, 29);
      for (int i = 0; i < hosts; i++) {
        fail(20 + i, 80);
      }
      int ports = from(SERVICES, 29);
      for (int i = 0; i < ports; i++) {
        fail(10, 100 + i);
      }
    }
  }
}
