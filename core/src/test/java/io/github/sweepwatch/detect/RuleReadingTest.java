package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.RuleReading.Cause;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What keeps a rule from speaking, of sources whose contacts are kept one by one and of those with
 * sketches. A rule that could speak with the next contact speaks at once, so that only others are
 * read.
 */
class RuleReadingTest {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final CountRule PAIRS = CountRule.of("pairs", ScanType.BLOCK, Measure.PAIRS);
  private static final CountRule PORTS =
      CountRule.of("ports", ScanType.VERTICAL, Measure.SERVICES_ON_HOST);
  private static final CountRule STRANGERS =
      CountRule.of("strangers", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
          .onFailures()
          .amongStrangers(50);

  /** Counts differ by no more than so many of a hundred where they are estimates. */
  private static final int OFF = 15;

  private static Traffic under(CountRule rule) {
    return new Traffic(
        ScanDetector.builder()
            .policy(DetectionPolicy.builder("one").rule(rule).build())
            .memoryBudget(1 << 20)
            .secretKey(1, 2));
  }

  /** Each of some hosts, each of some ports. */
  private static Traffic pairs(CountRule rule, int hosts, int ports) {
    Traffic traffic = under(rule);
    for (int port = 0; port < ports; port++) {
      traffic.sweep(0, 0.01, hosts, 2_000 + port, Outcome.NO_REPLY);
    }
    return traffic;
  }

  private static RuleReading reading(Traffic traffic) {
    assertTrue(traffic.opened().isEmpty());
    return traffic.detector().inspect(Traffic.SCANNER).orElseThrow().rules().get(0);
  }

  private static void because(RuleReading reading, Cause cause, long has, long needs) {
    assertEquals(cause, reading.cause(), reading.toString());
    near(has, reading.has());
    near(needs, reading.needs());
  }

  private static void near(long expected, long actual) {
    // So few are kept one by one, even in sketches.
    long off = expected <= 100 ? 0 : expected * OFF / 100;
    assertTrue(Math.abs(expected - actual) <= off, () -> expected + " but was " + actual);
  }

  private static CountRule pairs(int limit, int hosts, int ports) {
    return PAIRS.limit(limit, limit, WINDOW).withAtLeast(hosts, ports, 0);
  }

  @Test
  void tooFewPairs() {
    because(reading(pairs(pairs(101, 0, 0), 10, 10)), Cause.BELOW_THRESHOLD, 100, 101);
    because(reading(pairs(pairs(1_000, 0, 0), 50, 10)), Cause.BELOW_THRESHOLD, 500, 1_000);
  }

  @Test
  void tooFewHostsAmongPairs() {
    because(reading(pairs(pairs(100, 11, 2), 10, 10)), Cause.FEW_HOSTS, 10, 11);
    because(reading(pairs(pairs(300, 51, 2), 50, 10)), Cause.FEW_HOSTS, 50, 51);
  }

  @Test
  void tooFewServicesAmongPairs() {
    because(reading(pairs(pairs(100, 2, 11), 10, 10)), Cause.FEW_SERVICES, 10, 11);
    because(reading(pairs(pairs(300, 2, 11), 50, 10)), Cause.FEW_SERVICES, 10, 11);
  }

  @Test
  void oneHostWithMostOfThePairs() {
    Traffic few = under(pairs(50, 2, 2));
    Traffic many = under(pairs(200, 2, 2));
    for (int host = 2; host <= 10; host++) {
      few.connect(0, host, 2_000, Outcome.NO_REPLY);
      many.connect(0, host, 2_000, Outcome.NO_REPLY);
    }
    for (int port = 0; port < 90; port++) {
      few.connect(1, 1, 2_000 + port, Outcome.NO_REPLY);
    }
    for (int port = 0; port < 400; port++) {
      many.connect(1, 1, 2_000 + port, Outcome.NO_REPLY);
    }
    because(reading(few), Cause.ONE_HOST, 90, 49);
    because(reading(many), Cause.ONE_HOST, 400, 204);
  }

  @Test
  void tooFewPortsBelow1024() {
    CountRule fifty = PORTS.limit(50, 50, WINDOW).withAtLeast(0, 0, 20);
    because(reading(portsFrom(fifty, 1_010, 60)), Cause.FEW_PRIVILEGED_PORTS, 14, 20);
    because(reading(portsFrom(fifty, 1_010, 600)), Cause.FEW_PRIVILEGED_PORTS, 14, 20);
    because(reading(portsFrom(fifty, 2_000, 600)), Cause.FEW_PRIVILEGED_PORTS, 0, 20);
    CountRule thousand = PORTS.limit(1_000, 1_000, WINDOW).withAtLeast(0, 0, 20);
    because(reading(portsFrom(thousand, 1_010, 600)), Cause.BELOW_THRESHOLD, 600, 1_000);
  }

  @Test
  void aHostWithEnoughPortsBelow1024IsToldOfBeforeAnotherWithMorePorts() {
    Traffic traffic = portsFrom(PORTS.limit(300, 300, WINDOW).withAtLeast(0, 0, 20), 2_000, 600);
    for (int port = 1; port <= 80; port++) {
      traffic.connect(2, 2, port, Outcome.NO_REPLY);
    }
    because(reading(traffic), Cause.BELOW_THRESHOLD, 80, 300);
  }

  private static Traffic portsFrom(CountRule rule, int first, int ports) {
    Traffic traffic = under(rule);
    for (int port = first; port < first + ports; port++) {
      traffic.connect(1, 1, port, Outcome.NO_REPLY);
    }
    return traffic;
  }

  @Test
  void hostsThatHaveAnswered() {
    because(reading(known(50)), Cause.KNOWN_HOSTS, 0, 20);
    because(reading(known(300)), Cause.KNOWN_HOSTS, 0, 20);
  }

  /** Hosts that answer on one port and not on another. */
  private static Traffic known(int hosts) {
    return under(STRANGERS.limit(20, 20, WINDOW))
        .sweep(0, 0.01, hosts, 443, Outcome.ESTABLISHED)
        .sweep(10, 0.01, hosts, 8_080, Outcome.REFUSED);
  }

  @Test
  void anOpenIncident() {
    for (int hosts : new int[] {50, 300}) {
      Traffic traffic = under(STRANGERS.limit(20, 20, WINDOW));
      traffic.sweep(0, 0.01, hosts, 8_080, Outcome.REFUSED);
      assertEquals(1, traffic.opened().size());
      RuleReading reading =
          traffic.detector().inspect(Traffic.SCANNER).orElseThrow().rules().get(0);
      assertEquals(Cause.INCIDENT_OPEN, reading.cause());
      near(hosts, reading.has());
    }
  }

  @Test
  void countsAreThoseHeldAgainstTheLimit() {
    CountRule rule = pairs(1_000, 3, 2);
    Traffic traffic = under(rule);
    long[] expected = {0, 0, 0, 4, 5, 6};
    int[][] contacts = {{1, 80}, {2, 80}, {1, 81}, {3, 80}, {3, 82}, {2, 83}};
    for (int i = 0; i < contacts.length; i++) {
      ConnectionEvent event =
          traffic.event(i, contacts[i][0], contacts[i][1], Outcome.NO_REPLY).build();
      traffic.detector().observe(event);
      assertEquals(
          new Reason("pairs", expected[i], 1_000, 300),
          traffic.detector().counts(event).get(0),
          "contact " + i);
    }
  }
}
