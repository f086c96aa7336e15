package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.network.ScanScript.Technique;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The networks that rules may be tuned on. */
final class TuningNetworks {
  private static final double HOUR = 3_600;

  private TuningNetworks() {}

  static List<Supplier<Network>> all() {
    return List.of(
        TuningNetworks::smallOffice,
        TuningNetworks::campus,
        TuningNetworks::dataCentre,
        TuningNetworks::plant,
        TuningNetworks::ipv6Only,
        TuningNetworks::accessProvider,
        TuningNetworks::officeWithOutages);
  }

  /** One private /24 behind a router, in the morning; the log does not say what is local. */
  private static Network smallOffice() {
    Recording in =
        new Recording(
            "small office", 101, 1_700_035_200, LocalNetworks.of("192.168.7.0/24"), false);
    Web web = new Web(in, 600, 0.03);
    IpAddress directory = Addresses.at("192.168.7.2");
    in.hosts().put(directory, Hosts.DIRECTORY);
    List<IpAddress> printers = Addresses.range("192.168.7.10", 3);
    in.hosts().put(printers, Hosts.PRINTER);
    List<IpAddress> people = Addresses.range("192.168.7.100", 25);
    in.hosts().put(people.subList(0, 15), Hosts.DESKTOP);
    in.hosts().put(people.subList(15, 25), Hosts.OPEN_DESKTOP);
    in.hosts().put(Addresses.at("192.168.7.5"), Hosts.APPLICATION_SERVER);
    Desks desks = new Desks(in, web, directory, 0, HOUR);
    for (IpAddress person : people) {
      desks.workstation(person, directory, printers);
      desks.looksAround(person, printers, "192.168.7.255");
    }
    desks.peerToPeer(Addresses.at("192.168.7.140"), 600, 0.6);
    desks.passiveFtp(Addresses.at("192.168.7.141"), web.sites().get(40), 150);
    desks.retries(Addresses.at("192.168.7.142"), Addresses.at("192.168.7.6"), 5_432, 2);
    desks.retries(Addresses.at("192.168.7.143"), Addresses.at("192.168.7.5"), 8_444, 2);
    desks.calls(Addresses.at("192.168.7.144"), web.sites().get(3), 400);
    IpAddress guests = Addresses.at("192.168.7.200");
    desks.gateway(guests, 12, web.sites().get(3));
    ServerRoom room = new ServerRoom(in, 0, HOUR);
    room.resolver(directory, 300, 1, 0.06);
    room.backup(Addresses.at("192.168.7.7"), people, 6_160, 0.2);

    List<IpAddress> net = Addresses.range("192.168.7.1", 254);
    ScanScript.of("insider ports of a server", people.get(3))
        .target(Addresses.at("192.168.7.5"))
        .ports(Addresses.numbers(1, 200))
        .by(Technique.CONNECT)
        .at(400)
        .every(0.05)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("insider file shares", people.get(4))
        .targets(net)
        .port(445)
        .by(Technique.CONNECT)
        .at(900)
        .every(0.3)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("insider pings", people.get(5))
        .targets(net)
        .by(Technique.PING)
        .at(1_300)
        .every(0.05)
        .run(in, ScanType.PING_SWEEP);
    ScanScript.of("hidden in a busy workstation", people.get(6))
        .targets(Addresses.range("192.168.7.60", 80))
        .port(3_389)
        .by(Technique.CONNECT)
        .shuffled()
        .at(600)
        .every(10)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("from behind the guests' address", guests)
        .targets(Addresses.range("203.0.113.1", 200))
        .port(22)
        .at(2_000)
        .every(0.2)
        .retries(1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("pings, then ports", people.get(8))
        .targets(net)
        .by(Technique.PING)
        .at(2_600)
        .every(0.02)
        .runWith(
            ScanScript.of("ports", people.get(8))
                .targets(people)
                .ports(List.of(22, 80, 135, 443, 445, 3_389))
                .hostByHost()
                .at(2_620)
                .every(0.1),
            in,
            ScanType.BLOCK);
    return in.finished();
  }

  /** A university with public addresses, in the evening; much of them is dark. */
  private static Network campus() {
    Recording in =
        new Recording("campus", 102, 1_700_077_000, LocalNetworks.of("128.100.0.0/16"), true);
    Web web = new Web(in, 3_000, 0.04);
    IpAddress directory = Addresses.at("128.100.8.5");
    in.hosts().put(directory, Hosts.DIRECTORY);
    List<IpAddress> servers = Addresses.range("128.100.8.20", 40);
    in.hosts().put(servers.subList(0, 25), Hosts.WEB_SERVER);
    in.hosts().put(servers.subList(25, 40), Hosts.SHIELDED);
    List<IpAddress> people = Addresses.range("128.100.32.10", 150);
    in.hosts().put(people, Hosts.DESKTOP);
    Desks desks = new Desks(in, web, directory, 0, HOUR);
    for (IpAddress person : people) {
      in.role(person, "workstation");
      desks.browses(person, 60);
    }
    for (int i = 0; i < 4; i++) {
      desks.peerToPeer(Addresses.at("128.100.33." + (10 + i)), 900, 0.4);
      desks.choosesGames(Addresses.at("128.100.33." + (20 + i)), 400, 60);
      desks.calls(Addresses.at("128.100.33." + (30 + i)), web.sites().get(5), 300);
    }
    ServerRoom room = new ServerRoom(in, 0, HOUR);
    room.resolver(directory, 2_500, 0.2, 0.08);
    for (IpAddress relay : Addresses.range("128.100.8.70", 5)) {
      room.mailRelay(relay, 300, 4, 0.15);
    }
    room.mailRelay(Addresses.at("128.100.8.6"), 250, 2, 0.1);
    room.crawler(Addresses.at("128.100.8.7"), web, 0.8);
    room.onTheReceivingEnd(servers.get(0), 443, Addresses.anywhere(300, in.random()), 3);
    Outside outside = new Outside(in, 0, HOUR);
    List<IpAddress> every = Addresses.range("128.100.0.0", 65_536);
    outside.radiation(3_000, every, List.of(23, 445, 22, 3_389, 2_323, 5_555, 8_080, 6_379));
    outside.customers(400, servers);
    outside.searchBot(Addresses.at("66.249.64.9"), servers, 4);
    outside.uptimeCheck(Addresses.at("69.162.124.230"), servers.subList(0, 15), 60);
    outside.contentNetwork(Addresses.anywhere(20, in.random()), servers.subList(0, 4), 5);
    outside.backscatter(Addresses.at("23.45.67.89"), every, 400);
    new Outside(in, 500, 620).synFlood(Addresses.at("45.9.148.3"), servers.get(2), 80, 4_000);
    new Outside(in, 3_000, 3_060).datagramFlood(Addresses.at("45.9.148.5"), servers.get(4), 3_000);
    new Outside(in, 700, 800)
        .spoofedFlood(Addresses.anywhere(1_500, in.random()), servers.get(3), 443);
    new Outside(in, 900, 960)
        .reflection(Addresses.anywhere(800, in.random()), 11_211, people.get(9), true);
    new Outside(in, 1_000, 1_060)
        .reflection(Addresses.anywhere(800, in.random()), 389, people.get(10), false);
    new Outside(in, 1_200, 1_500)
        .guessesPasswords("brute force", Addresses.at("45.9.148.4"), servers.subList(0, 1), 22);

    List<IpAddress> net = Addresses.range("128.100.8.0", 256);
    List<IpAddress> wide = Addresses.range("128.100.32.0", 1_024);
    ScanScript.of("zmap", Addresses.at("162.142.125.8"))
        .targets(wide)
        .port(443)
        .shuffled()
        .at(100)
        .every(0.005)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("nmap port 22", Addresses.at("89.248.165.11"))
        .targets(net)
        .port(22)
        .retries(1)
        .at(200)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("masscan", Addresses.at("89.248.165.12"))
        .targets(wide.subList(0, 300))
        .ports(List.of(21, 22, 23, 80, 443, 445, 3_306, 3_389, 6_379, 8_080))
        .shuffled()
        .at(300)
        .every(0.002)
        .run(in, ScanType.BLOCK);
    ScanScript.of("small strobe", Addresses.at("89.248.165.13"))
        .targets(Addresses.range("128.100.8.100", 15))
        .ports(List.of(23, 2_323))
        .at(400)
        .every(0.05)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("udp 161", Addresses.at("89.248.165.14"))
        .targets(net)
        .port(161)
        .by(Technique.UDP)
        .retries(1)
        .at(450)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    odd(in, "89.248.165.20", servers, 550);
    ScanScript.of("decoys", Addresses.at("89.248.165.15"))
        .target(servers.get(5))
        .ports(Addresses.numbers(1, 120))
        .decoys(Addresses.range("61.160.20.1", 5))
        .at(1_600)
        .every(0.02)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("botnet on one port", Addresses.anywhere(12, in.random()))
        .targets(Addresses.range("128.100.9.1", 132))
        .port(5_900)
        .at(1_700)
        .every(0.3)
        .run(in, ScanType.DISTRIBUTED_HORIZONTAL);
    ScanScript.of("botnet on one host", Addresses.range("193.27.228.10", 10))
        .target(servers.get(30))
        .ports(Addresses.numbers(8_000, 110))
        .at(1_800)
        .every(0.3)
        .run(in, ScanType.DISTRIBUTED_VERTICAL);
    ScanScript.of("slow ssh", Addresses.at("89.248.165.16"))
        .targets(net.subList(10, 90))
        .port(22)
        .shuffled()
        .at(1_900)
        .every(2)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ip protocols", Addresses.at("89.248.165.17"))
        .target(servers.get(1))
        .ports(Addresses.numbers(100, 120))
        .by(Technique.IP_PROTOCOL)
        .at(2_100)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("web prober", Addresses.at("89.248.165.18"))
        .targets(servers.subList(0, 12))
        .ports(List.of(80, 443, 8_080, 8_443))
        .hostByHost()
        .by(Technique.PAYLOAD)
        .at(2_200)
        .every(0.3)
        .run(in, ScanType.BLOCK);
    ScanScript.of("all ports", Addresses.at("89.248.165.19"))
        .target(servers.get(6))
        .ports(Addresses.numbers(1, 10_000))
        .shuffled()
        .at(2_300)
        .every(0.001)
        .run(in, ScanType.VERTICAL);
    return in.finished();
  }

  private static void odd(Recording in, String first, List<IpAddress> targets, double at) {
    List<Technique> techniques =
        List.of(Technique.FIN, Technique.NULL, Technique.XMAS, Technique.ACK);
    List<IpAddress> sources = Addresses.range(first, techniques.size());
    for (int i = 0; i < techniques.size(); i++) {
      ScanScript.of(techniques.get(i) + " ports", sources.get(i))
          .target(targets.get(i))
          .ports(Addresses.numbers(1, 100))
          .shuffled()
          .by(techniques.get(i))
          .at(at + i * 20)
          .run(in, ScanType.VERTICAL);
    }
  }

  /** Servers, containers and the machines that look after them, at night. */
  private static Network dataCentre() {
    Recording in =
        new Recording("data centre", 103, 1_700_010_000, LocalNetworks.of("10.128.0.0/16"), true);
    Web web = new Web(in, 200, 0.02);
    List<IpAddress> servers = Addresses.range("10.128.4.10", 120);
    in.hosts().put(servers.subList(0, 80), Hosts.APPLICATION_SERVER);
    in.hosts().put(servers.subList(80, 110), Hosts.WEB_SERVER);
    List<IpAddress> machines = Addresses.range("10.128.16.10", 150);
    in.hosts().put(machines, Hosts.DESKTOP);
    List<IpAddress> pods = Addresses.range("10.128.128.0", 400);
    in.hosts().put(pods.subList(0, 350), Hosts.APPLICATION_SERVER);
    ServerRoom room = new ServerRoom(in, 0, HOUR);
    room.monitor(
        Addresses.at("10.128.2.5"), servers, List.of(22, 80, 443, 8_080, 9_100, 3_306, 5_432), 300);
    room.monitor(
        Addresses.at("10.128.2.6"), servers.subList(0, 60), List.of(22, 80, 443, 8_080, 9_102), 60);
    new ServerRoom(in, 600, 2_400).deployment(Addresses.at("10.128.2.7"), machines, 0.15, false);
    room.backup(Addresses.at("10.128.2.8"), servers.subList(0, 60), 9_102, 0.05);
    room.loadBalancer(Addresses.at("10.128.2.9"), servers.subList(0, 5), 8_080, 2, true);
    room.loadBalancer(Addresses.at("10.128.2.10"), servers.subList(80, 112), 443, 10, false);
    room.metrics(Addresses.at("10.128.2.11"), pods, 9_090, 0.15, 30);
    for (int node = 0; node < 4; node++) {
      room.kubelet(
          Addresses.at("10.128.3." + (10 + node)), "10.128." + (140 + node) + ".1", 60, 10);
    }
    for (int i = 0; i < 20; i++) {
      room.meshClient(pods.get(i), pods.subList(20, 140), 2);
    }
    room.onTheReceivingEnd(servers.get(70), 8_443, machines, 1);
    room.resolver(Addresses.at("10.128.2.12"), 200, 1, 0.03);
    Desks desks = new Desks(in, web, Addresses.at("10.128.2.12"), 0, HOUR);
    desks.retries(servers.get(3), servers.get(115), 5_432, 1);

    ScanScript.of("authorised", Addresses.at("10.128.2.99"))
        .authorised()
        .targets(servers.subList(0, 40))
        .ports(Addresses.numbers(1, 60))
        .hostByHost()
        .at(2_800)
        .every(0.01)
        .run(in, ScanType.BLOCK);
    ScanScript.of("ports of a neighbour", servers.get(100))
        .target(servers.get(10))
        .ports(Addresses.numbers(1, 300))
        .retries(1)
        .at(300)
        .every(0.02)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("worm", machines.get(20))
        .targets(machines)
        .port(445)
        .by(Technique.PAYLOAD)
        .shuffled()
        .at(2_500)
        .every(0.5)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("block", servers.get(101))
        .targets(servers.subList(0, 64))
        .ports(
            List.of(
                21, 22, 23, 25, 80, 110, 135, 139, 143, 443, 445, 1_433, 3_306, 3_389, 5_432, 5_900,
                6_379, 8_080, 9_200, 27_017))
        .at(1_000)
        .every(0.05)
        .run(in, ScanType.BLOCK);
    ScanScript.of("slow ports", servers.get(102))
        .target(servers.get(12))
        .ports(Addresses.numbers(20, 40))
        .at(1_100)
        .every(10)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("udp ports", servers.get(103))
        .target(servers.get(13))
        .ports(Addresses.numbers(50, 120))
        .by(Technique.UDP)
        .at(1_500)
        .every(0.8)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("web prober inside", servers.get(104))
        .targets(servers.subList(20, 50))
        .ports(List.of(80, 443, 8_000, 8_080, 8_443, 8_888))
        .hostByHost()
        .by(Technique.PAYLOAD)
        .at(1_700)
        .every(0.4)
        .run(in, ScanType.BLOCK);
    return in.finished();
  }

  /** Machines and their controllers, a whole day, with scans of one probe in minutes. */
  private static Network plant() {
    Recording in =
        new Recording("plant", 104, 1_700_006_400, LocalNetworks.of("172.20.0.0/16"), true);
    double day = 24 * HOUR;
    List<IpAddress> controllers = Addresses.range("172.20.10.10", 60);
    in.hosts().put(controllers.subList(0, 57), Hosts.CONTROLLER);
    List<IpAddress> servers = Addresses.range("172.20.1.10", 12);
    in.hosts().put(servers, Hosts.APPLICATION_SERVER);
    Web web = new Web(in, 60, 0.05);
    ServerRoom room = new ServerRoom(in, 0, day);
    room.controlStation(Addresses.at("172.20.1.5"), controllers, 60);
    room.monitor(Addresses.at("172.20.1.6"), servers, List.of(22, 443, 8_443), 300);
    Desks desks = new Desks(in, web, servers.get(0), 0, day);
    desks.retries(servers.get(2), Addresses.at("172.20.1.77"), 1_433, 60);
    for (int i = 0; i < 12; i++) {
      IpAddress person = Addresses.at("172.20.40." + (10 + i));
      in.role(person, "workstation");
      new Desks(in, web, servers.get(0), 8 * HOUR, 17 * HOUR).browses(person, 120);
    }
    room.backup(Addresses.at("172.20.1.8"), servers, 9_102, 0.1);

    List<IpAddress> dark = Addresses.range("172.20.10.1", 200);
    ScanScript.of("controllers, one in 5 min", Addresses.at("172.20.40.50"))
        .targets(dark.subList(0, 180))
        .port(502)
        .by(Technique.CONNECT)
        .shuffled()
        .at(2 * HOUR)
        .every(300)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ports, one in 5 min", Addresses.at("172.20.40.51"))
        .target(servers.get(4))
        .ports(Addresses.numbers(1, 120))
        .shuffled()
        .at(3 * HOUR)
        .every(300)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("shares, one in 2 s", Addresses.at("172.20.40.52"))
        .targets(Addresses.range("172.20.40.1", 120))
        .port(445)
        .at(9 * HOUR)
        .every(2)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("pings, one in 10 s", Addresses.at("172.20.40.53"))
        .targets(dark)
        .by(Technique.PING)
        .at(12 * HOUR)
        .every(10)
        .run(in, ScanType.PING_SWEEP);
    ScanScript.of("one in 10 s in a workstation", Addresses.at("172.20.40.15"))
        .targets(dark)
        .port(102)
        .by(Technique.CONNECT)
        .shuffled()
        .at(13 * HOUR)
        .every(10)
        .run(in, ScanType.HORIZONTAL);
    return in.finished();
  }

  /** A network without IPv4. */
  private static Network ipv6Only() {
    Recording in =
        new Recording("ipv6 only", 105, 1_700_140_000, LocalNetworks.of("2001:db8:40::/48"), true);
    List<IpAddress> sites = Addresses.selfChosen("2a00:1450:4001::", 500, in.random());
    in.hosts().put(sites.subList(0, 480), Hosts.WEB_SERVER);
    Web web = new Web(sites);
    IpAddress resolver = Addresses.at("2001:db8:40:1::53");
    in.hosts().put(resolver, Hosts.DIRECTORY);
    List<IpAddress> servers = Addresses.range("2001:db8:40:1::80", 30);
    in.hosts().put(servers, Hosts.WEB_SERVER);
    List<IpAddress> people = Addresses.selfChosen("2001:db8:40:20::", 60, in.random());
    in.hosts().put(people, Hosts.DESKTOP);
    Desks desks = new Desks(in, web, resolver, 0, HOUR);
    for (IpAddress person : people) {
      desks.workstation(person, resolver, List.of());
      for (double at = in.about(20); at < HOUR; at += in.about(200)) {
        in.icmpNotice(at, person, in.one(people), 135, 0);
        in.icmpNotice(at, person, Addresses.at("ff02::1:ff00:1"), 135, 0);
      }
    }
    Outside outside = new Outside(in, 0, HOUR);
    for (IpAddress customer : Addresses.selfChosen("2a02:8071:22::", 50, in.random())) {
      in.role(customer, "customer");
      for (double at = in.about(100); at < HOUR; at += in.about(300)) {
        in.client(at, customer, in.popular(servers), 443);
      }
    }
    outside.searchBot(Addresses.at("2001:4860:4801::9"), servers, 5);

    List<IpAddress> net = Addresses.range("2001:db8:40:1::", 256);
    ScanScript.of("v6 ports", Addresses.at("2a0b:8bc0::35"))
        .target(servers.get(0))
        .ports(Addresses.numbers(1, 200))
        .at(200)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("v6 ssh", Addresses.at("2a0b:8bc0::36"))
        .targets(net)
        .port(22)
        .retries(1)
        .at(400)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("v6 pings", Addresses.at("2a0b:8bc0::37"))
        .targets(net)
        .by(Technique.PING)
        .at(600)
        .run(in, ScanType.PING_SWEEP);
    hops("hosts from one /64", "2a0b:8bc0:1::/64", net, List.of(443), 800, 0.1)
        .run(in, ScanType.HORIZONTAL);
    hops(
            "ports from one /64",
            "2a0b:8bc0:2::/64",
            servers.subList(2, 3),
            Addresses.numbers(1, 100),
            1_000,
            0.5)
        .run(in, ScanType.VERTICAL);
    hops("slowly from one /64", "2a0b:8bc0:3::/64", net, List.of(3_389), 1_300, 2)
        .run(in, ScanType.HORIZONTAL);
    return in.finished();
  }

  private static ScanScript hops(
      String name,
      String block,
      List<IpAddress> targets,
      List<Integer> ports,
      double at,
      double gap) {
    AddressBlock addresses = AddressBlock.parse(block);
    return ScanScript.of(name, addresses.network())
        .hoppingIn(addresses)
        .targets(targets)
        .ports(ports)
        .at(at)
        .every(gap);
  }

  /** Customers of an access provider: shared addresses, games, peers, calls, and their worms. */
  private static Network accessProvider() {
    Recording in =
        new Recording(
            "access provider", 106, 1_700_160_000, LocalNetworks.of("100.64.0.0/16"), true);
    Web web = new Web(in, 4_000, 0.05);
    IpAddress resolver = Addresses.at("100.64.0.53");
    in.hosts().put(resolver, Hosts.DIRECTORY);
    List<IpAddress> homes = Addresses.range("100.64.10.10", 200);
    in.hosts().put(homes.subList(0, 100), Hosts.SHIELDED);
    Desks desks = new Desks(in, web, resolver, 0, HOUR);
    for (IpAddress home : homes.subList(0, 40)) {
      desks.gateway(home, 2, web.sites().get(7));
    }
    desks.gateway(Addresses.at("100.64.1.1"), 80, web.sites().get(7));
    for (IpAddress shared : Addresses.range("100.64.1.2", 3)) {
      desks.gateway(shared, 40, web.sites().get(7));
    }
    for (int i = 0; i < 6; i++) {
      desks.peerToPeer(homes.get(100 + i), 1_500, 0.3);
      desks.choosesGames(homes.get(110 + i), 600, 40);
      desks.calls(homes.get(120 + i), web.sites().get(7), 200);
    }
    new ServerRoom(in, 0, HOUR).resolver(resolver, 4_000, 0.1, 0.08);
    Outside outside = new Outside(in, 0, HOUR);
    List<IpAddress> every = Addresses.range("100.64.0.0", 65_536);
    outside.radiation(2_000, every, List.of(23, 7_547, 8_080, 80, 5_555, 445));
    new Outside(in, 300, 400)
        .reflection(Addresses.anywhere(1_200, in.random()), 53, homes.get(30), false);
    new Outside(in, 600, 660)
        .spoofedFlood(Addresses.anywhere(2_000, in.random()), homes.get(31), 25_565);

    List<IpAddress> world = Addresses.anywhere(3_000, in.random());
    ScanScript.of("infected camera", homes.get(140))
        .targets(world.subList(0, 1_500))
        .ports(List.of(23, 2_323))
        .shuffled()
        .at(500)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("outbound, slowly", homes.get(2))
        .targets(world.subList(1_500, 1_700))
        .port(445)
        .at(900)
        .every(5)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("many sources on one port", Addresses.anywhere(60, in.random()))
        .targets(Addresses.range("100.64.10.10", 180))
        .port(37_215)
        .shuffled()
        .at(1_200)
        .every(0.5)
        .run(in, ScanType.DISTRIBUTED_HORIZONTAL);
    ScanScript.of("one network on one port", Addresses.range("185.220.101.1", 40))
        .targets(Addresses.range("100.64.20.0", 200))
        .port(8_291)
        .shuffled()
        .at(2_000)
        .every(1)
        .run(in, ScanType.DISTRIBUTED_HORIZONTAL);
    ScanScript.of("from behind eighty people", Addresses.at("100.64.1.1"))
        .targets(world.subList(2_000, 2_400))
        .port(5_555)
        .at(1_600)
        .every(1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("udp 1900", Addresses.at("89.248.165.40"))
        .targets(Addresses.range("100.64.10.0", 256))
        .port(1_900)
        .by(Technique.UDP)
        .at(1_500)
        .every(0.05)
        .run(in, ScanType.HORIZONTAL);
    return in.finished();
  }

  /** A larger office on the day on which the line fails, then a server. */
  private static Network officeWithOutages() {
    Recording in =
        new Recording(
            "office with outages", 107, 1_700_205_000, LocalNetworks.of("10.40.0.0/16"), true);
    double end = 2 * HOUR;
    Web web = new Web(in, 2_500, 0.03);
    IpAddress directory = Addresses.at("10.40.1.2");
    in.hosts().put(directory, Hosts.DIRECTORY);
    List<IpAddress> printers = Addresses.range("10.40.1.40", 10);
    in.hosts().put(printers.subList(0, 9), Hosts.PRINTER);
    List<IpAddress> people = Addresses.range("10.40.8.10", 300);
    in.hosts().put(people, Hosts.DESKTOP);
    List<IpAddress> servers = Addresses.range("10.40.1.60", 20);
    in.hosts().put(servers, Hosts.APPLICATION_SERVER);
    double down = 2_400;
    double up = 3_000;
    for (IpAddress person : people.subList(0, 120)) {
      new Desks(in, web, directory, 0, down).workstation(person, directory, printers);
      new Desks(in, web, directory, down, up).withoutUplink(person, 20, 4);
      new Desks(in, web, directory, up, end).workstation(person, directory, printers);
    }
    IpAddress guests = Addresses.at("10.40.1.9");
    new Desks(in, web, directory, 0, down).gateway(guests, 40, web.sites().get(2));
    new Desks(in, web, directory, down, up).withoutUplink(guests, 400, 0.2);
    new Desks(in, web, directory, up, end).gateway(guests, 40, web.sites().get(2));
    List<IpAddress> dead = new ArrayList<>(people);
    dead.addAll(Addresses.range("10.40.10.10", 60));
    new ServerRoom(in, 0, down).resolver(directory, 1_500, 0.3, 0.07);
    new ServerRoom(in, down, up).resolver(directory, 1_500, 0.3, 1);
    new ServerRoom(in, 0, down).mailRelay(Addresses.at("10.40.1.3"), 200, 2, 0.1);
    new ServerRoom(in, down, up).mailRelay(Addresses.at("10.40.1.3"), 200, 2, 1);
    new ServerRoom(in, up + 600, end).deployment(Addresses.at("10.40.1.4"), dead, 0.25, false);
    new ServerRoom(in, 5_000, 5_900)
        .withoutServer(people.subList(120, 300), servers.get(7), List.of(443, 8_443));
    Desks desks = new Desks(in, web, directory, 0, end);
    for (IpAddress person : people.subList(0, 40)) {
      desks.fetchesFromNeighbours(person, people, 1_800);
    }

    ScanScript.of("shares after the outage", people.get(200))
        .targets(Addresses.range("10.40.8.0", 256))
        .port(445)
        .by(Technique.CONNECT)
        .at(3_300)
        .every(0.2)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ports during the outage", people.get(201))
        .target(servers.get(3))
        .ports(Addresses.numbers(1, 150))
        .at(2_500)
        .every(0.1)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("outbound during work", people.get(30))
        .targets(Addresses.anywhere(300, in.random()))
        .port(3_389)
        .at(4_000)
        .every(1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ports, then a block", people.get(202))
        .target(servers.get(4))
        .ports(Addresses.numbers(20, 100))
        .at(6_000)
        .every(0.1)
        .runWith(
            ScanScript.of("block", people.get(202))
                .targets(servers)
                .ports(Addresses.numbers(20, 30))
                .hostByHost()
                .at(6_060)
                .every(0.1),
            in,
            ScanType.BLOCK);
    return in.finished();
  }
}
