package io.github.sweepwatch.detect.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The figures of detection on generated networks, on those that rules may be tuned on and others.
 */
class NetworkFiguresTest {
  private static void score(String half, List<Supplier<Network>> networks) {
    List<Score> seen = new ArrayList<>();
    List<Score> blind = new ArrayList<>();
    for (Supplier<Network> supplier : networks) {
      Network network = supplier.get();
      seen.add(Score.of(network, network.events()));
      blind.add(Score.of(network, Feeds.withoutOutcomes(network.events())));
    }
    System.out.println(Figures.of(half, seen));
    System.out.println(Figures.of(half + ", outcomes unknown", blind));
  }

  @Test
  void tuningHalf() {
    score("tuning", TuningNetworks.all());
  }

  @Test
  void heldOutHalf() {
    score("held out", HeldOutNetworks.all());
  }
}
