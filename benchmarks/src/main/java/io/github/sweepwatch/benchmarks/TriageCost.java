package io.github.sweepwatch.benchmarks;

import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.triage.Triage;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What triage costs: how much longer a stream takes of which one event in ten is a logon, where
 * triage takes the logons in, than where they are passed over. The connections are the same ones in
 * both, and both make the logons when they come, as a parser does. So what is measured is all that
 * triage does with a logon, against nine connections through the detector and a logon passed over.
 * Parsing is not counted.
 *
 * <p>Detectors and triage live through all rounds while event time moves on: sources are known, and
 * where triage's memory is used up each logon displaces an older one. Both sides run in turns on
 * one thread, a round of 9,000 connections each, and their time on the processor is taken, so that
 * a load that comes and goes counts little and meets both. Printed is the median of the ratios of
 * neighbouring rounds, with its 95 % confidence interval.
 */
public final class TriageCost {
  private static final int CONNECTIONS = 9_000;
  private static final int LOGONS = CONNECTIONS / 9;
  private static final int SOURCES = 10_000;
  private static final int TARGETS = 50;
  private static final int ACCOUNTS = 1_024;
  private static final int WARM_UP = 400;
  private static final int ROUNDS = 3_000;
  private static final long START = 1_795_486_073_000_000L;
  private static final long ROUND_MICROS = 9_000_000L;

  private final Random random = new Random(7);
  private final ConnectionEvent[] connections = new ConnectionEvent[CONNECTIONS];
  private final int[] logons = new int[LOGONS];
  private final String[] accounts = new String[ACCOUNTS];

  private TriageCost() {
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts[i] = "account" + i;
    }
  }

  /**
   * Prints the cost.
   *
   * @param arguments none, or how many rounds
   */
  public static void main(String... arguments) {
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    System.out.println(new TriageCost().measure(rounds));
  }

  private String measure(int rounds) {
    Side without = new Side(false);
    Side with = new Side(true);
    double[] ratios = new double[rounds];
    double[] nanos = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      makeEvents(round + WARM_UP);
      // Who goes first finds colder caches.
      boolean first = (round & 1) == 0;
      long one = time(first ? with : without);
      long other = time(first ? without : with);
      if (round >= 0) {
        ratios[round] = first ? (double) one / other : (double) other / one;
        nanos[round] = (double) (first ? other : one) / CONNECTIONS;
      }
    }
    // Nobody else looks at a logon that is passed over; it might never be made.
    Objects.requireNonNull(without.last, "last");
    Arrays.sort(ratios);
    Arrays.sort(nanos);
    // By the binomial distribution, so many places from the middle.
    int spread = (int) Math.ceil(0.98 * Math.sqrt(rounds));
    return String.format(
        Locale.ROOT,
        "%.1f %% more with triage (95 %%: %.1f to %.1f), %.0f ns a connection without, %d rounds",
        percent(ratios[rounds / 2]),
        percent(ratios[Math.max(0, rounds / 2 - spread)]),
        percent(ratios[Math.min(rounds - 1, rounds / 2 + spread)]),
        nanos[rounds / 2],
        rounds);
  }

  private static double percent(double ratio) {
    return 100 * (ratio - 1);
  }

  private void makeEvents(int round) {
    long start = START + round * ROUND_MICROS;
    for (int i = 0; i < CONNECTIONS; i++) {
      connections[i] =
          ConnectionEvent.builder()
              .timeMicros(start + i * (ROUND_MICROS / CONNECTIONS))
              .source(source())
              .destination(target())
              .sourcePort(40_000)
              .destinationPort(443)
              .protocol(Protocol.TCP)
              .outcome(Outcome.ESTABLISHED)
              .bytes(500, 5_000)
              .build();
    }
    for (int i = 0; i < LOGONS; i++) {
      logons[i] = random.nextInt();
    }
  }

  private IpAddress source() {
    return source(random.nextInt(SOURCES));
  }

  private static IpAddress source(int number) {
    return IpAddress.ofIpv4(0x0a0a_0000 + number);
  }

  private IpAddress target() {
    return IpAddress.ofIpv4(0x0a14_0000 | random.nextInt(TARGETS));
  }

  private long time(Side side) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < CONNECTIONS; i++) {
      side.take(connections[i]);
      if (i % 9 == 8) {
        side.take(logon(logons[i / 9], connections[i].timeMicros()));
      }
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }

  private LogonEvent logon(int chance, long micros) {
    return new LogonEvent(
        micros,
        source(Integer.remainderUnsigned(chance, SOURCES)),
        IpAddress.ofIpv4(0x0a14_0000 | (chance >>> 8 & 31)),
        null,
        accounts[chance & (ACCOUNTS - 1)],
        "ssh",
        (chance & 7) > 0,
        "sensor");
  }

  /** A detector, with triage behind it or without. */
  private static final class Side {
    private final boolean withTriage;
    private volatile @Nullable LogonEvent last;
    private final Triage triage = Triage.builder().build();
    private final ScanDetector detector =
        ScanDetector.builder().secretKey(1, 2).onAlert(triage).build();

    Side(boolean withTriage) {
      this.withTriage = withTriage;
    }

    void take(ConnectionEvent event) {
      detector.observe(event);
    }

    void take(LogonEvent event) {
      last = event;
      if (withTriage) {
        triage.logon(event);
      }
    }
  }
}
