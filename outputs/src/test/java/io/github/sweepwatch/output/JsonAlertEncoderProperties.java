package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class JsonAlertEncoderProperties {
  private final JsonAlertEncoder encoder = new JsonAlertEncoder();

  private byte[] encode(ScanAlert alert) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.encode(alert, out);
    return out.toByteArray();
  }

  @Property(tries = 500)
  void whatIsReadBackIsWhatWasWritten(@ForAll("alerts") ScanAlert alert) throws IOException {
    Map<String, Object> read = JsonText.object(encode(alert));
    Map<String, Object> expected = wellFormed(expected(alert));
    assertEquals(expected, read);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(read.keySet()));
  }

  @Property(tries = 500)
  void everyAlertIsOneLineOfAsciiWithoutControls(@ForAll("alerts") ScanAlert alert)
      throws IOException {
    byte[] bytes = encode(alert);
    for (int i = 0; i < bytes.length - 1; i++) {
      assertTrue(bytes[i] >= ' ', "byte " + bytes[i]);
    }
    assertEquals('\n', bytes[bytes.length - 1]);
  }

  @Property(tries = 500)
  void theDecoderReadsAllThatIsNotExplained(@ForAll("alerts") ScanAlert any) throws IOException {
    byte[] written = encode(any.toBuilder().id("00ff00ff00ff00ff").explanation(null).build());
    ScanAlert read = new JsonAlertDecoder().decode(written, 0, written.length);
    assertArrayEquals(written, encode(read));
  }

  @Property(tries = 50)
  void theSameAlertGivesTheSameBytes(@ForAll("alerts") ScanAlert alert) throws IOException {
    assertArrayEquals(encode(alert), encode(alert));
  }

  /** As a strict reader of JSON can take it: half surrogate pairs cannot be kept. */
  private static Map<String, Object> wellFormed(Map<String, Object> fields) {
    Map<String, Object> whole = new LinkedHashMap<>();
    fields.forEach((name, value) -> whole.put(name, wellFormed(value)));
    return whole;
  }

  private static Object wellFormed(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> whole = new LinkedHashMap<>();
      map.forEach((name, each) -> whole.put(name, wellFormed(each)));
      return whole;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonAlertEncoderProperties::wellFormed).toList();
    }
    return value instanceof String text ? HostileText.wellFormed(text) : value;
  }

  private static Map<String, Object> expected(ScanAlert alert) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("schema", number(1));
    fields.put("id", alert.id());
    fields.put("seq", number(alert.seq()));
    fields.put("state", lower(alert.state()));
    fields.put("type", lower(alert.type()));
    fields.put("sources", alert.sources().stream().map(IpAddress::toString).toList());
    AddressBlock network = alert.sourceNetwork();
    if (network != null) {
      fields.put("source_network", network.toString());
    }
    fields.put("detected_at", seconds(alert.detectedAtMicros()));
    fields.put("first_seen", seconds(alert.firstSeenMicros()));
    fields.put("last_seen", seconds(alert.lastSeenMicros()));
    EndReason end = alert.endReason();
    if (end != null) {
      fields.put("ended_at", seconds(alert.endedAtMicros()));
      fields.put("end_reason", lower(end));
    }
    fields.put("unique_targets", number(alert.uniqueTargets()));
    fields.put("unique_ports", number(alert.uniquePorts()));
    fields.put("connections", number(alert.connections()));
    fields.put("failed", number(alert.failed()));
    fields.put("estimated", alert.estimated());
    fields.put(
        "relative_error",
        new JsonText.Digits(String.format(Locale.ROOT, "%.4f", alert.relativeError())));
    fields.put(
        "ports",
        Map.of(
            "ranges",
            alert.ports().stream().map(PortRange::toString).toList(),
            "truncated",
            alert.portsTruncated()));
    fields.put(
        "protocols",
        alert.protocols().stream()
            .map(number -> Objects.requireNonNullElse(Protocol.name(number), "" + number))
            .toList());
    fields.put("targets", alert.targets().stream().map(IpAddress::toString).toList());
    fields.put("severity", lower(alert.severity()));
    fields.put("confidence", number(alert.confidence()));
    fields.put("technique", alert.technique());
    fields.put("tactic", alert.tactic());
    fields.put(
        "reasons",
        alert.reasons().stream()
            .map(
                reason ->
                    Map.of(
                        "rule",
                        reason.rule(),
                        "count",
                        number(reason.count()),
                        "threshold",
                        number(reason.threshold()),
                        "window_s",
                        number(reason.windowSeconds())))
            .toList());
    fields.put("sensors", alert.sensors());
    fields.put("muted", alert.muted());
    fields.put("authorised", alert.authorised());
    String authority = alert.authorisedBy();
    if (authority != null) {
      fields.put("authorised_by", authority);
    }
    return fields;
  }

  private static JsonText.Digits number(long value) {
    return new JsonText.Digits(Long.toString(value));
  }

  private static JsonText.Digits seconds(long micros) {
    return new JsonText.Digits(
        new BigDecimal(micros).divide(new BigDecimal(1_000_000)).setScale(6).toPlainString());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Arbitrary<IpAddress> addresses() {
    return Combinators.combine(
            Arbitraries.longs(), Arbitraries.longs(), Arbitraries.of(true, false))
        .as((high, low, v4) -> v4 ? IpAddress.ofIpv4((int) (long) low) : new IpAddress(high, low));
  }

  private static @Nullable AddressBlock network(List<IpAddress> sources, int prefix) {
    return sources.isEmpty() || prefix > 128 || (sources.get(0).isIpv4() && prefix < 96)
        ? null
        : new AddressBlock(sources.get(0), prefix);
  }

  private static Arbitrary<PortRange> ranges() {
    Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65535);
    return Combinators.combine(ports, ports)
        .as((a, b) -> new PortRange(Math.min(a, b), Math.max(a, b)));
  }

  private static Arbitrary<Reason> reasons() {
    Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0);
    return Combinators.combine(HostileText.any(), counts, counts, counts).as(Reason::new);
  }

  @Provide
  Arbitrary<ScanAlert> alerts() {
    Arbitrary<Long> times = Arbitraries.longs().between(0, 253_402_300_799_999_999L);
    Arbitrary<@Nullable EndReason> ends = Arbitraries.of(EndReason.class).injectNull(0.4);
    return Combinators.combine(
            Combinators.combine(
                    HostileText.any(),
                    HostileText.any(),
                    HostileText.any(),
                    HostileText.any().injectNull(0.5))
                .as(
                    (id, technique, tactic, authority) ->
                        ScanAlert.builder()
                            .id(id)
                            .technique(technique)
                            .tactic(tactic)
                            .authorisedBy(authority)),
            Arbitraries.of(ScanAlert.State.class),
            Arbitraries.of(ScanType.class),
            Arbitraries.of(Severity.class),
            ends,
            times.list().ofSize(4),
            Arbitraries.longs().greaterOrEqual(0).list().ofSize(5),
            Combinators.combine(
                    addresses().list().ofMaxSize(3),
                    addresses().list().ofMaxSize(3),
                    Combinators.combine(
                            ranges().list().ofMaxSize(3),
                            Arbitraries.integers().between(0, 255).list().ofMaxSize(3))
                        .as(Map::entry),
                    reasons().list().ofMaxSize(2),
                    HostileText.any().list().ofMaxSize(3),
                    Arbitraries.integers().between(0, 1_000_000))
                .as(
                    (sources, targets, ports, reasons, sensors, bits) ->
                        (java.util.function.UnaryOperator<ScanAlert.Builder>)
                            builder ->
                                builder
                                    .sources(sources)
                                    .sourceNetwork(network(sources, bits % 130))
                                    .targets(targets)
                                    .ports(ports.getKey())
                                    .protocols(ports.getValue())
                                    .reasons(reasons)
                                    .sensors(sensors)
                                    .confidence(bits % 101)
                                    .estimated((bits & 1) > 0)
                                    .portsTruncated((bits & 2) > 0)
                                    .muted((bits & 4) > 0)
                                    // Ten-thousandths, so that no rounding is at stake.
                                    .relativeError(bits % 20_000 / 10_000.0)))
        .as(
            (builder, state, type, severity, end, at, counts, rest) ->
                rest.apply(builder)
                    .state(state)
                    .type(type)
                    .severity(severity)
                    .endReason(end)
                    .detectedAtMicros(at.get(0))
                    .firstSeenMicros(at.get(1))
                    .lastSeenMicros(at.get(2))
                    .endedAtMicros(at.get(3))
                    .seq(counts.get(0))
                    .uniqueTargets(counts.get(1))
                    .uniquePorts(counts.get(2))
                    .connections(counts.get(3))
                    .failed(counts.get(4))
                    .build());
  }
}
