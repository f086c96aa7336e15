package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.network.ScanScript.Technique;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The networks that no rule may be tuned on: other plans, roles, times and scans. */
final class HeldOutNetworks {
  private static final double HOUR = 3_600;

  private HeldOutNetworks() {}

  static List<Supplier<Network>> all() {
    return List.of(
        HeldOutNetworks::clinic,
        HeldOutNetworks::hosting,
        HeldOutNetworks::cloud,
        HeldOutNetworks::factory,
        HeldOutNetworks::residence,
        HeldOutNetworks::mobileProvider,
        HeldOutNetworks::headquarters);
  }

  /** Wards, devices and telephones on a night shift; the log does not say what is local. */
  private static Network clinic() {
    Recording in =
        new Recording("clinic", 9_201, 1_701_224_000, LocalNetworks.of("10.3.0.0/16"), false);
    double end = 1.5 * HOUR;
    Web web = new Web(in, 900, 0.06);
    IpAddress directory = Addresses.at("10.3.0.10");
    IpAddress exchange = Addresses.at("10.3.0.11");
    in.hosts().put(directory, Hosts.DIRECTORY);
    List<IpAddress> archives = Addresses.range("10.3.0.20", 12);
    in.hosts().put(archives, Hosts.APPLICATION_SERVER);
    List<IpAddress> printers = Addresses.range("10.3.90.1", 20);
    in.hosts().put(printers.subList(0, 16), Hosts.PRINTER);
    List<IpAddress> people = Addresses.range("10.3.21.30", 70);
    in.hosts().put(people.subList(0, 40), Hosts.OPEN_DESKTOP);
    in.hosts().put(people.subList(40, 70), Hosts.DESKTOP);
    List<IpAddress> telephones = Addresses.range("10.3.60.5", 60);
    Desks desks = new Desks(in, web, directory, 0, end);
    for (IpAddress person : people) {
      desks.workstation(person, directory, printers);
      desks.looksAround(person, printers.subList(0, 8), "10.3.21.255");
    }
    for (IpAddress telephone : telephones) {
      desks.telephone(telephone, exchange, telephones);
    }
    for (int i = 0; i < 5; i++) {
      desks.retries(Addresses.at("10.3.70." + (3 + i)), archives.get(i), 11_112, 5);
      desks.retries(Addresses.at("10.3.71." + (3 + i)), Addresses.at("10.3.0.77"), 104, 3);
    }
    desks.gateway(Addresses.at("10.3.250.1"), 30, web.sites().get(11));
    ServerRoom room = new ServerRoom(in, 0, end);
    room.monitor(Addresses.at("10.3.0.5"), printers, List.of(80, 9_100, 631), 120);
    room.backup(Addresses.at("10.3.0.6"), people, 10_000, 0.3);
    new ServerRoom(in, 1_200, end)
        .deployment(Addresses.at("10.3.0.7"), people.subList(0, 60), 0.3, true);

    ScanScript.of("insider remote desktops", people.get(11))
        .targets(Addresses.range("10.3.21.1", 200))
        .port(3_389)
        .by(Technique.CONNECT)
        .at(700)
        .every(0.5)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("insider ports of an archive", people.get(12))
        .target(archives.get(6))
        .ports(Addresses.numbers(100, 400))
        .by(Technique.CONNECT)
        .shuffled()
        .at(1_000)
        .every(0.2)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("worm among desktops", people.get(41))
        .targets(people)
        .port(445)
        .by(Technique.PAYLOAD)
        .at(2_000)
        .every(0.4)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("devices, one in 10 s", people.get(42))
        .targets(Addresses.range("10.3.70.1", 150))
        .port(11_112)
        .by(Technique.CONNECT)
        .shuffled()
        .at(1_500)
        .every(10)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("pings, then shares", people.get(13))
        .targets(Addresses.range("10.3.21.1", 254))
        .by(Technique.PING)
        .at(3_000)
        .every(0.1)
        .runWith(
            ScanScript.of("shares", people.get(13))
                .targets(people)
                .ports(List.of(135, 139, 445, 3_389, 5_900, 5_985, 8_080, 8_443))
                .hostByHost()
                .at(3_100)
                .every(0.05),
            in,
            ScanType.BLOCK);
    return in.finished();
  }

  /** Hundreds of customers' servers on public addresses. */
  private static Network hosting() {
    Recording in =
        new Recording("hosting", 9_202, 1_701_300_500, LocalNetworks.of("185.10.0.0/22"), true);
    Web web = new Web(in, 300, 0.05);
    List<IpAddress> every = Addresses.range("185.10.0.0", 1_024);
    List<IpAddress> servers = Addresses.range("185.10.0.20", 300);
    in.hosts().put(servers.subList(0, 120), Hosts.WEB_SERVER);
    in.hosts().put(servers.subList(120, 250), Hosts.SHIELDED);
    in.hosts().put(servers.subList(250, 300), Hosts.APPLICATION_SERVER);
    ServerRoom room = new ServerRoom(in, 0, HOUR);
    room.resolver(Addresses.at("185.10.0.2"), 3_000, 0.3, 0.12);
    for (int i = 0; i < 6; i++) {
      room.mailRelay(servers.get(i * 20), 300, 4, 0.15);
    }
    room.monitor(
        Addresses.at("185.10.0.3"), servers.subList(0, 200), List.of(22, 80, 443, 8_080), 600);
    room.onTheReceivingEnd(servers.get(8), 80, Addresses.anywhere(500, in.random()), 1);
    new Desks(in, web, Addresses.at("185.10.0.2"), 0, HOUR)
        .retries(servers.get(9), servers.get(270), 5_433, 1);
    Outside outside = new Outside(in, 0, HOUR);
    outside.radiation(4_000, every, List.of(445, 23, 22, 6_379, 3_389, 81, 8_088, 5_060));
    outside.customers(900, servers.subList(0, 250));
    outside.searchBot(Addresses.at("157.55.39.3"), servers, 2);
    outside.searchBot(Addresses.at("40.77.167.9"), servers.subList(0, 200), 6);
    outside.uptimeCheck(Addresses.at("63.143.42.250"), servers.subList(0, 60), 120);
    outside.contentNetwork(Addresses.anywhere(30, in.random()), servers.subList(0, 12), 6);
    outside.backscatter(Addresses.at("34.98.99.30"), every, 600);
    outside.backscatter(Addresses.at("52.10.1.2"), every, 200);
    new Outside(in, 200, 260).synFlood(Addresses.at("77.247.110.3"), servers.get(30), 443, 3_000);
    new Outside(in, 300, 420)
        .spoofedFlood(Addresses.anywhere(2_000, in.random()), servers.get(31), 80);
    new Outside(in, 500, 560)
        .reflection(Addresses.anywhere(900, in.random()), 123, servers.get(32), false);
    new Outside(in, 700, 1_500)
        .guessesPasswords(
            "mail passwords", Addresses.at("77.247.110.4"), servers.subList(3, 4), 22);
    new Outside(in, 800, 1_600)
        .guessesPasswords(
            "password spraying", Addresses.at("77.247.110.5"), servers.subList(0, 8), 22);
    new Outside(in, 3_100, 3_160)
        .datagramFlood(Addresses.at("77.247.110.6"), servers.get(33), 2_000);

    ScanScript.of("redis, in random order", Addresses.at("141.98.10.2"))
        .targets(every)
        .port(6_379)
        .shuffled()
        .at(100)
        .every(0.12)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("top ports of one host", Addresses.at("141.98.10.3"))
        .target(servers.get(40))
        .ports(Addresses.numbers(1, 1_000))
        .shuffled()
        .retries(1)
        .at(300)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("few ports of many", Addresses.at("141.98.10.4"))
        .targets(every)
        .ports(List.of(21, 25, 110, 143, 465, 587, 993, 995))
        .shuffled()
        .at(400)
        .every(0.01)
        .run(in, ScanType.BLOCK);
    ScanScript.of("FIN", Addresses.at("141.98.10.5"))
        .target(servers.get(41))
        .ports(Addresses.numbers(20, 80))
        .by(Technique.FIN)
        .at(900)
        .every(0.4)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("NULL over hosts", Addresses.at("141.98.10.6"))
        .targets(every.subList(0, 300))
        .port(22)
        .by(Technique.NULL)
        .at(1_000)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ACK over hosts", Addresses.at("141.98.10.7"))
        .targets(every.subList(0, 300))
        .port(80)
        .by(Technique.ACK)
        .at(1_100)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("XMAS", Addresses.at("141.98.10.8"))
        .target(servers.get(42))
        .ports(Addresses.numbers(400, 90))
        .by(Technique.XMAS)
        .at(1_200)
        .every(1)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("names over UDP", Addresses.at("141.98.10.9"))
        .targets(every)
        .port(53)
        .by(Technique.UDP)
        .shuffled()
        .at(1_300)
        .every(0.02)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("pings", Addresses.at("141.98.10.10"))
        .targets(every)
        .by(Technique.PING)
        .at(1_400)
        .every(0.01)
        .run(in, ScanType.PING_SWEEP);
    ScanScript.of("decoys", Addresses.at("141.98.10.11"))
        .target(servers.get(260))
        .ports(Addresses.numbers(1_000, 80))
        .shuffled()
        .decoys(Addresses.anywhere(8, in.random()))
        .at(1_600)
        .every(0.2)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("botnet, one port, disjoint hosts", Addresses.anywhere(25, in.random()))
        .targets(every.subList(400, 600))
        .port(8_728)
        .at(1_800)
        .every(0.8)
        .run(in, ScanType.DISTRIBUTED_HORIZONTAL);
    ScanScript.of("botnet, one host, disjoint ports", Addresses.anywhere(20, in.random()))
        .target(servers.get(261))
        .ports(Addresses.numbers(3_000, 200))
        .shuffled()
        .at(2_100)
        .every(0.5)
        .run(in, ScanType.DISTRIBUTED_VERTICAL);
    ScanScript.of("ssh, one in 7 s", Addresses.at("141.98.10.12"))
        .targets(every.subList(100, 300))
        .port(22)
        .shuffled()
        .at(1_900)
        .every(7)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("web prober", Addresses.at("141.98.10.13"))
        .targets(servers.subList(0, 40))
        .ports(List.of(80, 443, 8_000, 8_081, 8_888))
        .by(Technique.PAYLOAD)
        .shuffled()
        .at(2_500)
        .every(0.3)
        .run(in, ScanType.BLOCK);
    return in.finished();
  }

  /** Containers and gateways of a cloud; its flow log says what was let in, and no more. */
  private static Network cloud() {
    Recording in =
        new Recording("cloud", 9_203, 1_701_400_000, LocalNetworks.of("172.31.0.0/16"), false);
    Web web = new Web(in, 500, 0.02);
    List<IpAddress> nodes = Addresses.range("172.31.16.4", 20);
    in.hosts().put(nodes, Hosts.SHIELDED);
    List<IpAddress> pods = Addresses.range("172.31.64.0", 300);
    in.hosts().put(pods.subList(0, 270), Hosts.SHIELDED);
    ServerRoom room = new ServerRoom(in, 0, HOUR);
    for (int i = 0; i < 6; i++) {
      room.kubelet(nodes.get(i), "172.31." + (80 + i) + ".1", 40, 15);
      room.meshClient(pods.get(i), pods.subList(10, 200), 1);
    }
    room.metrics(nodes.get(7), pods, 9_090, 0.1, 60);
    room.loadBalancer(Addresses.at("172.31.1.20"), pods.subList(0, 30), 443, 15, false);
    room.loadBalancer(Addresses.at("172.31.1.21"), pods.subList(0, 30), 443, 15, true);
    room.crawler(Addresses.at("172.31.2.9"), web, 2);
    Desks desks = new Desks(in, web, Addresses.at("172.31.0.2"), 0, HOUR);
    desks.gateway(Addresses.at("172.31.0.5"), 20, web.sites().get(1));
    Outside outside = new Outside(in, 0, HOUR);
    outside.radiation(1_500, nodes, List.of(22, 23, 445, 80, 8_080, 2_375, 6_443));
    outside.customers(300, nodes.subList(0, 4));

    ScanScript.of("kubernetes ports of nodes", Addresses.at("167.94.138.5"))
        .targets(nodes)
        .ports(List.of(2_375, 2_376, 2_379, 6_443, 8_443, 10_250, 10_255, 30_000))
        .shuffled()
        .at(600)
        .every(0.3)
        .run(in, ScanType.BLOCK);
    ScanScript.of("a pod looks around", pods.get(250))
        .targets(Addresses.range("172.31.64.0", 256))
        .port(6_379)
        .at(1_000)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ports of a node", Addresses.at("167.94.138.6"))
        .target(nodes.get(3))
        .ports(Addresses.numbers(1, 1_024))
        .shuffled()
        .at(1_500)
        .every(0.05)
        .run(in, ScanType.VERTICAL);
    return Feeds.flowLog(in.finished());
  }

  /** Machines round the clock, and scans of one probe in minutes. */
  private static Network factory() {
    Recording in =
        new Recording("factory", 9_204, 1_701_500_000, LocalNetworks.of("192.168.128.0/17"), true);
    double day = 24 * HOUR;
    List<IpAddress> controllers = Addresses.range("192.168.140.1", 90);
    in.hosts().put(controllers.subList(0, 84), Hosts.CONTROLLER);
    List<IpAddress> servers = Addresses.range("192.168.130.20", 20);
    in.hosts().put(servers, Hosts.WEB_SERVER);
    Web web = new Web(in, 100, 0.04);
    ServerRoom room = new ServerRoom(in, 0, day);
    room.controlStation(Addresses.at("192.168.130.5"), controllers, 120);
    room.loadBalancer(Addresses.at("192.168.130.6"), servers.subList(0, 3), 443, 30, true);
    room.backup(Addresses.at("192.168.130.7"), servers, 6_106, 0.2);
    for (int i = 0; i < 20; i++) {
      IpAddress person = Addresses.at("192.168.200." + (20 + i));
      in.role(person, "workstation");
      new Desks(in, web, servers.get(0), 6 * HOUR, 15 * HOUR).browses(person, 200);
      new Desks(in, web, servers.get(0), 0, day).retries(person, servers.get(19), 8_530, 1_800);
    }

    List<IpAddress> machines = Addresses.range("192.168.140.1", 250);
    ScanScript.of("web pages of machines, one in 5 min", Addresses.at("192.168.200.60"))
        .targets(machines)
        .port(8_080)
        .shuffled()
        .at(HOUR)
        .every(300)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("ports, one in 4 min", Addresses.at("192.168.200.61"))
        .target(servers.get(7))
        .ports(Addresses.numbers(20, 100))
        .shuffled()
        .by(Technique.CONNECT)
        .at(5 * HOUR)
        .every(240)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("ssh, one in 2 s", Addresses.at("192.168.200.62"))
        .targets(machines)
        .port(22)
        .at(8 * HOUR)
        .every(2)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("pings, one in 2 s", Addresses.at("192.168.200.63"))
        .targets(Addresses.range("192.168.150.1", 200))
        .by(Technique.PING)
        .at(9 * HOUR)
        .every(2)
        .run(in, ScanType.PING_SWEEP);
    ScanScript.of("shares in a workstation, one in 30 s", Addresses.at("192.168.200.25"))
        .targets(Addresses.range("192.168.200.1", 120))
        .port(445)
        .by(Technique.CONNECT)
        .shuffled()
        .at(10 * HOUR)
        .every(30)
        .run(in, ScanType.HORIZONTAL);
    return in.finished();
  }

  /** Students with both kinds of addresses. */
  private static Network residence() {
    Recording in =
        new Recording(
            "residence",
            9_205,
            1_701_600_000,
            LocalNetworks.of("10.60.0.0/16", "2a0c:5a80:1::/48"),
            true);
    Web old = new Web(in, 1_500, 0.05);
    List<IpAddress> sites = Addresses.selfChosen("2606:4700:10::", 400, in.random());
    in.hosts().put(sites.subList(0, 385), Hosts.WEB_SERVER);
    Web web = new Web(sites);
    IpAddress resolver = Addresses.at("10.60.0.53");
    IpAddress resolver6 = Addresses.at("2a0c:5a80:1::53");
    in.hosts().put(resolver, Hosts.DIRECTORY);
    List<IpAddress> servers = Addresses.range("2a0c:5a80:1:5::10", 50);
    in.hosts().put(servers, Hosts.WEB_SERVER);
    List<IpAddress> students = Addresses.range("10.60.12.10", 80);
    List<IpAddress> students6 = Addresses.selfChosen("2a0c:5a80:1:12::", 80, in.random());
    in.hosts().put(students, Hosts.DESKTOP);
    Desks desks = new Desks(in, old, resolver, 0, HOUR);
    Desks desks6 = new Desks(in, web, resolver6, 0, HOUR);
    for (int i = 0; i < students.size(); i++) {
      in.role(students.get(i), "workstation");
      in.role(students6.get(i), "workstation");
      desks.browses(students.get(i), 90);
      desks6.browses(students6.get(i), 60);
      desks.looksAround(students.get(i), List.of(), "10.60.12.255");
    }
    for (int i = 0; i < 8; i++) {
      desks.peerToPeer(students.get(i * 3), 700, 0.7);
      desks.choosesGames(students.get(i * 3 + 1), 300, 90);
      desks.calls(students.get(i * 3 + 2), old.sites().get(9), 250);
    }
    Outside outside = new Outside(in, 0, HOUR);
    outside.searchBot(Addresses.at("2620:119:35::3"), servers, 6);

    AddressBlock block = AddressBlock.parse("2001:67c:2e8:9::/64");
    ScanScript.of("one /64, hosts", block.network())
        .hoppingIn(block)
        .targets(Addresses.range("2a0c:5a80:1:5::", 300))
        .port(22)
        .shuffled()
        .at(300)
        .every(1)
        .run(in, ScanType.HORIZONTAL);
    AddressBlock other = AddressBlock.parse("2001:67c:2e8:a::/64");
    ScanScript.of("one /64, a block", other.network())
        .hoppingIn(other)
        .targets(servers.subList(0, 20))
        .ports(List.of(21, 22, 25, 110, 143, 3_306, 5_432, 8_080))
        .shuffled()
        .at(900)
        .every(0.3)
        .run(in, ScanType.BLOCK);
    ScanScript.of("v6 ports by connecting", Addresses.at("2001:67c:2e8:b::1"))
        .target(servers.get(9))
        .ports(Addresses.numbers(1, 300))
        .by(Technique.CONNECT)
        .at(1_500)
        .every(0.1)
        .run(in, ScanType.VERTICAL);
    ScanScript.of("v6 pings", Addresses.at("2001:67c:2e8:c::1"))
        .targets(Addresses.range("2a0c:5a80:1:5::", 200))
        .by(Technique.PING)
        .at(1_800)
        .every(0.2)
        .run(in, ScanType.PING_SWEEP);
    ScanScript.of("a student looks for shares", students.get(50))
        .targets(Addresses.range("10.60.12.1", 254))
        .port(445)
        .at(2_100)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("a student's udp", students.get(51))
        .targets(Addresses.range("10.60.12.1", 254))
        .port(5_351)
        .by(Technique.UDP)
        .at(2_400)
        .every(0.1)
        .run(in, ScanType.HORIZONTAL);
    return in.finished();
  }

  /** Subscribers behind few addresses of a mobile provider. */
  private static Network mobileProvider() {
    Recording in =
        new Recording(
            "mobile provider", 9_206, 1_701_700_000, LocalNetworks.of("37.80.0.0/16"), true);
    Web web = new Web(in, 5_000, 0.06);
    List<IpAddress> gateways = Addresses.range("37.80.4.1", 6);
    Desks desks = new Desks(in, web, Addresses.at("37.80.0.53"), 0, HOUR / 2);
    for (IpAddress gateway : gateways) {
      desks.gateway(gateway, 60, web.sites().get(4));
    }
    for (int i = 0; i < 4; i++) {
      desks.peerToPeer(Addresses.at("37.80.8." + (1 + i)), 1_200, 0.4);
      desks.choosesGames(Addresses.at("37.80.9." + (1 + i)), 500, 30);
    }
    new ServerRoom(in, 0, HOUR / 2).resolver(Addresses.at("37.80.0.53"), 5_000, 0.1, 0.1);
    Outside outside = new Outside(in, 0, HOUR / 2);
    List<IpAddress> every = Addresses.range("37.80.0.0", 65_536);
    outside.radiation(3_000, every, List.of(23, 22, 445, 5_555, 8_291, 3_389));
    new Outside(in, 200, 300)
        .reflection(Addresses.anywhere(1_500, in.random()), 53, gateways.get(2), true);
    new Outside(in, 400, 500)
        .reflection(Addresses.anywhere(1_500, in.random()), 11_211, gateways.get(3), false);

    ScanScript.of("a subscriber's worm behind a gateway", gateways.get(0))
        .targets(Addresses.anywhere(400, in.random()))
        .port(5_555)
        .at(300)
        .every(1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("a subscriber's telnet", Addresses.at("37.80.10.9"))
        .targets(Addresses.anywhere(800, in.random()))
        .ports(List.of(23, 26, 2_323))
        .shuffled()
        .at(400)
        .every(0.2)
        .run(in, ScanType.BLOCK);
    ScanScript.of("fifty sources, one port", Addresses.anywhere(50, in.random()))
        .targets(Addresses.some(every, 300, in.random()))
        .port(52_869)
        .at(700)
        .every(0.6)
        .run(in, ScanType.DISTRIBUTED_HORIZONTAL);
    ScanScript.of("one customer's host, outward", Addresses.at("37.80.10.10"))
        .target(web.sites().get(100))
        .ports(Addresses.numbers(1, 500))
        .at(1_000)
        .every(0.05)
        .run(in, ScanType.VERTICAL);
    return in.finished();
  }

  /** A headquarters at night: software for everybody, then no line, then no server. */
  private static Network headquarters() {
    Recording in =
        new Recording("headquarters", 9_207, 1_701_820_000, LocalNetworks.of("10.0.0.0/9"), true);
    double end = 2 * HOUR;
    Web web = new Web(in, 1_800, 0.05);
    IpAddress directory = Addresses.at("10.1.0.2");
    in.hosts().put(directory, Hosts.DIRECTORY);
    List<IpAddress> people = Addresses.range("10.77.0.10", 500);
    in.hosts().put(people, Hosts.DESKTOP);
    List<IpAddress> servers = Addresses.range("10.1.2.10", 60);
    in.hosts().put(servers.subList(0, 55), Hosts.APPLICATION_SERVER);
    double down = 4_200;
    double up = 4_800;
    for (IpAddress person : people.subList(0, 80)) {
      new Desks(in, web, directory, 0, down).workstation(person, directory, List.of());
      new Desks(in, web, directory, down, up).withoutUplink(person, 25, 5);
      new Desks(in, web, directory, up, end).workstation(person, directory, List.of());
    }
    IpAddress crawler = Addresses.at("10.1.0.30");
    new ServerRoom(in, 0, down).crawler(crawler, web, 1.5);
    new Desks(in, web, directory, down, up).withoutUplink(crawler, 300, 1);
    new ServerRoom(in, up, end).crawler(crawler, web, 1.5);
    List<IpAddress> machines = new ArrayList<>(people);
    machines.addAll(Addresses.range("10.77.3.0", 60));
    new ServerRoom(in, 300, 3_300).deployment(Addresses.at("10.1.0.40"), machines, 0.2, true);
    ServerRoom room = new ServerRoom(in, 0, end);
    room.monitor(Addresses.at("10.1.0.41"), servers, List.of(22, 443, 8_080, 1_433), 180);
    room.metrics(Addresses.at("10.1.0.42"), servers, 9_100, 0.08, 15);
    room.backup(Addresses.at("10.1.0.43"), servers, 13_724, 0.08);
    new ServerRoom(in, 6_000, 6_800)
        .withoutServer(people.subList(100, 400), servers.get(9), List.of(443, 8_080, 8_443, 9_443));

    ScanScript.of("authorised", Addresses.at("10.1.0.90"))
        .authorised()
        .targets(servers)
        .ports(Addresses.numbers(1, 100))
        .hostByHost()
        .at(200)
        .every(0.02)
        .run(in, ScanType.BLOCK);
    ScanScript.of("ports of servers", people.get(420))
        .targets(servers.subList(0, 30))
        .ports(List.of(22, 139, 443, 445, 1_433, 1_521, 3_306, 3_389, 5_432, 5_985, 8_080, 27_017))
        .shuffled()
        .at(1_500)
        .every(0.1)
        .run(in, ScanType.BLOCK);
    ScanScript.of("shares that answer", people.get(421))
        .targets(people.subList(0, 200))
        .port(445)
        .by(Technique.PAYLOAD)
        .shuffled()
        .at(2_000)
        .every(0.6)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("databases after the outage", people.get(30))
        .targets(Addresses.range("10.1.2.1", 120))
        .port(1_433)
        .by(Technique.CONNECT)
        .at(5_400)
        .every(1)
        .run(in, ScanType.HORIZONTAL);
    ScanScript.of("udp ports of a server", people.get(422))
        .target(servers.get(5))
        .ports(Addresses.numbers(100, 150))
        .by(Technique.UDP)
        .at(5_700)
        .every(1)
        .run(in, ScanType.VERTICAL);
    return in.finished();
  }
}
