package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import java.io.IOException;

/**
 * What the network itself teaches about failures: some say nothing of who failed. A service that
 * has answered others and now refuses or is silent is overloaded or being restarted; and while the
 * way out is down, all fail. Only sources inside are given that credit. A connection on which
 * nobody says a word is not explained so: a scanner that knocks at open doors makes these.
 * Thread-safe; lock-free.
 */
final class NetworkContext {
  private final KnownServices services;
  private final Uplink uplink = new Uplink();

  /**
   * Nothing is learnt yet.
   *
   * @param bytes how much memory it may take
   */
  NetworkContext(long bytes) {
    services = new KnownServices(bytes);
  }

  /** What is known of services. */
  KnownServices services() {
    return services;
  }

  /** Learns that a contact from inside was answered from outside, at a tick. */
  void learnWayOut(long tick) {
    uplink.answered(tick);
  }

  /**
   * Learns from a contact that its source did not have, or not for a while.
   *
   * @param contact the contact
   * @param inside whether its host is inside
   */
  void learn(long contact, boolean inside) {
    if (ContactKey.answered(contact)) {
      services.learn(ContactKey.host(contact), ContactKey.service(contact));
    } else if (inside && ContactKey.failed(contact)) {
      services.learnInVain(ContactKey.host(contact));
    }
  }

  /**
   * Whether the failure of a source inside says nothing of it.
   *
   * @param event the event, which failed
   * @param source the source's hash
   * @param host the destination's code
   * @param service the service
   * @param outward whether the destination is outside
   * @param tick its tick, no later than any credible time
   */
  boolean explains(
      ConnectionEvent event, long source, int host, int service, boolean outward, long tick) {
    Outcome outcome = event.outcome();
    Probe probe = event.probe();
    return (outcome == Outcome.REFUSED || outcome == Outcome.NO_REPLY)
        && (probe == Probe.NONE || probe == Probe.SYN)
        && ((outward && uplink.isDown(source, tick)) || services.serves(host, service));
  }

  void writeUplink(SnapshotOutput out) throws IOException {
    uplink.write(out);
  }

  void readUplink(SnapshotInput in) throws IOException {
    uplink.read(in);
  }
}
