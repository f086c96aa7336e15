package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ServiceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A calibration, for people. */
final class CalibrationText {
  private static final String ALIGNMENT = "lrlrrrrrrrr" + "r".repeat(RuleFigures.LADDER.length);
  private static final double[] RANKS = {0.5, 0.9, 0.99, 0.999};

  private CalibrationText() {}

  static String write(DetectionPolicy policy, Calibration calibration, Suggestion suggestion) {
    double days = calibration.days();
    StringBuilder text = new StringBuilder();
    text.append(Count.of(calibration.seen(), "source"))
        .append(" on ")
        .append(decimal(days))
        .append(" days\n");
    if (calibration.setDown() > 0) {
      text.append(Count.of(calibration.setDown(), "source"))
          .append(" set down early to stay within memory, and new ones if they returned\n");
    }
    if (calibration.nearDropped() > 0) {
      text.append(Count.of(calibration.nearDropped(), "day"))
          .append(" of sources near a limit kept by their greatest counts only\n");
    }
    text.append('\n');
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "rule",
          "window",
          "side",
          "sources",
          "median",
          "90 %",
          "99 %",
          "99.9 %",
          "maximum",
          "present",
          "suggested",
          "a day: x0.5",
          "x1",
          "x2",
          "x5",
          "x10"
        });
    for (int i = 0; i < policy.rules().size(); i++) {
      CountRule rule = policy.rules().get(i);
      CountRule changed = suggestion.policy().rules().get(i);
      rows.add(row(rule, changed, false, calibration.figures(false).get(i), days));
      rows.add(row(rule, changed, true, calibration.figures(true).get(i), days));
    }
    Columns columns = Columns.of(rows, ALIGNMENT);
    rows.forEach(row -> text.append(columns.line(row)));
    text.append("\nsources a day that reach a threshold: ")
        .append(decimal(suggestion.present() / days))
        .append(" now, ")
        .append(decimal(suggestion.suggested() / days))
        .append(" with the suggested ones\n");
    if (!suggestion.kept()) {
      text.append("that is more than asked for: no threshold is set above ten times the present\n");
    }
    return text.toString();
  }

  private static String[] row(
      CountRule rule, CountRule changed, boolean internal, RuleFigures figures, double days) {
    List<String> cells = new ArrayList<>();
    String services =
        rule.services().size() == ServiceGroup.values().length
            ? ""
            : rule.services().stream()
                .sorted()
                .map(PolicyWriter::word)
                .collect(Collectors.joining(",", " (", ")"));
    cells.add(Printable.line(rule.name()) + services);
    cells.add(AlertTable.duration(rule.windowSeconds()));
    cells.add(internal ? "inside" : "outside");
    cells.add(Count.number(figures.sources()));
    for (double rank : RANKS) {
      cells.add(figures.sources() == 0 ? "-" : Count.number(figures.quantile(rank)));
    }
    cells.add(figures.sources() == 0 ? "-" : Count.number(figures.maximum()));
    cells.add(Count.number(rule.threshold(internal)));
    cells.add(Count.number(changed.threshold(internal)));
    for (long reached : figures.reached()) {
      cells.add(decimal(reached / days));
    }
    return cells.toArray(String[]::new);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
