package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.explain.AnsweredProbe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which answers count as probes that succeeded where rules count failures over hosts and ports. */
class AnsweredProbesTest {
  private static final int[] PORTS = {22, 23, 3389, 5900};

  private final Traffic traffic = new Traffic();
  private final List<AnsweredProbe> expected = new ArrayList<>();

  private void answer(double second, int host, int port) {
    traffic.detector().observe(answered(second, Traffic.host(host), port));
    expected.add(new AnsweredProbe(Traffic.host(host), port, 6));
  }

  private ConnectionEvent answered(double second, IpAddress host, int port) {
    return traffic
        .event(second, 0, port, Outcome.ESTABLISHED)
        .destination(host)
        .bytes(200, 5_000)
        .build();
  }

  /** Four ports of some hosts; one of each answers with payload, a different one each time. */
  private void scan(int hosts) {
    for (int host = 1; host <= hosts; host++) {
      for (int i = 0; i < PORTS.length; i++) {
        double second = 4 * host + i;
        if (i == host % PORTS.length) {
          answer(second, host, PORTS[i]);
        } else {
          traffic.connect(second, host, PORTS[i], Outcome.REFUSED);
        }
      }
    }
  }

  @Test
  void answersWithPayloadAreListed() {
    scan(12);
    traffic.detector().finish();
    ScanAlert ended = traffic.ended().get(0);
    assertEquals(ScanType.BLOCK, ended.type());
    List<AnsweredProbe> found = ended.evidence().answered();
    // The first came before the source was watched.
    assertTrue(expected.containsAll(found), found::toString);
    assertTrue(found.containsAll(expected.subList(4, 12)), found::toString);
    assertTrue(ended.evidence().answeredTruncated());
    // They are told, and counted no more than before.
    assertEquals(36, ended.failed());
    assertEquals(36, ended.connections());
  }

  @Test
  void ordinaryUseIsNotListed() {
    IpAddress elsewhere = IpAddress.parse("198.51.100.80");
    IpAddress neighbour = Traffic.host(200);
    traffic.detector().observe(answered(1, elsewhere, 22));
    scan(12);
    traffic.detector().observe(answered(60, elsewhere, 22));
    traffic.detector().observe(answered(61, elsewhere, 5900));
    // Next to the targets, but no service that was scanned.
    traffic.detector().observe(answered(62, neighbour, 993));
    // Next to them, and scanned; and another service of a host that was scanned.
    traffic.detector().observe(answered(63, neighbour, 22));
    traffic.detector().observe(answered(64, Traffic.host(5), 993));
    traffic.detector().finish();
    Set<AnsweredProbe> found = new HashSet<>(traffic.ended().get(0).evidence().answered());
    expected.forEach(found::remove);
    assertEquals(
        Set.of(new AnsweredProbe(neighbour, 22, 6), new AnsweredProbe(Traffic.host(5), 993, 6)),
        found);
  }
}
