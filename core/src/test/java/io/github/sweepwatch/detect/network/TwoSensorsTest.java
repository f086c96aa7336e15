package io.github.sweepwatch.detect.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.ConnectionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second sensor that reports the same connections adds its name, and nothing else. */
class TwoSensorsTest {
  private static final List<String> SENSORS = List.of("firewall", "zeek");

  private static String verdict(Incidents.Incident incident) {
    ScanAlert last = incident.last();
    return String.join(
        " ",
        incident.sources().toString(),
        last.type().toString(),
        last.uniqueTargets() + " targets",
        last.uniquePorts() + " ports",
        last.severity().toString());
  }

  private static List<String> verdicts(List<Incidents.Incident> incidents) {
    return incidents.stream().map(TwoSensorsTest::verdict).sorted().toList();
  }

  private static void same(Network network) {
    List<Incidents.Incident> one = Incidents.of(network, network.events());
    List<ConnectionEvent> twice = Feeds.twice(network.events());
    List<Incidents.Incident> both = Incidents.of(network, twice);
    assertFalse(one.isEmpty());
    assertEquals(verdicts(one), verdicts(both));
    both.forEach(incident -> assertEquals(SENSORS, incident.last().sensors()));
  }

  @Test
  void inAnOffice() {
    same(TuningNetworks.all().get(0).get());
  }

  @Test
  void atACampus() {
    same(TuningNetworks.all().get(1).get());
  }

  @Test
  void overIpv6() {
    same(TuningNetworks.all().get(4).get());
  }
}
