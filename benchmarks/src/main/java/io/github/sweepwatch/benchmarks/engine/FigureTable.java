package io.github.sweepwatch.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All figures in one table: for people, and as CSV. */
final class FigureTable {
  private static final List<String> COLUMNS =
      List.of(
          "workload",
          "threads",
          "implementation",
          "events/s",
          "ratio ours/peer",
          "B/op",
          "bytes a source");
  private static final int FIRST_NUMBER = 3;

  private final List<Figure> figures;

  FigureTable(List<Figure> figures) {
    this.figures = List.copyOf(figures);
  }

  /** The table with aligned columns, and below it what its own rows give for ours. */
  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    figures.forEach(figure -> rows.add(cells(figure, true)));
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < COLUMNS.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - row.get(column).length());
        line.append(column == 0 ? "" : "  ")
            .append(column < FIRST_NUMBER ? row.get(column) + pad : pad + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.addAll(comparisons());
    return String.join("\n", lines) + "\n";
  }

  /** The table as CSV with a header; numbers are not rounded for reading. */
  String csv() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    figures.forEach(figure -> rows.add(cells(figure, false)));
    return rows.stream().map(row -> String.join(",", row) + "\n").collect(Collectors.joining());
  }

  private List<String> cells(Figure figure, boolean grouped) {
    return List.of(
        figure.workload(),
        Integer.toString(figure.threads()),
        figure.implementation().label(),
        number(figure.eventsPerSecond(), grouped ? "%,.0f" : "%.0f"),
        figure.implementation().isOurs() ? "" : number(ratio(figure), "%.2f"),
        number(figure.allocatedBytes(), grouped ? "%,.3f" : "%.4f"),
        number(figure.sourceBytes(), grouped ? "%,.0f" : "%.1f"));
  }

  /** Ours, one event at a time, against a peer: how many times as fast. */
  private double ratio(Figure peer) {
    return find(peer.workload(), peer.threads(), Implementation.SWEEPWATCH)
        .map(ours -> ours.eventsPerSecond() / peer.eventsPerSecond())
        .orElse(Double.NaN);
  }

  private List<String> comparisons() {
    List<String> lines = new ArrayList<>();
    for (Figure figure : figures) {
      if (figure.implementation() == Implementation.SWEEPWATCH_BATCH) {
        find(figure.workload(), figure.threads(), Implementation.SWEEPWATCH)
            .ifPresent(single -> lines.add(compared("batch against one by one", figure, single)));
      }
    }
    for (Figure figure : figures) {
      if (figure.implementation() == Implementation.SWEEPWATCH) {
        find(figure.workload(), figure.threads(), Implementation.ENGINE_ALONE)
            .ifPresent(alone -> lines.add(compared("against the engine alone", figure, alone)));
      }
    }
    for (Figure figure : figures) {
      if (figure.threads() > 1) {
        find(figure.workload(), 1, figure.implementation())
            .ifPresent(one -> lines.add(compared("against one thread", figure, one)));
      }
    }
    return lines;
  }

  private static String compared(String what, Figure figure, Figure base) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d threads, %s: %.2f",
        what,
        figure.workload(),
        figure.threads(),
        figure.implementation().label(),
        figure.eventsPerSecond() / base.eventsPerSecond());
  }

  private Optional<Figure> find(String workload, int threads, Implementation implementation) {
    return figures.stream()
        .filter(
            each ->
                each.workload().equals(workload)
                    && each.threads() == threads
                    && each.implementation() == implementation)
        .findFirst();
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
