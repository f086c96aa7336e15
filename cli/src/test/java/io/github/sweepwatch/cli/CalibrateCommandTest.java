package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
  @TempDir private Path folder;

  /** Thirty sources, which fail on 11, 12, 13 ... hosts of one service. */
  private static String thirty() {
    StringBuilder log = new StringBuilder(ZeekText.HEADER);
    for (int host = 1; host <= 40; host++) {
      for (int source = 1; source <= 30; source++) {
        if (host <= 10 + source) {
          log.append(
              ZeekText.row(
                  host * 4, "203.0.113." + source, "10.0.0." + host, 5_432 + source, "S0"));
        }
      }
    }
    return log.toString();
  }

  private static long scans(CommandRun run) {
    return run.outLines().stream().filter(line -> line.contains("\"state\":\"opened\"")).count();
  }

  @Test
  void theSuggestedPolicyRaisesNoMoreAlertsThanPromised() throws IOException {
    Path log = Files.writeString(folder.resolve("conn.log"), thirty());
    assertEquals(30, scans(CommandRun.of("detect", "--output", "json", log.toString())));
    for (int promised : new int[] {0, 1, 7, 20}) {
      CommandRun run =
          CommandRun.of(
              "calibrate", "--alerts-a-day", promised + "", "--output", "yaml", log.toString());
      assertEquals(ExitCode.OK, run.code(), run.err());
      Path policy = Files.writeString(folder.resolve(promised + ".yaml"), run.out());
      CommandRun replay =
          CommandRun.of(
              "detect", "--policy", policy.toString(), "--output", "json", log.toString());
      assertEquals(ExitCode.OK, replay.code(), replay.err());
      // Each has one more host than the one before: there are just so many above a threshold.
      assertEquals(promised, scans(replay), run.out());
    }
  }

  @Test
  void tellsOfEachRuleWhatItCounts() throws IOException {
    Path log = Files.writeString(folder.resolve("conn.log"), thirty());
    CommandRun run = CommandRun.of("calibrate", "--alerts-a-day", "2", log.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    String line =
        run.outLines().stream()
            .filter(some -> some.matches("first-contacts-hosts \\S*tcp_other.* outside .*"))
            .findFirst()
            .orElseThrow();
    // Sources, quantiles, maximum, present, suggested; then those that reach 5, 10, 20, 50, 100.
    assertTrue(
        line.replaceAll(" +", " ").contains(" outside 30 25 37 40 40 40 10 39 30.0 30.0 21.0 0.0 "),
        line);
    assertTrue(run.out().contains("30.0 now, 2.0 with the suggested ones"), run.out());
  }

  @Test
  void whoIsAuthorisedIsLeftOut() throws IOException {
    Path log = Files.writeString(folder.resolve("conn.log"), thirty());
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "preset: default\nauthorised:\n  - {sources: 203.0.113.0/28}\n");
    CommandRun run = CommandRun.of("calibrate", "--policy", policy.toString(), log.toString());
    assertTrue(run.out().contains("15.0 now"), run.out());
  }

  private static ConnectionEvent event(long second, int source, int host) {
    return ConnectionEvent.builder()
        .timeMicros((1_700_000_000L + second) * 1_000_000)
        .source(IpAddress.ofIpv4(0xcb00_7100 + source))
        .destination(IpAddress.ofIpv4(0x0a00_0000 + host))
        .protocol(Protocol.TCP)
        .destinationPort(8_080)
        .outcome(Outcome.NO_REPLY)
        .build();
  }

  private record Touch(long second, int host) {}

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void aSourcesFigureIsItsGreatestCountInAnyWindow(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DetectionPolicy policy =
        DetectionPolicy.builder("one")
            .rule(
                CountRule.of("hosts", ScanType.HORIZONTAL, CountRule.Measure.HOSTS)
                    .limit(50, 50, Duration.ofSeconds(60)))
            .build();
    Calibration calibration = new Calibration(policy, LocalNetworks.PRIVATE);
    List<Touch> touches = new ArrayList<>();
    long second = 0;
    long greatest = 0;
    for (int i = 0; i < 300; i++) {
      second += random.nextInt(random.nextInt(8) + 1);
      touches.add(new Touch(second, random.nextInt(40)));
      calibration.observe(event(second, 1, touches.get(i).host()));
      calibration.observe(event(second, 2, 1));
      long after = second / 2 - 30;
      Set<Integer> hosts = new HashSet<>();
      touches.stream()
          .filter(touch -> touch.second() / 2 > after)
          .forEach(touch -> hosts.add(touch.host()));
      greatest = Math.max(greatest, hosts.size());
    }
    calibration.finish();
    RuleFigures figures = calibration.figures(false).get(0);
    assertEquals(2, figures.sources());
    assertEquals(greatest, figures.maximum());
    assertEquals(1, figures.quantile(0));
  }

  private static final List<CountRule> KINDS =
      List.of(
          CountRule.of("strangers", ScanType.HORIZONTAL, CountRule.Measure.HOSTS_ON_SERVICE)
              .onFailures()
              .amongStrangers(60),
          CountRule.of("all strangers", ScanType.HORIZONTAL, CountRule.Measure.HOSTS_ON_SERVICE)
              .amongStrangers(40),
          CountRule.of("ports", ScanType.VERTICAL, CountRule.Measure.SERVICES_ON_HOST)
              .withAtLeast(0, 0, 2),
          CountRule.of("pairs", ScanType.BLOCK, CountRule.Measure.PAIRS)
              .onFailures()
              .withAtLeast(3, 2, 0));

  private static ConnectionEvent anyEvent(SplittableRandom random, long second) {
    Outcome outcome =
        List.of(Outcome.NO_REPLY, Outcome.REFUSED, Outcome.ESTABLISHED, Outcome.UNKNOWN)
            .get(random.nextInt(4));
    ConnectionEvent.Builder event =
        ConnectionEvent.builder()
            .timeMicros((1_700_000_000L + second) * 1_000_000)
            .source(IpAddress.ofIpv4(0xcb00_7101))
            .destination(IpAddress.ofIpv4(0x0a00_0000 + random.nextInt(12)))
            .protocol(Protocol.TCP)
            .destinationPort(1_021 + random.nextInt(6))
            .outcome(outcome);
    return outcome == Outcome.ESTABLISHED ? event.bytes(300, 900).build() : event.build();
  }

  private static long opened(CountRule rule, List<ConnectionEvent> events) {
    ScanDetector detector =
        ScanDetector.builder()
            .policy(DetectionPolicy.builder("one").rule(rule).build())
            .memoryBudget(1 << 20)
            .build();
    events.forEach(detector::observe);
    return detector.stats().incidentsOpened();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void aFigureIsTheLimitUpToWhichTheRuleSpeaks(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CountRule kind = KINDS.get(random.nextInt(KINDS.size()));
    Duration window = Duration.ofSeconds(20 + 2L * random.nextInt(30));
    List<ConnectionEvent> events = new ArrayList<>();
    long second = 0;
    for (int i = 0; i < 200; i++) {
      second += random.nextInt(3);
      events.add(anyEvent(random, second));
    }
    Calibration calibration =
        new Calibration(
            DetectionPolicy.builder("one").rule(kind.limit(50, 50, window)).build(),
            LocalNetworks.PRIVATE);
    events.forEach(calibration::observe);
    calibration.finish();
    RuleFigures figures = calibration.figures(false).get(0);
    int greatest = figures.sources() == 0 ? 0 : (int) figures.maximum();
    if (greatest > 0) {
      assertTrue(opened(kind.limit(greatest, greatest, window), events) > 0, kind.name());
    }
    assertEquals(0, opened(kind.limit(greatest + 1, greatest + 1, window), events), kind.name());
  }

  @Test
  void memoryIsBoundedAndWhatFindsNoRoomStillCounts() {
    DetectionPolicy policy =
        DetectionPolicy.builder("one")
            .rule(
                CountRule.of("hosts", ScanType.HORIZONTAL, CountRule.Measure.HOSTS)
                    .limit(10, 10, Duration.ofSeconds(60)))
            .build();
    Calibration calibration = new Calibration(policy, LocalNetworks.PRIVATE, 3, 2);
    // Source by source, with 10, 11, 12 ... hosts.
    for (int source = 1; source <= 8; source++) {
      for (int host = 1; host <= 9 + source; host++) {
        calibration.observe(event(source * 100L + host, source, host));
      }
    }
    calibration.finish();
    assertEquals(8, calibration.seen());
    assertEquals(5, calibration.setDown());
    assertEquals(6, calibration.nearDropped());
    assertEquals(8, calibration.figures(false).get(0).sources());
    assertEquals(17, calibration.figures(false).get(0).maximum());
    assertEquals(18, calibration.suggest(0).policy().rules().get(0).externalThreshold());
    assertEquals(17, calibration.suggest(1).policy().rules().get(0).externalThreshold());
    // Of the other six only the greatest is known: none of them may reach.
    assertEquals(16, calibration.suggest(2).policy().rules().get(0).externalThreshold());
    assertEquals(16, calibration.suggest(5).policy().rules().get(0).externalThreshold());
  }
}
