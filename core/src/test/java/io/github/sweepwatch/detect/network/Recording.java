package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A network in the making: its hosts, its connections as a sensor at its border and core reports
 * them, and the truth about who does what. Times are seconds from the recording's start. A
 * connection is reported when it is removed from the sensor's memory, as Zeek does: at its end, or
 * when nothing more came for a while. Everything comes from one seed.
 */
final class Recording {
  private static final double ATTEMPT_TIMEOUT = 5;
  private static final double INACTIVITY_TIMEOUT = 60;
  private static final int EPHEMERAL = 32_768;

  private record Row(long removedMicros, ConnectionEvent event, @Nullable Label label) {}

  private final String name;
  private final long startMicros;
  private final LocalNetworks inside;
  private final boolean marksLocality;
  private final Random random;
  private final Hosts hosts = new Hosts();
  private final List<Row> rows = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final Map<IpAddress, String> roles = new LinkedHashMap<>();
  private final ConnectionEvent.Builder event = ConnectionEvent.builder();
  private @Nullable Label current;

  /**
   * An empty recording.
   *
   * @param name its name in figures
   * @param seed what everything random comes from
   * @param startSecond when it starts, in seconds since 1970
   * @param inside the monitored networks
   * @param marksLocality whether its log says which side is local
   */
  Recording(String name, long seed, long startSecond, LocalNetworks inside, boolean marksLocality) {
    this.name = name;
    this.random = new Random(seed);
    this.startMicros = startSecond * 1_000_000;
    this.inside = inside;
    this.marksLocality = marksLocality;
  }

  Random random() {
    return random;
  }

  Hosts hosts() {
    return hosts;
  }

  /** Says what a source does; the first word counts. */
  void role(IpAddress source, String role) {
    roles.putIfAbsent(source, role);
  }

  /** Runs a scenario: the connections made meanwhile are its own. */
  void scenario(Label label, Runnable script) {
    labels.add(label);
    current = label;
    script.run();
    current = null;
  }

  /** A time span around a mean, for people and networks that keep no exact time. */
  double about(double mean) {
    return mean * (0.7 + 0.6 * random.nextDouble());
  }

  /** The time until the next of things that come at random, on average so many seconds apart. */
  double untilNext(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** One of a list, the first ones far more often. */
  <T> T popular(List<T> of) {
    double skew = random.nextDouble();
    return of.get((int) (of.size() * skew * skew * skew));
  }

  /** A TCP connection that did something. */
  void talk(double at, IpAddress source, IpAddress destination, int port) {
    talk(at, source, destination, port, about(0.4), between(200, 2_000), between(400, 60_000));
  }

  /** A TCP connection of some length and volume. */
  void talk(
      double at,
      IpAddress source,
      IpAddress destination,
      int port,
      double seconds,
      long sent,
      long received) {
    begin(at, source, destination, Protocol.TCP, port)
        .outcome(Outcome.ESTABLISHED)
        .durationMicros(micros(seconds))
        .bytes(sent, received)
        .packets(4 + sent / 1_000, 4 + received / 1_000);
    removed(at + seconds + about(0.1));
  }

  /** A TCP connection that was opened and closed, without a word from the client. */
  void open(double at, IpAddress source, IpAddress destination, int port, long banner) {
    talk(at, source, destination, port, about(0.05), 0, banner);
  }

  /** A TCP connection that was refused. */
  void refused(double at, IpAddress source, IpAddress destination, int port) {
    begin(at, source, destination, Protocol.TCP, port)
        .outcome(Outcome.REFUSED)
        .probe(Probe.SYN)
        .durationMicros(micros(0.001))
        .bytes(0, 0)
        .packets(1, 1);
    removed(at + 0.001);
  }

  /** A TCP connection that was asked for in vain, and again after a second and three. */
  void unanswered(double at, IpAddress source, IpAddress destination, int port) {
    attempt(at, source, destination, port, 3);
  }

  private void attempt(double at, IpAddress source, IpAddress destination, int port, int packets) {
    double seconds = packets == 1 ? 0 : packets * packets * 0.4;
    begin(at, source, destination, Protocol.TCP, port)
        .outcome(Outcome.NO_REPLY)
        .probe(Probe.SYN)
        .durationMicros(micros(seconds))
        .bytes(0, 0)
        .packets(packets, 0);
    removed(at + seconds + ATTEMPT_TIMEOUT);
  }

  /** A TCP client whose server does what it does: answers, refuses or is not there. */
  void client(double at, IpAddress source, IpAddress destination, int port) {
    switch (hosts.tcp(destination, port)) {
      case ANSWERS -> talk(at, source, destination, port);
      case REFUSES -> refused(at, source, destination, port);
      case SILENT -> unanswered(at, source, destination, port);
    }
  }

  /** A question over UDP, and whether it was answered. */
  void ask(double at, IpAddress source, IpAddress destination, int port, boolean answered) {
    datagrams(at, source, destination, port, 1, between(30, 300), answered ? between(60, 900) : 0);
  }

  /** A flow over UDP. */
  void datagrams(
      double at,
      IpAddress source,
      IpAddress destination,
      int port,
      double seconds,
      long sent,
      long received) {
    begin(at, source, destination, Protocol.UDP, port)
        .outcome(received > 0 ? Outcome.ESTABLISHED : Outcome.NO_REPLY)
        .durationMicros(micros(received > 0 ? seconds : 0))
        .bytes(sent, received)
        .packets(1 + sent / 1_000, received > 0 ? 1 + received / 1_000 : 0);
    removed(at + seconds + INACTIVITY_TIMEOUT);
  }

  /** An answer by UDP that belongs to no question any more: it comes from the service's port. */
  void strayAnswer(double at, IpAddress service, int servicePort, IpAddress asker, int port) {
    begin(at, service, asker, Protocol.UDP, port)
        .sourcePort(servicePort)
        .outcome(Outcome.NO_REPLY)
        .bytes(between(60, 900), 0)
        .packets(1, 0);
    removed(at + INACTIVITY_TIMEOUT);
  }

  /** An ICMP echo request, and whether it was answered. */
  void ping(double at, IpAddress source, IpAddress destination, boolean answered) {
    boolean ipv4 = source.isIpv4();
    begin(
            at,
            source,
            destination,
            ipv4 ? Protocol.ICMP : Protocol.ICMPV6,
            ConnectionEvent.NOT_GIVEN)
        .icmp(ipv4 ? 8 : 128, 0)
        .outcome(answered ? Outcome.ESTABLISHED : Outcome.NO_REPLY)
        .bytes(56, answered ? 56 : 0)
        .packets(1, answered ? 1 : 0);
    removed(at + INACTIVITY_TIMEOUT);
  }

  /** An ICMP error or announcement: nobody's request. */
  void icmpNotice(double at, IpAddress sender, IpAddress receiver, int type, int code) {
    begin(
            at,
            sender,
            receiver,
            sender.isIpv4() ? Protocol.ICMP : Protocol.ICMPV6,
            ConnectionEvent.NOT_GIVEN)
        .icmp(type, code)
        .initiatorCertain(false)
        .bytes(64, 0)
        .packets(1, 0);
    removed(at + INACTIVITY_TIMEOUT);
  }

  /** Midstream or one-sided traffic: the log does not know who began. */
  void midstream(
      double at, IpAddress source, int sourcePort, IpAddress destination, int port, int packets) {
    begin(at, source, destination, Protocol.TCP, port)
        .sourcePort(sourcePort)
        .initiatorCertain(false)
        .bytes(0, 0)
        .packets(packets, 0);
    removed(at + ATTEMPT_TIMEOUT);
  }

  /** One SYN of a scanner that sends RST to whoever answers. */
  void halfOpen(double at, IpAddress source, IpAddress destination, int port) {
    switch (hosts.tcp(destination, port)) {
      case ANSWERS -> {
        begin(at, source, destination, Protocol.TCP, port)
            .outcome(Outcome.ESTABLISHED)
            .probe(Probe.SYN)
            .bytes(0, 0)
            .packets(2, 1);
        removed(at + 0.001);
      }
      case REFUSES -> refused(at, source, destination, port);
      case SILENT -> attempt(at, source, destination, port, 1);
    }
  }

  /** A connection that a scanner completes and closes; some services greet meanwhile. */
  void connect(double at, IpAddress source, IpAddress destination, int port) {
    switch (hosts.tcp(destination, port)) {
      case ANSWERS ->
          open(at, source, destination, port, port <= 25 || port == 3306 ? between(20, 90) : 0);
      case REFUSES -> refused(at, source, destination, port);
      case SILENT -> attempt(at, source, destination, port, 2);
    }
  }

  /** A segment with odd flags, or an ACK out of nowhere. */
  void odd(double at, IpAddress source, IpAddress destination, int port, Probe probe) {
    boolean reset =
        hosts.tcp(destination, port) == Hosts.Reaction.REFUSES
            || (probe == Probe.ACK && hosts.tcp(destination, port) == Hosts.Reaction.ANSWERS);
    begin(at, source, destination, Protocol.TCP, port)
        .outcome(reset ? Outcome.REFUSED : Outcome.NO_REPLY)
        .probe(probe)
        .bytes(0, 0)
        .packets(1, reset ? 1 : 0);
    removed(reset ? at : at + ATTEMPT_TIMEOUT);
  }

  /** A UDP probe: services answer, closed ports make their host send an ICMP error. */
  void udpProbe(double at, IpAddress source, IpAddress destination, int port) {
    Hosts.Reaction reaction = hosts.udp(destination, port);
    ask(at, source, destination, port, reaction == Hosts.Reaction.ANSWERS);
    if (reaction == Hosts.Reaction.REFUSES && chance(0.2)) {
      icmpNotice(at, destination, source, source.isIpv4() ? 3 : 1, source.isIpv4() ? 3 : 4);
    }
  }

  /** A packet of some IP protocol, unanswered as nearly always. */
  void ofProtocol(double at, IpAddress source, IpAddress destination, int protocol) {
    begin(at, source, destination, protocol, ConnectionEvent.NOT_GIVEN)
        .outcome(Outcome.NO_REPLY)
        .bytes(0, 0)
        .packets(1, 0);
    removed(at + INACTIVITY_TIMEOUT);
  }

  private ConnectionEvent.Builder begin(
      double at, IpAddress source, IpAddress destination, int protocol, int port) {
    event
        .reset()
        .timeMicros(startMicros + micros(at))
        .source(source)
        .destination(destination)
        .protocol(protocol)
        .destinationPort(port)
        .sensor("zeek");
    if (port != ConnectionEvent.NOT_GIVEN) {
      event.sourcePort(EPHEMERAL + random.nextInt(28_000));
    }
    if (marksLocality) {
      event
          .sourceLocality(
              inside.contains(source.high(), source.low()) ? Locality.LOCAL : Locality.REMOTE)
          .destinationLocality(
              inside.contains(destination.high(), destination.low())
                  ? Locality.LOCAL
                  : Locality.REMOTE);
    }
    return event;
  }

  private void removed(double at) {
    rows.add(new Row(startMicros + micros(at), event.build(), current));
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }

  /** The finished network: connections in the order of their removal. */
  Network finished() {
    rows.sort(Comparator.comparingLong(Row::removedMicros));
    Map<Label, List<ConnectionEvent>> byLabel = new LinkedHashMap<>();
    labels.forEach(label -> byLabel.put(label, new ArrayList<>()));
    for (Row row : rows) {
      if (row.label() != null) {
        byLabel.computeIfAbsent(row.label(), label -> new ArrayList<>()).add(row.event());
      }
    }
    return new Network(
        name, inside, rows.stream().map(Row::event).toList(), byLabel, Map.copyOf(roles));
  }
}
