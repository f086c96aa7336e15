package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The heap that a source takes with a number of contacts: many sources with as many contacts each,
 * to distinct hosts on one port, established, in turn. Ours takes its slots at once: what is told
 * is a slot of a table that is three quarters full, and what comes on top.
 *
 * <p>Arguments: {@code CONTACTS SOURCES BUDGET_MIB} for one case; without, one, ten and a hundred
 * contacts with a budget for ours that loses none.
 */
public final class SourceFootprint {
  private static final int EVENTS = 2_000_000;
  private static final double SLOT_BYTES = 8 * 8 + 4;
  private static final double LOAD = 0.75;
  private static final int[] CONTACTS = {1, 10, 100};

  private SourceFootprint() {}

  /**
   * Prints the figures as CSV.
   *
   * @param arguments see the class
   */
  public static void main(String[] arguments) {
    List<Figure> figures =
        arguments.length == 3
            ? measure(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]) << 20)
            : measure();
    System.out.print(new FigureTable(figures).csv());
  }

  /** One, ten and a hundred contacts. */
  static List<Figure> measure() {
    List<Figure> figures = new ArrayList<>();
    for (int contacts : CONTACTS) {
      int sources = EVENTS / contacts;
      figures.addAll(measure(contacts, sources, sources * (2_048L + 256L * contacts)));
    }
    return figures;
  }

  /** One case, for ours and the peers that keep sources; Esper keeps events. */
  private static List<Figure> measure(int contacts, int sources, long memoryBudget) {
    return Stream.of(Implementation.values())
        .filter(each -> each != Implementation.SWEEPWATCH_BATCH && each != Implementation.ESPER)
        .map(each -> measure(each, contacts, sources, memoryBudget))
        .toList();
  }

  private static Figure measure(
      Implementation implementation, int contacts, int sources, long memoryBudget) {
    boolean ours = implementation == Implementation.SWEEPWATCH;
    long empty = HeapUse.afterCollection();
    Subject subject = implementation.create(memoryBudget);
    long before = ours ? HeapUse.afterCollection() : empty;
    fill(subject, contacts, sources);
    double bytes = (double) (HeapUse.afterCollection() - before) / sources;
    bytes += ours ? SLOT_BYTES / LOAD : 0;
    if (!subject.losses().isEmpty()) {
      System.err.println("# " + implementation.label() + ": " + subject.losses());
    }
    subject.close();
    String workload = contacts == 1 ? "1 contact" : contacts + " contacts";
    return new Figure(workload, 1, implementation, Double.NaN, Double.NaN, bytes);
  }

  private static void fill(Subject subject, int contacts, int sources) {
    ConnectionEvent.Builder builder = ConnectionEvent.builder();
    for (int n = 0; n < contacts * sources; n++) {
      int source = n % sources;
      subject.observe(
          builder
              .reset()
              .timeMicros(Workload.timeMicros(n))
              .source(Population.benign(source))
              .destination(SpoofedSources.high(0), SpoofedSources.low(2L * (n / sources)))
              .protocol(Protocol.TCP)
              .destinationPort(443)
              .outcome(Outcome.ESTABLISHED)
              .build());
    }
  }
}
