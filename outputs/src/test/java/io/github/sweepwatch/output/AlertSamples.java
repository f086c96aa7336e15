package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Criticality;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.LogonTarget;
import io.github.sweepwatch.explain.ScanScope;
import io.github.sweepwatch.explain.ScanSource;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ServiceNature;
import io.github.sweepwatch.explain.ToolHint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Alerts of every kind, and what encoders make of them. */
final class AlertSamples {
  private static final long START = 1_795_486_073_310_489L;

  private AlertSamples() {}

  static String encode(AlertEncoder encoder, ScanAlert alert) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      encoder.encode(alert, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Every type, state and version of IP, each plain, authorised, muted, estimated, explained. */
  static List<ScanAlert> all() {
    List<ScanAlert> alerts = new ArrayList<>();
    for (ScanType type : ScanType.values()) {
      for (ScanAlert.State state : ScanAlert.State.values()) {
        for (boolean v4 : new boolean[] {true, false}) {
          alerts.add(alert(type, state, v4).build());
          alerts.add(alert(type, state, v4).authorisedBy("10.20.0.99/32").build());
          alerts.add(alert(type, state, v4).muted(true).severity(Severity.LOW).build());
          alerts.add(
              alert(type, state, v4)
                  .estimated(true)
                  .relativeError(0.0406)
                  .portsTruncated(true)
                  .severity(Severity.MEDIUM)
                  .build());
          for (Direction direction : Direction.values()) {
            alerts.add(
                alert(type, state, v4)
                    .severity(Severity.CRITICAL)
                    .explanation(explanation(direction, v4, "a name"))
                    .build());
          }
          alerts.add(alert(type, state, v4).explanation(nothing()).build());
        }
      }
    }
    return alerts;
  }

  static ScanAlert.Builder alert(ScanType type, ScanAlert.State state, boolean v4) {
    boolean vertical = type == ScanType.VERTICAL || type == ScanType.DISTRIBUTED_VERTICAL;
    int seq =
        switch (state) {
          case OPENED -> 1;
          case UPDATED -> 2;
          case ENDED -> 3;
        };
    int sources = !type.name().startsWith("DISTRIBUTED") ? 1 : seq == 1 ? 300 : 30;
    int targets = vertical ? 1 : 20;
    return ScanAlert.builder()
        .id("00ff00ff00ff00ff")
        .seq(seq)
        .state(state)
        .type(type)
        .sources(addresses(v4 ? "198.51.100.0" : "2001:db8::", sources))
        .targets(addresses(v4 ? "10.0.0.8" : "fd00::8", targets))
        .uniqueTargets(vertical ? 1 : 21)
        .uniquePorts(type == ScanType.HORIZONTAL ? 1 : vertical ? 15 : 6)
        .ports(
            switch (type) {
              case PING_SWEEP -> List.of();
              case HORIZONTAL, DISTRIBUTED_HORIZONTAL -> List.of(new PortRange(445, 445));
              default -> List.of(new PortRange(22, 22), new PortRange(8000, 8013));
            })
        .protocols(
            switch (type) {
              case PING_SWEEP -> List.of(v4 ? Protocol.ICMP : Protocol.ICMPV6);
              case HORIZONTAL, VERTICAL -> List.of(Protocol.TCP);
              case DISTRIBUTED_HORIZONTAL -> List.of(Protocol.UDP);
              default -> List.of(Protocol.TCP, Protocol.UDP, 253);
            })
        .connections(40)
        .failed(39)
        .detectedAtMicros(START + 5_000_000)
        .firstSeenMicros(START)
        .lastSeenMicros(START + 6_000_001L * seq)
        .endedAtMicros(state == ScanAlert.State.ENDED ? START + 900_000_000L : ScanAlert.NOT_ENDED)
        .endReason(state == ScanAlert.State.ENDED ? EndReason.IDLE : null)
        .confidence(83)
        .technique(type.technique(false).id())
        .tactic(type.technique(false).tacticId())
        .reasons(
            List.of(
                new Reason("hosts-failed", 20, 20, 300), new Reason("pairs-failed", 40, 25, 300)))
        .sensors(v4 ? List.of("fw-1") : List.of("fw-1", "zeek"));
  }

  static List<IpAddress> addresses(String first, int count) {
    IpAddress base = IpAddress.parse(first);
    return IntStream.range(0, count)
        .mapToObj(i -> new IpAddress(base.high(), base.low() + i))
        .toList();
  }

  /** With a text wherever a log's text can stand. */
  static Explanation explanation(Direction direction, boolean v4, @Nullable String text) {
    String given = text == null ? "" : text;
    IpAddress source = IpAddress.parse(v4 ? "198.51.100.7" : "2001:db8::7");
    IpAddress target = IpAddress.parse(v4 ? "10.0.0.9" : "fd00::9");
    return new Explanation(
        new ScanSource(
            direction,
            new Asset(AddressBlock.parse("10.0.0.0/8"), text, text, Criticality.HIGH, text),
            List.of(new Actor(text, text, text))),
        new ScanScope(
            List.of(new ScannedService(445, given, ServiceNature.FILE_SHARING)),
            true,
            new Coverage(AddressBlock.parse("10.1.2.0/24"), 64, 0.25),
            List.of(new AnsweredProbe(target, 445, 6), new AnsweredProbe(target, 0, v4 ? 1 : 58)),
            true,
            new ToolHint(given, given)),
        new LogonActivity(
            7,
            2,
            List.of(given),
            true,
            new LogonEvent(START + 7_000_000, source, target, text, text, given, true, text),
            List.of(new LogonTarget(target, text, true, 7, 2)),
            true,
            true),
        new IdsActivity(
            List.of(new IdsFinding(given, text, 1, 3, START, START + 1_000_000, target, text)),
            true),
        List.of(
            AttackTechnique.VULNERABILITY_SCANNING,
            AttackTechnique.SCANNING_IP_BLOCKS,
            AttackTechnique.NETWORK_SERVICE_DISCOVERY));
  }

  private static Explanation nothing() {
    return new Explanation(
        new ScanSource(Direction.EXTERNAL, null, List.of(new Actor(null, null, null))),
        new ScanScope(List.of(), false, null, List.of(), false, null),
        LogonActivity.NONE,
        IdsActivity.NONE,
        List.of());
  }
}
