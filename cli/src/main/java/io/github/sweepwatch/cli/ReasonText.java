package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import java.util.List;

/** Why an incident is called a scan, in words. */
final class ReasonText {
  ReasonText(DetectionPolicy policy) {}

  /** One line a rule that spoke. */
  List<String> lines(ScanAlert incident) {
    return incident.reasons().stream().map(this::line).toList();
  }

  private String line(Reason reason) {
    return Printable.line(reason.rule())
        + ": "
        + Count.number(reason.count())
        + " in "
        + AlertTable.duration(reason.windowSeconds())
        + " (limit "
        + Count.number(reason.threshold())
        + ")";
  }
}
