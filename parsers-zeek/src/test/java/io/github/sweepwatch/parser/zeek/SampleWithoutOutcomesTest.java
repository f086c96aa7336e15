package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.read.EventReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The sample as a log that says nothing of outcomes: of 38 scans 22 must be found, as a share, and
 * of 355 benign sources no more than 4 accused.
 */
class SampleWithoutOutcomesTest {
  private static final Path SAMPLE = Path.of("..", "samples", "zeek-conn.log.gz");

  private static final Set<IpAddress> SCANNERS =
      Stream.of(
              "10.66.0.11",
              "10.66.0.15",
              "10.66.0.18",
              "10.66.0.20",
              "10.66.0.22",
              "10.66.0.26",
              "10.66.0.41",
              "10.66.0.43",
              "fd66::35",
              "fd66::36",
              "10.10.0.240",
              "10.10.0.230")
          .map(IpAddress::parse)
          .collect(Collectors.toUnmodifiableSet());

  private static ConnectionEvent withoutOutcome(ConnectionEvent event) {
    return ConnectionEvent.builder()
        .timeMicros(event.timeMicros())
        .source(event.source())
        .destination(event.destination())
        .sourcePort(event.sourcePort())
        .destinationPort(event.destinationPort())
        .protocol(event.protocol())
        .icmp(event.icmpType(), event.icmpCode())
        .initiatorCertain(event.initiatorCertain())
        .sourceLocality(event.sourceLocality())
        .destinationLocality(event.destinationLocality())
        .outcome(Outcome.UNKNOWN)
        .build();
  }

  @Test
  void theHighLimitsFindMoreThanHalf() throws IOException {
    Set<IpAddress> seen = new HashSet<>();
    Set<IpAddress> named = new HashSet<>();
    Set<String> reasons = new HashSet<>();
    ScanDetector detector =
        ScanDetector.builder()
            .secretKey(1, 2)
            .onAlert(
                alert -> {
                  named.addAll(alert.sources());
                  reasons.addAll(rules(alert));
                })
            .build();
    try (EventReader log = EventReader.open(SAMPLE)) {
      log.forEach(
          event -> {
            seen.add(event.source());
            detector.observe(withoutOutcome(event));
          });
    }
    detector.finish();
    Set<IpAddress> found = new HashSet<>(named);
    found.retainAll(SCANNERS);
    named.removeAll(SCANNERS);
    seen.removeAll(SCANNERS);
    assertTrue(found.size() * 38 >= SCANNERS.size() * 22, () -> "found only " + found);
    assertTrue(named.size() * 355 <= seen.size() * 4, () -> "accused " + named);
    assertTrue(reasons.stream().noneMatch(rule -> rule.endsWith("-failed")), reasons::toString);
  }

  private static Set<String> rules(ScanAlert alert) {
    return alert.reasons().stream().map(reason -> reason.rule()).collect(Collectors.toSet());
  }
}
