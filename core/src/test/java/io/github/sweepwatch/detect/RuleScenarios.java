package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** For each rule of the standard policy, and each side, a scan that it alone finds. */
final class RuleScenarios {
  private static final IpAddress INSIDE = IpAddress.parse("10.10.0.14");
  private static final IpAddress SERVER = IpAddress.parse("10.20.0.1");

  /** A minute apart, no more than five contacts fall into a window of five minutes. */
  private static final int SLOW = 60;

  /**
   * A rule, which shares its name with others for other services.
   *
   * @param name its name
   * @param service one of the kinds of services that it counts
   */
  record Rule(String name, ServiceGroup service) {
    boolean is(CountRule rule) {
      return is(rule.name(), rule.services());
    }

    boolean is(JointRule rule) {
      return is(rule.name(), rule.services());
    }

    private boolean is(String otherName, Set<ServiceGroup> services) {
      return name.equals(otherName) && services.contains(service);
    }
  }

  /**
   * A scan.
   *
   * @param rule the rule that finds it
   * @param internal the side of its sources
   * @param beside another rule that finds it as early, so that each makes a difference only where
   *     the other is not; null where there is none
   * @param events brings its events to a detector, from a source of this side unless it names
   *     others
   */
  record Scenario(Rule rule, boolean internal, @Nullable Rule beside, Consumer<Traffic> events) {
    void play(Traffic traffic) {
      hostsAnswerSomebody(traffic);
      Locality locality = internal ? Locality.LOCAL : Locality.REMOTE;
      events.accept(traffic.from(internal ? INSIDE : Traffic.SCANNER, locality));
    }

    @Override
    public String toString() {
      return rule + (internal ? " inside" : " outside");
    }
  }

  private RuleScenarios() {}

  private static Scenario outside(String rule, ServiceGroup service, Consumer<Traffic> events) {
    return new Scenario(new Rule(rule, service), false, null, events);
  }

  private static Scenario inside(String rule, ServiceGroup service, Consumer<Traffic> events) {
    return new Scenario(new Rule(rule, service), true, null, events);
  }

  private static Scenario beside(String other, ServiceGroup service, Scenario scenario) {
    return new Scenario(
        scenario.rule(), scenario.internal(), new Rule(other, service), scenario.events());
  }

  static List<Scenario> all() {
    return List.of(
        // A third answers: too many for the rules of first contacts.
        outside("horizontal-failed", ServiceGroup.TCP_SENSITIVE, t -> aThirdAnswers(t, 36, 22)),
        inside("horizontal-failed", ServiceGroup.TCP_SENSITIVE, t -> aThirdAnswers(t, 36, 22)),
        outside("horizontal-failed", ServiceGroup.WEB, t -> silent(t, 1, 24, 80)),
        inside("horizontal-failed", ServiceGroup.WEB, t -> silent(t, 1, 30, 80)),
        outside("horizontal-failed", ServiceGroup.UDP, t -> silent(udp(t), 1, 45, 161)),
        inside("horizontal-failed", ServiceGroup.UDP, t -> silent(udp(t), 1, 60, 161)),
        outside("horizontal-failed", ServiceGroup.NAMES, t -> silent(udp(t), 1, 45, 53)),
        inside("horizontal-failed", ServiceGroup.NAMES, t -> silent(udp(t), 0.5, 320, 53)),
        outside("ping-sweep", ServiceGroup.ICMP, t -> silent(pings(t), 2, 24, 0)),
        inside("ping-sweep", ServiceGroup.ICMP, t -> silent(pings(t), 2, 24, 0)),
        outside("horizontal-slow", ServiceGroup.TCP_OTHER, t -> silent(t, SLOW, 55, 5_432)),
        inside("horizontal-slow", ServiceGroup.TCP_OTHER, t -> silent(t, SLOW, 55, 5_432)),
        outside("ping-sweep-slow", ServiceGroup.ICMP, t -> silent(pings(t), SLOW, 55, 0)),
        inside("ping-sweep-slow", ServiceGroup.ICMP, t -> silent(pings(t), SLOW, 55, 0)),
        outside("horizontal-any", ServiceGroup.TCP_SENSITIVE, t -> talk(t, 110, 445)),
        inside("horizontal-any", ServiceGroup.TCP_SENSITIVE, t -> talk(t, 110, 445)),
        outside("horizontal-any", ServiceGroup.TCP_OTHER, t -> untold(t, 1, 320, 9_443)),
        inside("horizontal-any", ServiceGroup.TCP_OTHER, t -> untold(t, 1, 320, 9_443)),
        outside("horizontal-any", ServiceGroup.UDP, t -> untold(udp(t), 1, 320, 161)),
        inside("horizontal-any", ServiceGroup.UDP, t -> untold(udp(t), 1, 1_300, 161)),
        outside("horizontal-any", ServiceGroup.WEB, t -> untold(t, 1, 320, 443)),
        inside("horizontal-any", ServiceGroup.WEB, t -> untold(t, 0.2, 12_000, 443)),
        outside("ping-sweep-any", ServiceGroup.ICMP, t -> untold(pings(t), 1, 320, 0)),
        inside("ping-sweep-any", ServiceGroup.ICMP, t -> untold(pings(t), 1, 320, 0)),
        outside("vertical-failed", ServiceGroup.TCP_OTHER, t -> refused(t, 1, 11, 1_000)),
        inside("vertical-failed", ServiceGroup.TCP_OTHER, t -> refused(t, 1, 13, 1_000)),
        outside("first-contacts-hosts", ServiceGroup.TCP_SENSITIVE, t -> silent(t, 1, 12, 22)),
        inside("first-contacts-hosts", ServiceGroup.TCP_SENSITIVE, t -> silent(t, 1, 14, 22)),
        beside(
            "horizontal-failed",
            ServiceGroup.TCP_OTHER,
            inside("first-contacts-hosts", ServiceGroup.TCP_OTHER, t -> silent(t, 1, 30, 5_432))),
        // From outside, first contacts have the same limit.
        beside(
            "first-contacts-hosts",
            ServiceGroup.TCP_OTHER,
            outside("dark-hosts", ServiceGroup.TCP_OTHER, t -> dark(t, 12, 5_432))),
        inside("dark-hosts", ServiceGroup.TCP_OTHER, t -> dark(t, 12, 5_432)),
        outside("dark-hosts", ServiceGroup.UDP, t -> dark(udp(t), 24, 161)),
        inside("dark-hosts", ServiceGroup.UDP, t -> dark(udp(t), 24, 161)),
        outside("first-contacts-hosts", ServiceGroup.TCP_OTHER, t -> silent(t, 1, 12, 5_432)),
        outside("vertical-failed", ServiceGroup.UDP, t -> refused(udp(t), 1, 35, 2_000)),
        inside("vertical-failed", ServiceGroup.UDP, t -> refused(udp(t), 1, 35, 2_000)),
        outside("vertical-slow", ServiceGroup.TCP_OTHER, t -> refused(t, SLOW, 30, 1_000)),
        inside("vertical-slow", ServiceGroup.TCP_OTHER, t -> refused(t, SLOW, 30, 1_000)),
        outside("vertical-any", ServiceGroup.TCP_OTHER, RuleScenarios::untoldPorts),
        inside("vertical-any", ServiceGroup.TCP_OTHER, RuleScenarios::untoldPorts),
        outside("vertical-sensitive", ServiceGroup.TCP_SENSITIVE, RuleScenarios::sensitivePorts),
        inside("vertical-sensitive", ServiceGroup.TCP_SENSITIVE, RuleScenarios::sensitivePorts),
        // In TCP it would be a strobe first.
        outside("block-failed", ServiceGroup.OTHER, t -> pairs(sctp(t), 6, 6)),
        inside("block-failed", ServiceGroup.OTHER, t -> pairs(sctp(t), 24, 11)),
        outside("strobe-failed", ServiceGroup.TCP_OTHER, t -> pairs(t, 8, 2)),
        inside("strobe-failed", ServiceGroup.TCP_OTHER, RuleScenarios::strobeOfKnownHosts),
        outside("distributed-horizontal", ServiceGroup.TCP_OTHER, t -> sharedHosts(t, 8, false)),
        inside("distributed-horizontal", ServiceGroup.TCP_OTHER, t -> sharedHosts(t, 12, true)),
        outside("distributed-vertical", ServiceGroup.TCP_OTHER, t -> sharedPorts(t, 6, false)),
        inside("distributed-vertical", ServiceGroup.TCP_OTHER, t -> sharedPorts(t, 12, true)));
  }

  private static Traffic udp(Traffic traffic) {
    return traffic.over(Protocol.UDP);
  }

  private static Traffic pings(Traffic traffic) {
    return traffic.over(Protocol.ICMP);
  }

  private static Traffic sctp(Traffic traffic) {
    return traffic.over(Protocol.SCTP);
  }

  private static void silent(Traffic traffic, double step, int hosts, int port) {
    traffic.sweep(0, step, hosts, port, Outcome.NO_REPLY);
  }

  /** Of these hosts nobody ever heard. */
  private static void dark(Traffic traffic, int hosts, int port) {
    for (int host = 1; host <= hosts; host++) {
      traffic.connect(host, 5_000 + host, port, Outcome.NO_REPLY);
    }
  }

  private static void untold(Traffic traffic, double step, int hosts, int port) {
    traffic.sweep(0, step, hosts, port, Outcome.UNKNOWN);
  }

  private static void answer(Traffic traffic, double second, int host, int port) {
    traffic
        .detector()
        .observe(traffic.event(second, host, port, Outcome.ESTABLISHED).bytes(300, 900).build());
  }

  private static void talk(Traffic traffic, int hosts, int port) {
    for (int host = 1; host <= hosts; host++) {
      answer(traffic, host, host, port);
    }
  }

  /** Where hosts never answer anybody, less is enough. */
  private static void hostsAnswerSomebody(Traffic traffic) {
    traffic.from(SERVER, Locality.LOCAL);
    for (int host = 1; host <= 400; host++) {
      answer(traffic, -10, host, 8_000);
    }
  }

  private static void aThirdAnswers(Traffic traffic, int hosts, int port) {
    for (int host = 1; host <= hosts; host++) {
      if (host % 3 == 0) {
        answer(traffic, host, host, port);
      } else {
        traffic.connect(host, host, port, Outcome.NO_REPLY);
      }
    }
  }

  private static void refused(Traffic traffic, double step, int ports, int first) {
    for (int i = 0; i < ports; i++) {
      traffic.connect(i * step, 1, first + i, Outcome.REFUSED);
    }
  }

  private static void untoldPorts(Traffic traffic) {
    for (int port = 500; port < 560; port++) {
      traffic.connect(port - 500, 1, port, Outcome.UNKNOWN);
    }
  }

  private static void sensitivePorts(Traffic traffic) {
    for (int port : new int[] {21, 22, 23, 139, 389, 445}) {
      answer(traffic, 0, 1, port);
    }
  }

  private static void pairs(Traffic traffic, int hosts, int ports) {
    for (int i = 0; i < hosts * ports; i++) {
      traffic.connect(i * 0.5, 1 + i % hosts, 9_001 + i / hosts, Outcome.NO_REPLY);
    }
  }

  /** Hosts that have answered are no strangers, but may be strobed. */
  private static void strobeOfKnownHosts(Traffic traffic) {
    for (int host = 1; host <= 60; host++) {
      answer(traffic, 0, host, 8_000);
    }
    pairs(traffic, 60, 5);
  }

  private static IpAddress source(int number, boolean internal) {
    return IpAddress.ofIpv4((internal ? 0x0a0a_0000 : 0xc633_6400) + 1 + number);
  }

  private static void sharedHosts(Traffic traffic, int sources, boolean internal) {
    Locality locality = internal ? Locality.LOCAL : Locality.REMOTE;
    for (int i = 0; i < sources * 9; i++) {
      traffic
          .from(source(i % sources, internal), locality)
          .connect(i * 0.1, 1 + i, 5_432, Outcome.NO_REPLY);
    }
  }

  private static void sharedPorts(Traffic traffic, int sources, boolean internal) {
    Locality locality = internal ? Locality.LOCAL : Locality.REMOTE;
    for (int i = 0; i < sources * 9; i++) {
      traffic
          .from(source(i % sources, internal), locality)
          .connect(i * 0.1, 1, 1_000 + i, Outcome.REFUSED);
    }
  }
}
