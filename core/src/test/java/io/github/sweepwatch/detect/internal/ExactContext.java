package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** What a network teaches of failures, in sets that forget nothing. Not thread-safe. */
final class ExactContext {
  private final Set<Served> served = new HashSet<>();
  private final Set<IpAddress> heardOf = new HashSet<>();
  private final Set<IpAddress> inVain = new HashSet<>();
  private final TreeSet<Long> answeredTicks = new TreeSet<>();
  private final Set<Object> failing = new HashSet<>();

  /** A service of a host. */
  private record Served(IpAddress host, int service) {}

  void comes(IpAddress inside) {
    heardOf.add(inside);
  }

  /** Notes how a contact ended. */
  void learn(ConnectionEvent event, ExactContact.Outcome outcome, boolean inside) {
    if (outcome == ExactContact.Outcome.ANSWERED) {
      served.add(new Served(event.destination(), Service.of(event)));
      heardOf.add(event.destination());
    } else if (inside && outcome == ExactContact.Outcome.FAILED) {
      inVain.add(event.destination());
    }
  }

  /** Notes an answer from outside. */
  void learnWayOut(long tick) {
    if (answeredTicks.isEmpty() || tick > answeredTicks.last()) {
      failing.clear();
    }
    answeredTicks.add(tick);
  }

  boolean isDark(IpAddress host) {
    return inVain.contains(host) && !heardOf.contains(host);
  }

  /** Whether a failure says nothing of who failed. */
  boolean explains(ConnectionEvent event, Object source, boolean outward, long tick) {
    boolean refusedOrSilent =
        event.outcome() == Outcome.REFUSED || event.outcome() == Outcome.NO_REPLY;
    if (!refusedOrSilent || (event.probe() != Probe.NONE && event.probe() != Probe.SYN)) {
      return false;
    }
    return (outward && isDown(source, tick))
        || served.contains(new Served(event.destination(), Service.of(event)));
  }

  private boolean isDown(Object source, long tick) {
    if (answeredTicks.isEmpty()) {
      return false;
    }
    long latest = answeredTicks.last();
    boolean regular = answeredTicks.tailSet(latest - 64, false).size() >= 60;
    if (!regular || tick - latest < 5 || tick - latest > 1_800) {
      return false;
    }
    if (failing.size() < 3) {
      return failing.add(source) && failing.size() == 3;
    }
    return true;
  }
}
