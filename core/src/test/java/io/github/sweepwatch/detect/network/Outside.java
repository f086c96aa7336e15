package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What comes in from the internet between two times. */
final class Outside {
  private final Recording in;
  private final double from;
  private final double until;

  Outside(Recording in, double from, double until) {
    this.in = in;
    this.from = from;
    this.until = until;
  }

  private double anyTime() {
    return from + in.random().nextDouble() * (until - from);
  }

  /** People who use a few servers. */
  void customers(int people, List<IpAddress> servers) {
    for (IpAddress person : Addresses.anywhere(people, in.random())) {
      in.role(person, "customer");
      double at = anyTime();
      for (int i = in.between(2, 20); i > 0; i--) {
        in.client(at + i * in.about(3), person, in.popular(servers), in.chance(0.1) ? 80 : 443);
      }
    }
  }

  /** The noise of the internet: a source, a packet or three, at hosts at random. */
  void radiation(int noise, List<IpAddress> everyAddress, List<Integer> ports) {
    for (IpAddress source : Addresses.anywhere(noise, in.random())) {
      in.role(source, "radiation");
      double at = anyTime();
      int port = in.popular(ports);
      for (int i = in.between(1, 3); i > 0; i--) {
        in.halfOpen(at + in.about(20) * i, source, in.one(everyAddress), port);
      }
    }
  }

  /** A search engine's bot: pages of all sites, some hosts of which have none. */
  void searchBot(IpAddress source, List<IpAddress> servers, double seconds) {
    in.role(source, "search bot");
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      in.client(at, source, in.one(servers), in.chance(0.2) ? 80 : 443);
    }
  }

  /** A service that checks from outside whether sites are up. */
  void uptimeCheck(IpAddress source, List<IpAddress> servers, double seconds) {
    in.role(source, "uptime check");
    for (double cycle = from; cycle < until; cycle += seconds) {
      for (int i = 0; i < servers.size(); i++) {
        in.client(cycle + i * 0.2, source, servers.get(i), 443);
      }
    }
  }

  /** An edge that fetches what its customers ask for from the sites behind it. */
  void contentNetwork(List<IpAddress> edges, List<IpAddress> origins, double seconds) {
    for (IpAddress edge : edges) {
      in.role(edge, "cdn");
      for (double at = from + in.untilNext(seconds); at < until; at += in.untilNext(seconds)) {
        in.client(at, edge, in.one(origins), 443);
      }
    }
  }

  /** A victim elsewhere answers those whose addresses its attacker borrowed. */
  void backscatter(IpAddress victim, List<IpAddress> borrowed, int packets) {
    in.scenario(
        notScan("backscatter", Set.of(victim)),
        () -> {
          for (int i = 0; i < packets; i++) {
            IpAddress host = in.one(borrowed);
            in.midstream(anyTime(), victim, 80, host, in.between(1_024, 65_535), in.between(1, 3));
          }
        });
  }

  /** One source asks one service for more than it can bear. */
  void synFlood(IpAddress source, IpAddress target, int port, int packets) {
    in.scenario(
        notScan("flood", Set.of(source)),
        () -> {
          for (int i = 0; i < packets; i++) {
            in.halfOpen(anyTime(), source, target, port);
          }
        });
  }

  /** The same from borrowed addresses, a few packets each. */
  void spoofedFlood(List<IpAddress> sources, IpAddress target, int port) {
    in.scenario(
        notScan("spoofed flood", new LinkedHashSet<>(sources)),
        () -> {
          for (IpAddress source : sources) {
            for (int i = in.between(1, 3); i > 0; i--) {
              in.halfOpen(anyTime(), source, target, port);
            }
          }
        });
  }

  /** Large datagrams to random ports of one host, to fill its line. */
  void datagramFlood(IpAddress source, IpAddress target, int packets) {
    in.scenario(
        notScan("datagram flood", Set.of(source)),
        () -> {
          for (int i = 0; i < packets; i++) {
            in.datagrams(anyTime(), source, target, in.between(1, 65_535), 0, 1_400, 0);
          }
        });
  }

  /** Answers of open services to questions that somebody asked in the victim's name. */
  void reflection(List<IpAddress> services, int servicePort, IpAddress victim, boolean onePort) {
    in.scenario(
        notScan("reflection", new LinkedHashSet<>(services)),
        () -> {
          int port = in.between(1_024, 65_535);
          for (IpAddress service : services) {
            for (int i = in.between(1, 3); i > 0; i--) {
              int to = onePort ? port : in.between(1_024, 65_535);
              in.strayAnswer(anyTime(), service, servicePort, victim, to);
            }
          }
        });
  }

  /** Passwords, tried on a few hosts, again and again. */
  void guessesPasswords(String name, IpAddress source, List<IpAddress> servers, int port) {
    in.scenario(
        notScan(name, Set.of(source)),
        () -> {
          for (double at = from; at < until; at += in.about(1.5)) {
            in.client(at, source, in.one(servers), port);
          }
        });
  }

  private static Label notScan(String name, Set<IpAddress> sources) {
    return new Label(name, Label.Kind.NOT_SCAN, null, sources, null, Set.of());
  }
}
