package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Whether scanners are found in a flood of spoofed sources. In a minute of event time, a hundred
 * scanners probe host after host, half of them a hundred times a second, half once a second, while
 * spoofed sources send a few probes each. For each scanner, the contacts that it takes until its
 * incident opens are compared with those without the flood.
 *
 * <p>Arguments: {@code SPOOFED_SOURCES PROBES_EACH BUDGET_MIB}, such as {@code 50000000 1 64}.
 */
public final class FloodDetection {
  /** How many scanners there are. */
  static final int SCANNERS = 100;

  private static final int SECONDS = 60;
  private static final int FAST_RATE = 100;
  private static final int STEPS = SECONDS * FAST_RATE;
  private static final long STEP_MICROS = 1_000_000 / FAST_RATE;
  // So many sources lie between two probes of one of them.
  private static final int SOURCES_AT_ONCE = 1_000;

  private final ConnectionEvent.Builder builder = ConnectionEvent.builder();
  private final Map<IpAddress, Integer> scanners = new HashMap<>();
  private final int[] contacts = new int[SCANNERS];
  private final int[] foundAfter = new int[SCANNERS];
  private final ScanDetector detector;

  private FloodDetection(long memoryBudget) {
    for (int i = 0; i < SCANNERS; i++) {
      scanners.put(Population.scanner(i), i);
    }
    detector = ScanDetector.builder().memoryBudget(memoryBudget).onAlert(this::opened).build();
  }

  /**
   * What a flood did to the scanners.
   *
   * @param foundWithout how many were found without the flood
   * @param found how many were found in it
   * @param worst the greatest ratio of contacts in the flood to contacts without it
   * @param mean the mean of these ratios, over those that were found in both
   * @param nanosPerEvent the time that an event of the flood took, its making included
   * @param stats the detector's counters
   */
  record Outcomes(
      int foundWithout,
      int found,
      double worst,
      double mean,
      double nanosPerEvent,
      DetectorStats stats) {}

  /**
   * Runs it and prints what was found.
   *
   * @param arguments see the class
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: FloodDetection SPOOFED_SOURCES PROBES_EACH BUDGET_MIB");
      System.exit(2);
    }
    long sources = Long.parseLong(arguments[0]);
    int probes = Integer.parseInt(arguments[1]);
    Outcomes outcomes = run(sources, probes, Long.parseLong(arguments[2]) << 20);
    System.out.printf(
        Locale.ROOT,
        "%,d spoofed sources, probes each: %d, budget %s MiB%n"
            + "found: %d of %d (without the flood: %d)%n"
            + "contacts against without the flood: worst %.3f, mean %.3f%n"
            + "%.0f ns an event; %s%n",
        sources,
        probes,
        arguments[2],
        outcomes.found(),
        SCANNERS,
        outcomes.foundWithout(),
        outcomes.worst(),
        outcomes.mean(),
        outcomes.nanosPerEvent(),
        outcomes.stats());
  }

  /** Feeds the scanners alone, then with the flood. */
  static Outcomes run(long sources, int probes, long memoryBudget) {
    FloodDetection alone = new FloodDetection(memoryBudget);
    alone.feed(0, probes);
    FloodDetection flooded = new FloodDetection(memoryBudget);
    long begun = System.nanoTime();
    flooded.feed(sources, probes);
    double nanos = (double) (System.nanoTime() - begun) / flooded.detector.stats().events();
    double[] ratios = new double[SCANNERS];
    int both = 0;
    for (int i = 0; i < SCANNERS; i++) {
      if (alone.foundAfter[i] > 0 && flooded.foundAfter[i] > 0) {
        ratios[both++] = (double) flooded.foundAfter[i] / alone.foundAfter[i];
      }
    }
    return new Outcomes(
        alone.found(),
        flooded.found(),
        Arrays.stream(ratios, 0, both).max().orElse(Double.NaN),
        Arrays.stream(ratios, 0, both).average().orElse(Double.NaN),
        nanos,
        flooded.detector.stats());
  }

  private void opened(ScanAlert alert) {
    // Several may be told of as one scan.
    for (IpAddress source : alert.sources()) {
      Integer scanner = scanners.get(source);
      if (scanner != null && foundAfter[scanner] == 0) {
        foundAfter[scanner] = contacts[scanner];
      }
    }
  }

  private int found() {
    return (int) Arrays.stream(foundAfter).filter(after -> after > 0).count();
  }

  private void feed(long sources, int probes) {
    long events = sources * probes;
    long sent = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < SCANNERS; i++) {
        // The scanners of a step stand between equal parts of its share of the flood.
        long due = ((long) step * SCANNERS + i + 1) * events / (STEPS * SCANNERS);
        long time = Workload.START_MICROS + step * STEP_MICROS + i * STEP_MICROS / SCANNERS;
        for (; sent < due; sent++) {
          detector.observe(spoofed(sent, probes, time));
        }
        boolean fast = i % 2 == 0;
        if (fast || (step + i) % FAST_RATE == 0) {
          contacts[i]++;
          detector.observe(probe(i, time));
        }
      }
    }
  }

  /** Sources take turns: a thousand send one probe each, then the same thousand another. */
  private ConnectionEvent spoofed(long sent, int probes, long time) {
    long turn = sent / SOURCES_AT_ONCE;
    long source = turn / probes * SOURCES_AT_ONCE + sent % SOURCES_AT_ONCE;
    return SpoofedSources.probe(builder, source, (int) (turn % probes), time);
  }

  private ConnectionEvent probe(int scanner, long time) {
    IpAddress source = Population.scanner(scanner);
    int host = scanner << 16 | contacts[scanner];
    return builder
        .reset()
        .timeMicros(time)
        .source(source)
        .destination(IpAddress.ofIpv4(10 << 24 | host))
        .protocol(Protocol.TCP)
        .destinationPort(8_080)
        .outcome(Outcome.NO_REPLY)
        .probe(Probe.SYN)
        .build();
  }
}
