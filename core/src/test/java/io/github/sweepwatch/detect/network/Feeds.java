package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What other sensors would have reported of the same connections. */
final class Feeds {
  private Feeds() {}

  /** A flow log that tells who spoke to whom, and nothing of what came of it. */
  static List<ConnectionEvent> withoutOutcomes(List<ConnectionEvent> events) {
    return events.stream()
        .map(event -> same(event).initiatorCertain(event.initiatorCertain()).build())
        .toList();
  }

  /**
   * The same log, and beside it that of a firewall, which names itself, keeps another clock and
   * counts the bytes of headers.
   */
  static List<ConnectionEvent> twice(List<ConnectionEvent> events) {
    List<ConnectionEvent> both = new ArrayList<>(events.size() * 2);
    for (ConnectionEvent event : events) {
      both.add(event);
      both.add(
          same(event)
              .timeMicros(event.timeMicros() + 1_400_000 + event.sourcePort() % 1_000 * 1_000L)
              .outcome(event.outcome())
              .probe(event.probe())
              .initiatorCertain(event.initiatorCertain())
              .bytes(
                  withHeaders(event.sourceBytes(), event.sourcePackets()),
                  withHeaders(event.destinationBytes(), event.destinationPackets()))
              .packets(event.sourcePackets(), event.destinationPackets())
              .sensor("firewall")
              .build());
    }
    return both;
  }

  /** The log of a cloud's flows: what was rejected is blocked, of all else nothing is known. */
  static Network flowLog(Network network) {
    List<ConnectionEvent> events =
        network.events().stream()
            .map(
                event -> {
                  boolean rejected =
                      event.outcome() == Outcome.NO_REPLY
                          && network
                              .inside()
                              .contains(event.destinationHigh(), event.destinationLow());
                  return same(event)
                      .initiatorCertain(event.initiatorCertain())
                      .outcome(rejected ? Outcome.BLOCKED : Outcome.UNKNOWN)
                      .build();
                })
            .toList();
    return new Network(
        network.name(), network.inside(), events, network.labelled(), network.roles());
  }

  private static long withHeaders(long bytes, long packets) {
    return bytes == ConnectionEvent.NOT_GIVEN ? bytes : bytes + 40 * packets;
  }

  private static ConnectionEvent.Builder same(ConnectionEvent event) {
    return ConnectionEvent.builder()
        .timeMicros(event.timeMicros())
        .source(event.source())
        .destination(event.destination())
        .sourcePort(event.sourcePort())
        .destinationPort(event.destinationPort())
        .protocol(event.protocol())
        .icmp(event.icmpType(), event.icmpCode())
        .sourceLocality(event.sourceLocality())
        .destinationLocality(event.destinationLocality())
        .outcome(Outcome.UNKNOWN)
        .sensor(event.sensor());
  }
}
