package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The detector against the plainest model there is: for each event, look at all events so far and
 * count. Compared is when, and on what count, each source is first reported.
 */
class DetectionModelProperties {
  private static final int SOURCES = 3;

  record Row(int source, int host, int port, boolean failed, int second) {
    ConnectionEvent event() {
      return event(Locality.REMOTE);
    }

    ConnectionEvent event(Locality sourceLocality) {
      return ConnectionEvent.builder()
          .timeMicros(Traffic.START + second * 1_000_000L)
          .source(address(source))
          .destination(host % 2 == 0 ? Traffic.host(host) : new IpAddress(0xfd77L << 48, host))
          .sourceLocality(sourceLocality)
          .protocol(Protocol.TCP)
          .destinationPort(port)
          .outcome(failed ? Outcome.REFUSED : Outcome.ESTABLISHED)
          .build();
    }

    long tick() {
      return (Traffic.START / 1_000_000 + second) / 2;
    }
  }

  @Property(tries = 2000)
  void reportsWhenTheModelDoes(@ForAll("rules") CountRule rule, @ForAll("rows") List<Row> rows) {
    Map<IpAddress, String> expected = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      long count = count(rule, rows.subList(0, i + 1));
      if (count >= 0) {
        expected.putIfAbsent(address(row.source()), "at event " + i + " on " + count);
      }
    }

    Map<IpAddress, String> actual = new HashMap<>();
    int[] at = {0};
    DetectionPolicy policy =
        DetectionPolicy.builder("model").rule(rule).idleTime(Duration.ofDays(9)).build();
    ScanDetector detector =
        ScanDetector.builder()
            .policy(policy)
            .memoryBudget(1 << 20)
            .onAlert(
                alert -> {
                  if (alert.state() == ScanAlert.State.OPENED) {
                    actual.put(
                        alert.sources().get(0),
                        "at event " + at[0] + " on " + alert.reasons().get(0).count());
                  }
                })
            .build();
    for (at[0] = 0; at[0] < rows.size(); at[0]++) {
      detector.observe(rows.get(at[0]).event());
    }
    assertEquals(expected, actual);
  }

  @Property(tries = 500)
  void theFinalCountsAreThoseOfEveryContactOnTheScannedPort(@ForAll("rows") List<Row> rows) {
    CountRule rule =
        CountRule.of("hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
            .onFailures()
            .limit(4, 4, Duration.ofHours(24));
    Map<IpAddress, Set<Integer>> expected = new HashMap<>();
    for (int source = 0; source < SOURCES; source++) {
      Set<Integer> ports = new HashSet<>();
      Set<Integer> hosts = new HashSet<>();
      for (int port = 0; port < 10; port++) {
        Set<Integer> failing = new HashSet<>();
        for (Row row : rows) {
          if (row.source() == source && row.port() == port && row.failed()) {
            failing.add(row.host());
          }
        }
        if (failing.size() >= 4) {
          ports.add(port);
          hosts.addAll(failing);
        }
      }
      if (!ports.isEmpty()) {
        expected.put(address(source), hosts);
      }
    }

    Map<IpAddress, ScanAlert> ended = new HashMap<>();
    DetectionPolicy policy =
        DetectionPolicy.builder("model").rule(rule).idleTime(Duration.ofDays(9)).build();
    ScanDetector detector =
        ScanDetector.builder()
            .policy(policy)
            .memoryBudget(1 << 20)
            .onAlert(alert -> ended.put(alert.sources().get(0), alert))
            .build();
    // Only failures: successes before a port was known to be scanned are rightly not remembered.
    rows.stream().filter(Row::failed).forEach(row -> detector.observe(row.event()));
    detector.finish();
    Map<IpAddress, Long> sizes = new HashMap<>();
    expected.forEach((source, hosts) -> sizes.put(source, (long) hosts.size()));
    Map<IpAddress, Long> actual = new HashMap<>();
    ended.forEach((source, alert) -> actual.put(source, alert.uniqueTargets()));
    assertEquals(sizes, actual);
  }

  /** What the rule counts at the last row for its source, or -1 where it does not speak. */
  private static long count(CountRule rule, List<Row> rows) {
    Row last = rows.get(rows.size() - 1);
    List<Row> mine = rows.stream().filter(row -> row.source() == last.source()).toList();
    long newest = mine.stream().mapToLong(Row::tick).max().orElseThrow();
    List<Row> window =
        mine.stream()
            .filter(row -> row.tick() > newest - rule.windowSeconds() / 2)
            .filter(row -> row.failed() || !rule.failedOnly())
            .toList();
    Set<Object> distinct = new HashSet<>();
    Set<Integer> hosts = new HashSet<>();
    Set<Integer> ports = new HashSet<>();
    for (Row row : window) {
      boolean counts =
          switch (rule.measure()) {
            case HOSTS_ON_SERVICE -> row.port() == last.port();
            case SERVICES_ON_HOST -> row.host() == last.host();
            case PAIRS, HOSTS, CONNECTIONS -> true;
          };
      if (counts) {
        hosts.add(row.host());
        ports.add(row.port());
        distinct.add(
            switch (rule.measure()) {
              case HOSTS_ON_SERVICE, HOSTS -> row.host();
              case SERVICES_ON_HOST -> row.port();
              case PAIRS -> List.of(row.host(), row.port());
              case CONNECTIONS -> new Object();
            });
      }
    }
    boolean speaks =
        distinct.size() >= rule.externalThreshold()
            && hosts.size() >= rule.minimumHosts()
            && ports.size() >= rule.minimumServices()
            && (rule.minimumHosts() == 0 || 2 * mostOnOneHost(distinct) <= distinct.size());
    return speaks ? distinct.size() : -1;
  }

  private static long mostOnOneHost(Set<Object> pairs) {
    return pairs.stream()
        .collect(Collectors.groupingBy(pair -> ((List<?>) pair).get(0), Collectors.counting()))
        .values()
        .stream()
        .mapToLong(number -> number)
        .max()
        .orElse(0);
  }

  private static IpAddress address(int number) {
    return IpAddress.ofIpv4(0xcb00_7100 + number);
  }

  @Provide
  Arbitrary<CountRule> rules() {
    return Combinators.combine(
            Arbitraries.of(Measure.values()),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(2, 12),
            Arbitraries.of(2, 10, 60, 300, 3_600, 86_400))
        .as(
            (measure, failedOnly, threshold, window) -> {
              boolean onlyFailures = failedOnly && measure != Measure.CONNECTIONS;
              CountRule rule =
                  CountRule.of("rule", ScanType.HORIZONTAL, measure)
                      .limit(threshold, threshold, Duration.ofSeconds(window));
              rule = onlyFailures ? rule.onFailures() : rule;
              return measure == Measure.PAIRS ? rule.withAtLeast(2, 2, 0) : rule;
            });
  }

  /** Bursts and gaps, out of order within an hour, repeated contacts. */
  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Row> step =
        Combinators.combine(
                Arbitraries.integers().between(0, SOURCES - 1),
                Arbitraries.integers().between(0, 15),
                Arbitraries.integers().between(0, 9),
                Arbitraries.of(true, true, false),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 5)),
                    net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(-400, 0)),
                    net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 600)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 7_200))))
            .as(Row::new);
    return step.list()
        .ofMinSize(1)
        .ofMaxSize(120)
        .map(
            steps -> {
              List<Row> rows = new ArrayList<>();
              int clock = 100_000;
              for (Row row : steps) {
                // Within a day, so that the longest window holds everything.
                int second = Math.min(clock + row.second(), 180_000);
                clock = Math.max(clock, second);
                rows.add(new Row(row.source(), row.host(), row.port(), row.failed(), second));
              }
              return rows;
            });
  }
}
