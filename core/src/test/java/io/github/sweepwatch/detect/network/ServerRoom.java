package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;

/** What a network's own servers do between two times. */
final class ServerRoom {
  private final Recording in;
  private final double from;
  private final double until;

  ServerRoom(Recording in, double from, double until) {
    this.in = in;
    this.from = from;
    this.until = until;
  }

  /** Asks name servers everywhere; some never answer. */
  void resolver(IpAddress source, int servers, double seconds, double dead) {
    in.role(source, "resolver");
    List<IpAddress> all = Addresses.anywhere(servers, in.random());
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      int server = (int) (servers * in.random().nextDouble() * in.random().nextDouble());
      boolean gone = server % 100 < dead * 100;
      in.ask(at, source, all.get(server), 53, !gone && !in.chance(0.02));
      if (in.chance(0.02)) {
        if (gone) {
          in.unanswered(at + 1, source, all.get(server), 53);
        } else {
          in.talk(at + 1, source, all.get(server), 53);
        }
      }
    }
  }

  /** Delivers mail to many exchangers, and tries again where it could not. */
  void mailRelay(IpAddress source, int exchangers, double seconds, double dead) {
    in.role(source, "mail relay");
    List<IpAddress> all = Addresses.anywhere(exchangers, in.random());
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      int exchanger = (int) (exchangers * in.random().nextDouble() * in.random().nextDouble());
      deliver(at, source, all.get(exchanger), exchanger % 100 < dead * 100, exchanger % 2 == 0);
    }
  }

  private void deliver(
      double at, IpAddress source, IpAddress exchanger, boolean dead, boolean refuses) {
    if (!dead) {
      in.talk(at, source, exchanger, 25, in.about(2), in.between(2_000, 90_000), 900);
    } else if (refuses) {
      in.refused(at, source, exchanger, 25);
    } else {
      in.unanswered(at, source, exchanger, 25);
    }
  }

  /** Fetches page after page of site after site. */
  void crawler(IpAddress source, Web web, double seconds) {
    in.role(source, "crawler");
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      IpAddress site = in.one(web.sites());
      for (int page = in.between(1, 4); page > 0; page--) {
        in.client(at + page * 0.3, source, site, in.chance(0.2) ? 80 : 443);
      }
    }
  }

  /** Pulls everybody's files, one after the other; those that are off are off. */
  void backup(IpAddress source, List<IpAddress> clients, int port, double off) {
    in.role(source, "backup");
    double gap = (until - from) / clients.size();
    for (int i = 0; i < clients.size(); i++) {
      double at = from + i * gap;
      if (in.chance(off)) {
        in.unanswered(at, source, clients.get(i), port);
        in.unanswered(at + 60, source, clients.get(i), port);
      } else {
        in.talk(at, source, clients.get(i), port, gap, 90_000, 4_000_000_000L);
      }
    }
  }

  /** Installs software on all machines: RPC and file sharing on each, some are off. */
  void deployment(IpAddress source, List<IpAddress> machines, double off, boolean pingsFirst) {
    in.role(source, "deployment");
    double gap = (until - from) / machines.size();
    for (int i = 0; i < machines.size(); i++) {
      IpAddress machine = machines.get(i);
      double at = from + i * gap;
      boolean isOff = in.chance(off);
      if (pingsFirst) {
        in.ping(at, source, machine, !isOff);
      }
      if (!isOff) {
        in.talk(at + 0.1, source, machine, 135, 0.2, 900, 700);
        in.talk(at + 0.4, source, machine, 445, in.about(90), 60_000_000, 90_000);
      } else if (!pingsFirst) {
        in.unanswered(at + 0.1, source, machine, 445);
      }
    }
  }

  /** Asks its back ends all the time whether they live; connects only, or asks for a page. */
  void loadBalancer(
      IpAddress source, List<IpAddress> backends, int port, double seconds, boolean asks) {
    in.role(source, "load balancer");
    for (double at = from; at < until; at += seconds) {
      for (IpAddress backend : backends) {
        if (!in.hosts().alive(backend)) {
          in.unanswered(at, source, backend, port);
        } else if (asks) {
          in.talk(at, source, backend, port, 0.02, 88, 200);
        } else {
          in.open(at, source, backend, port, 0);
        }
      }
    }
  }

  /** Looks at a fixed list of services of every host, again and again, whatever it finds. */
  void monitor(IpAddress source, List<IpAddress> all, List<Integer> ports, double seconds) {
    in.role(source, "monitor");
    for (double cycle = from; cycle < until; cycle += seconds) {
      double at = cycle;
      for (IpAddress host : all) {
        in.ping(at, source, host, in.hosts().echoes(host));
        in.ask(at, source, host, 161, in.hosts().udp(host, 161) == Hosts.Reaction.ANSWERS);
        for (int port : ports) {
          in.client(at + 0.01, source, host, port);
        }
        at += seconds * 0.8 / all.size();
      }
    }
  }

  /** Collects metrics of targets from a register, some of which are there no more. */
  void metrics(IpAddress source, List<IpAddress> targets, int port, double stale, double seconds) {
    in.role(source, "metrics");
    for (double cycle = from; cycle < until; cycle += seconds) {
      for (int i = 0; i < targets.size(); i++) {
        double at = cycle + i * seconds / targets.size();
        if (i >= targets.size() * (1 - stale)) {
          in.unanswered(at, source, targets.get(i), port);
        } else {
          in.talk(at, source, targets.get(i), port, 0.05, 200, 20_000);
        }
      }
    }
  }

  /** A node that asks its pods whether they are ready; new ones are not, and get new addresses. */
  void kubelet(IpAddress source, String pods, int running, double seconds) {
    in.role(source, "kubelet");
    List<IpAddress> addresses = Addresses.range(pods, 250);
    double[] born = new double[running];
    int[] address = new int[running];
    int next = 0;
    for (int i = 0; i < running; i++) {
      address[i] = next++;
      born[i] = from - 100;
    }
    for (double cycle = from; cycle < until; cycle += seconds) {
      for (int i = 0; i < running; i++) {
        if (in.chance(0.01)) {
          address[i] = next++ % addresses.size();
          born[i] = cycle;
        }
        IpAddress pod = addresses.get(address[i]);
        int port = 8_080 + i % 4;
        if (cycle - born[i] < 15 && cycle >= born[i] && born[i] >= from) {
          in.refused(cycle + i * 0.01, source, pod, port);
        } else {
          in.talk(cycle + i * 0.01, source, pod, port, 0.01, 120, 200);
        }
      }
    }
  }

  /** A service that calls others through its proxy, and for a while those that were replaced. */
  void meshClient(IpAddress source, List<IpAddress> pods, double seconds) {
    in.role(source, "mesh");
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      int pod = in.between(0, pods.size() - 1);
      if ((pod + (int) (at / 600)) % 12 == 0) {
        in.unanswered(at, source, pods.get(pod), 15_008);
      } else {
        in.talk(at, source, pods.get(pod), 15_008, 0.1, 900, 4_000);
      }
    }
  }

  /** A server that others connect to: closed connections and errors that come back from it. */
  void onTheReceivingEnd(IpAddress source, int port, List<IpAddress> clients, double seconds) {
    in.role(source, "receiver");
    for (double at = from; at < until; at += in.untilNext(seconds)) {
      IpAddress client = in.one(clients);
      if (in.chance(0.7)) {
        in.midstream(at, source, port, client, in.between(32_768, 60_999), 1);
      } else {
        in.icmpNotice(at, source, client, 3, in.chance(0.5) ? 3 : 1);
      }
    }
  }

  /** A station that reads its controllers in turn, round the clock. */
  void controlStation(IpAddress source, List<IpAddress> controllers, double seconds) {
    in.role(source, "control station");
    for (double cycle = from; cycle < until; cycle += seconds) {
      for (int i = 0; i < controllers.size(); i++) {
        IpAddress controller = controllers.get(i);
        double at = cycle + i * seconds / controllers.size();
        if (in.hosts().alive(controller)) {
          in.talk(at, source, controller, i % 3 == 0 ? 102 : 502, seconds * 0.5, 4_000, 9_000);
        } else {
          in.unanswered(at, source, controller, 502);
        }
      }
    }
  }

  /** Many clients of a server that went away: each asks again and again. */
  void withoutServer(List<IpAddress> clients, IpAddress server, List<Integer> ports) {
    for (IpAddress client : clients) {
      in.role(client, "workstation");
      for (double at = from + in.about(5); at < until; at += in.about(15)) {
        if (in.chance(0.5)) {
          in.refused(at, client, server, in.one(ports));
        } else {
          in.unanswered(at, client, server, in.one(ports));
        }
      }
    }
  }
}
