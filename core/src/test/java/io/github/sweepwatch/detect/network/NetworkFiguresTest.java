package io.github.sweepwatch.detect.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The figures of detection on generated networks: on those that rules may be tuned on, and on those
 * that they may not. What must hold is what must hold on the recording, as shares: of 38 scans 36
 * found and of these 34 with the exact type, of 355 benign sources 2 accused; where outcomes are
 * unknown, 22 found and 4 accused.
 */
class NetworkFiguresTest {
  private static final int SCANS = 38;
  private static final int SOURCES = 355;

  private static Set<String> missed(String half, List<Supplier<Network>> networks) {
    List<Score> seen = new ArrayList<>();
    List<Score> unseen = new ArrayList<>();
    for (Supplier<Network> supplier : networks) {
      Network network = supplier.get();
      seen.add(Score.of(network, network.events()));
      unseen.add(Score.of(network, Feeds.withoutOutcomes(network.events())));
    }
    Figures figures = Figures.of(half, seen);
    Figures blind = Figures.of(half + ", outcomes unknown", unseen);
    System.out.println(figures);
    System.out.println(blind);
    Set<String> missed = new TreeSet<>();
    expect(missed, "found", figures.found() * SCANS >= figures.scans() * 36);
    expect(missed, "exact", figures.exact() * 36 >= figures.found() * 34);
    expect(missed, "accused", figures.accused() * SOURCES <= figures.benign() * 2L);
    expect(missed, "not-scans", figures.notScans() == 0);
    expect(missed, "decoys", figures.decoys() == 0);
    expect(missed, "connections", figures.connections() <= 12);
    expect(missed, "incidents", figures.incidents() <= 1.3);
    expect(missed, "found unseen", blind.found() * SCANS >= blind.scans() * 22);
    expect(missed, "accused unseen", blind.accused() * SOURCES <= blind.benign() * 4L);
    for (Score score : seen) {
      assertEquals(score.authorised, score.authorisedRecorded, score.network);
      assertEquals(0, score.authorisedAlerted, score.network);
    }
    return missed;
  }

  private static void expect(Set<String> missed, String line, boolean holds) {
    if (!holds) {
      missed.add(line);
    }
  }

  @Test
  void tuningHalf() {
    Set<String> missed = missed("tuning", TuningNetworks.all());
    Set<String> open = Set.of("connections");
    assertTrue(open.containsAll(missed), () -> "does not hold: " + missed);
  }

  @Test
  void heldOutHalf() {
    Set<String> missed = missed("held out", HeldOutNetworks.all());
    Set<String> open = Set.of("connections");
    assertTrue(open.containsAll(missed), () -> "does not hold: " + missed);
  }

  @Test
  void aSeedGivesTheSameNetworkAgain() {
    Supplier<Network> network = TuningNetworks.all().get(0);
    assertEquals(lines(network.get()), lines(network.get()));
  }

  private static List<String> lines(Network network) {
    return network.events().stream().map(Object::toString).toList();
  }
}
