package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Probe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scan: who, whom, what, when, how. Runs in a recording, more than once if asked to. */
final class ScanScript {
  /** What is sent. */
  enum Technique {
    SYN,
    CONNECT,
    PAYLOAD,
    FIN,
    NULL,
    XMAS,
    ACK,
    UDP,
    PING,
    IP_PROTOCOL
  }

  private record Pair(IpAddress target, int port) {}

  private final String name;
  private final List<IpAddress> sources;
  private Label.Kind kind = Label.Kind.SCAN;
  private List<IpAddress> targets = List.of();
  private List<Integer> ports = List.of(0);
  private List<IpAddress> decoys = List.of();
  private Technique technique = Technique.SYN;
  private double start;
  private double gap = 0.01;
  private int retries;
  private boolean portByPort = true;
  private boolean shuffled;
  private @Nullable AddressBlock block;

  private ScanScript(String name, List<IpAddress> sources) {
    this.name = name;
    this.sources = sources;
  }

  static ScanScript of(String name, IpAddress source) {
    return new ScanScript(name, List.of(source));
  }

  /** One scan shared out among several sources, a probe each in turn. */
  static ScanScript of(String name, List<IpAddress> sources) {
    return new ScanScript(name, sources);
  }

  ScanScript authorised() {
    kind = Label.Kind.AUTHORISED;
    return this;
  }

  ScanScript targets(List<IpAddress> hosts) {
    targets = hosts;
    return this;
  }

  ScanScript target(IpAddress host) {
    return targets(List.of(host));
  }

  ScanScript ports(List<Integer> list) {
    ports = list;
    return this;
  }

  ScanScript port(int port) {
    return ports(List.of(port));
  }

  /** Each probe also comes from these addresses, in random order. */
  ScanScript decoys(List<IpAddress> borrowed) {
    decoys = borrowed;
    return this;
  }

  ScanScript by(Technique how) {
    technique = how;
    return this;
  }

  ScanScript at(double second) {
    start = second;
    return this;
  }

  /** Seconds from probe to probe, about. */
  ScanScript every(double seconds) {
    gap = seconds;
    return this;
  }

  /** Silent targets are asked again, from another source port, as nmap does. */
  ScanScript retries(int times) {
    retries = times;
    return this;
  }

  /** All ports of a host before the next host. */
  ScanScript hostByHost() {
    portByPort = false;
    return this;
  }

  /** Pairs of hosts and ports in random order, as masscan and zmap do. */
  ScanScript shuffled() {
    shuffled = true;
    return this;
  }

  /** Each probe comes from another address of this block. */
  ScanScript hoppingIn(AddressBlock addresses) {
    block = addresses;
    return this;
  }

  /** Runs the scan. */
  void run(Recording in, ScanType expected) {
    in.scenario(label(expected), () -> send(in));
  }

  /** Runs this and another script of the same sources as one scan. */
  void runWith(ScanScript next, Recording in, ScanType expected) {
    in.scenario(
        label(expected),
        () -> {
          send(in);
          next.send(in);
        });
  }

  private Label label(ScanType expected) {
    return new Label(name, kind, expected, Set.copyOf(sources), block, new LinkedHashSet<>(decoys));
  }

  private List<Pair> pairs(Recording in) {
    List<Pair> pairs = new ArrayList<>();
    if (portByPort) {
      ports.forEach(port -> targets.forEach(target -> pairs.add(new Pair(target, port))));
    } else {
      targets.forEach(target -> ports.forEach(port -> pairs.add(new Pair(target, port))));
    }
    if (shuffled) {
      Collections.shuffle(pairs, in.random());
    }
    return pairs;
  }

  private void send(Recording in) {
    double at = start;
    int turn = 0;
    for (Pair pair : pairs(in)) {
      IpAddress source = sources.get(turn % sources.size());
      if (block != null) {
        source = new IpAddress(source.high(), in.random().nextLong());
      }
      probe(in, at, source, pair);
      for (IpAddress decoy : decoys) {
        probe(in, at + in.random().nextDouble() * 0.02, decoy, pair);
      }
      boolean silent =
          technique == Technique.UDP
              ? in.hosts().udp(pair.target(), pair.port()) != Hosts.Reaction.ANSWERS
              : in.hosts().tcp(pair.target(), pair.port()) == Hosts.Reaction.SILENT;
      for (int retry = 1; silent && retry <= retries; retry++) {
        probe(in, at + retry * 1.1, source, pair);
      }
      turn++;
      at += in.about(gap);
    }
  }

  private void probe(Recording in, double at, IpAddress source, Pair pair) {
    IpAddress target = pair.target();
    int port = pair.port();
    switch (technique) {
      case SYN -> in.halfOpen(at, source, target, port);
      case CONNECT -> in.connect(at, source, target, port);
      case PAYLOAD -> in.client(at, source, target, port);
      case FIN -> in.odd(at, source, target, port, Probe.FIN);
      case NULL -> in.odd(at, source, target, port, Probe.NULL);
      case XMAS -> in.odd(at, source, target, port, Probe.XMAS);
      case ACK -> in.odd(at, source, target, port, Probe.ACK);
      case UDP -> in.udpProbe(at, source, target, port);
      case PING -> in.ping(at, source, target, in.hosts().echoes(target));
      case IP_PROTOCOL -> in.ofProtocol(at, source, target, port);
    }
  }
}
