package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a detector with the standard policy says of a network: incidents in order of detection. */
final class Incidents {
  /**
   * One incident.
   *
   * @param opened its first alert
   * @param last its last alert
   * @param sources everybody whom one of its alerts names
   */
  record Incident(ScanAlert opened, ScanAlert last, Set<IpAddress> sources) {
    long span() {
      return last.lastSeenMicros() - last.firstSeenMicros();
    }
  }

  private Incidents() {}

  static List<Incident> of(Network network, Iterable<ConnectionEvent> events) {
    DetectionPolicy.Builder policy = DetectionPolicy.defaults().toBuilder();
    network.labelled().keySet().stream()
        .filter(label -> label.kind() == Label.Kind.AUTHORISED)
        .flatMap(label -> label.sources().stream())
        .forEach(source -> policy.authorise(AddressBlock.parse(source.toString())));
    List<ScanAlert> alerts = new ArrayList<>();
    ScanDetector detector =
        ScanDetector.builder()
            .policy(policy.build())
            .localNetworks(network.inside())
            .secretKey(1, 2)
            .onAlert(alerts::add)
            .build();
    events.forEach(detector);
    detector.finish();
    return merged(alerts);
  }

  private static List<Incident> merged(List<ScanAlert> alerts) {
    Map<String, Incident> byId = new LinkedHashMap<>();
    for (ScanAlert alert : alerts) {
      Incident before = byId.get(alert.id());
      Set<IpAddress> sources = before == null ? new LinkedHashSet<>() : before.sources();
      sources.addAll(alert.sources());
      byId.put(alert.id(), new Incident(before == null ? alert : before.opened(), alert, sources));
    }
    return List.copyOf(byId.values());
  }
}
