package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;

/** What people's machines do between two times. */
final class Desks {
  private static final int DNS = 53;
  private static final int HTTPS = 443;

  private final Recording in;
  private final Web web;
  private final IpAddress resolver;
  private final double from;
  private final double until;

  Desks(Recording in, Web web, IpAddress resolver, double from, double until) {
    this.in = in;
    this.web = web;
    this.resolver = resolver;
    this.from = from;
    this.until = until;
  }

  /** Somebody who reads web pages: names, several sites a page, connections opened in advance. */
  void browses(IpAddress source, double secondsBetweenPages) {
    browses(source, secondsBetweenPages, web.sites());
  }

  private void browses(IpAddress source, double secondsBetweenPages, List<IpAddress> sites) {
    for (double at = from + in.untilNext(secondsBetweenPages);
        at < until;
        at += in.untilNext(secondsBetweenPages)) {
      int parts = in.between(1, 5);
      for (int part = 0; part < parts; part++) {
        IpAddress site = in.popular(sites);
        double then = at + part * 0.2;
        in.ask(then, source, resolver, DNS, !in.chance(0.01));
        int connections = in.between(1, 3);
        for (int i = 0; i < connections; i++) {
          boolean idle = i > 0 && in.chance(0.1);
          if (idle && in.hosts().alive(site)) {
            in.open(then + 0.1, source, site, HTTPS, 0);
          } else if (in.chance(0.15)) {
            in.datagrams(then + 0.05, source, site, HTTPS, 20, 3_000, 40_000);
          } else {
            in.client(then + 0.05 + i * 0.05, source, site, in.chance(0.06) ? 80 : HTTPS);
          }
        }
      }
    }
  }

  void workstation(IpAddress source, IpAddress directory, List<IpAddress> printers) {
    in.role(source, "workstation");
    browses(source, 40);
    signsOn(source, directory, 900);
    prints(source, printers, 1_200);
    for (double at = from + in.about(500); at < until; at += 1_024) {
      in.ask(at, source, directory, 123, true);
    }
  }

  private void signsOn(IpAddress source, IpAddress directory, double seconds) {
    int[] services = {88, 389, 445, 135, 49_152, 49_155, 464, 3268};
    for (double at = from + in.untilNext(seconds); at < until; at += in.about(seconds)) {
      for (int service : services) {
        if (in.chance(0.7)) {
          in.client(at, source, directory, service);
          at += 0.02;
        }
      }
    }
  }

  private void prints(IpAddress source, List<IpAddress> printers, double seconds) {
    for (double at = from + in.untilNext(seconds);
        at < until && !printers.isEmpty();
        at += in.untilNext(seconds)) {
      IpAddress printer = in.popular(printers);
      in.ask(at, source, printer, 161, in.hosts().alive(printer));
      in.client(at + 0.2, source, printer, 9_100);
    }
  }

  /** Discovery of what is near, by multicast and broadcast, and the answers to it. */
  void looksAround(IpAddress source, List<IpAddress> devices, String broadcast) {
    for (double at = from + in.untilNext(120); at < until; at += in.about(120)) {
      int port = in.between(49_152, 65_000);
      for (int i = 0; i < 3; i++) {
        in.ask(at + i, source, Addresses.at("239.255.255.250"), 1_900, false);
      }
      in.ask(at, source, Addresses.at("224.0.0.251"), 5_353, false);
      in.ask(at, source, Addresses.at(broadcast), 137, false);
      for (IpAddress device : devices) {
        in.role(device, "printer");
        in.strayAnswer(at + in.random().nextDouble() * 3, device, 1_900, source, port);
      }
    }
  }

  /** Peer to peer: a hash table over UDP, and pieces over TCP; half of the peers are gone. */
  void peerToPeer(IpAddress source, int peers, double secondsBetween) {
    in.role(source, "p2p");
    List<IpAddress> others = Addresses.anywhere(peers, in.random());
    int[] ports = new int[peers];
    boolean[] gone = new boolean[peers];
    for (int i = 0; i < peers; i++) {
      ports[i] = in.chance(0.08) ? 6_881 : in.chance(0.04) ? 51_413 : in.between(1_025, 65_535);
      gone[i] = in.chance(0.5);
    }
    for (double at = from; at < until; at += in.untilNext(secondsBetween)) {
      int peer = in.between(0, peers - 1);
      if (in.chance(0.7)) {
        in.ask(at, source, others.get(peer), ports[peer], !gone[peer]);
      } else if (gone[peer]) {
        in.unanswered(at, source, others.get(peer), ports[peer]);
      } else {
        in.talk(at, source, others.get(peer), ports[peer], 30, 90_000, 900_000);
      }
      if (in.chance(0.5)) {
        IpAddress caller = others.get(in.between(0, peers - 1));
        in.role(caller, "peer");
        in.ask(at, caller, source, 6_881, in.chance(0.9));
      }
    }
  }

  /** Files from one server, each over a port of its own. */
  void passiveFtp(IpAddress source, IpAddress server, int files) {
    in.role(source, "ftp");
    in.talk(from, source, server, 21, until - from, 4_000, 9_000);
    double gap = (until - from) / files;
    for (int i = 0; i < files; i++) {
      int port = in.between(20_000, 60_000);
      double at = from + i * gap;
      if (in.chance(0.03)) {
        in.refused(at, source, server, port);
      } else {
        in.talk(at, source, server, port, 0.5, 0, in.between(1_000, 90_000));
      }
    }
  }

  /** Software that never gives up. */
  void retries(IpAddress source, IpAddress server, int port, double seconds) {
    in.role(source, "retry");
    for (double at = from + in.about(seconds); at < until; at += in.about(seconds)) {
      in.client(at, source, server, port);
    }
  }

  /** A game's list of servers: each is asked over UDP, a third is gone. */
  void choosesGames(IpAddress source, int servers, double seconds) {
    in.role(source, "game client");
    List<IpAddress> all = Addresses.anywhere(servers, in.random());
    boolean[] gone = new boolean[servers];
    for (int i = 0; i < servers; i++) {
      gone[i] = in.chance(0.3);
    }
    for (double start = from + in.about(60); start < until; start += in.about(1_500)) {
      for (int i = 0; i < servers; i++) {
        int port = 27_015 + (i % 5 == 0 ? i % 20 : 0);
        in.ask(start + i * seconds / servers, source, all.get(i), port, !gone[i]);
      }
    }
  }

  /** Calls: a relay over STUN, then attempts at the other's candidates, most of them in vain. */
  void calls(IpAddress source, IpAddress relay, double seconds) {
    in.role(source, "calls");
    for (double at = from + in.untilNext(seconds); at < until; at += in.untilNext(seconds)) {
      IpAddress other = Addresses.anywhere(1, in.random()).get(0);
      in.ask(at, source, relay, 3_478, true);
      for (int candidate = in.between(2, 8); candidate > 0; candidate--) {
        in.ask(at + candidate * 0.05, source, other, in.between(1_025, 65_535), false);
      }
      in.datagrams(at + 1, source, relay, in.between(49_152, 65_000), 300, 900_000, 900_000);
    }
  }

  /** An address that many people share. */
  void gateway(IpAddress source, int people, IpAddress relay) {
    in.role(source, "nat");
    for (int i = 0; i < people; i++) {
      browses(source, 60);
    }
    for (double at = from + 5; at < until; at += in.untilNext(20)) {
      in.talk(at, source, in.popular(web.sites()), in.chance(0.5) ? 993 : 5_223);
      in.ask(at, source, relay, 3_478, true);
    }
  }

  /** Updates that machines pass on to each other, where most are switched off or say no. */
  void fetchesFromNeighbours(IpAddress source, List<IpAddress> neighbours, double seconds) {
    in.role(source, "workstation");
    for (double at = from + in.untilNext(seconds); at < until; at += in.untilNext(seconds)) {
      for (IpAddress neighbour : Addresses.some(neighbours, 12, in.random())) {
        if (in.chance(0.4)) {
          in.talk(at, source, neighbour, 7_680, 8, 3_000, 900_000);
        } else {
          in.unanswered(at, source, neighbour, 7_680);
        }
      }
    }
  }

  /** The line is down: what people's software keeps asking for outside stays unanswered. */
  void withoutUplink(IpAddress source, int habits, double secondsBetween) {
    List<IpAddress> sites = Addresses.some(web.sites(), habits, in.random());
    for (double at = from + in.untilNext(secondsBetween);
        at < until;
        at += in.untilNext(secondsBetween)) {
      in.unanswered(at, source, in.popular(sites), HTTPS);
    }
  }

  /** A telephone: registered with its server, and now and then in a call with another. */
  void telephone(IpAddress source, IpAddress server, List<IpAddress> others) {
    in.role(source, "telephone");
    for (double at = from + in.about(60); at < until; at += in.about(120)) {
      in.ask(at, source, server, 5_060, true);
      if (in.chance(0.1)) {
        in.datagrams(at, source, in.one(others), in.between(16_384, 32_767), 120, 900_000, 900_000);
      }
    }
  }
}
