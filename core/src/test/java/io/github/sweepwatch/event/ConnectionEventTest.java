package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionEventTest {
  private static final IpAddress SOURCE = IpAddress.parse("2001:db8::1");
  private static final IpAddress DESTINATION = IpAddress.parse("192.0.2.9");

  private static ConnectionEvent.Builder required() {
    return ConnectionEvent.builder().timeMicros(5).source(SOURCE).destination(DESTINATION);
  }

  private static ConnectionEvent.Builder everything() {
    return required()
        .sourcePort(1025)
        .destinationPort(65535)
        .protocol(Protocol.TCP)
        .icmp(8, 3)
        .outcome(Outcome.REFUSED)
        .probe(Probe.XMAS)
        .initiatorCertain(false)
        .sourceLocality(Locality.REMOTE)
        .destinationLocality(Locality.LOCAL)
        .count(7)
        .durationMicros(11)
        .bytes(12, 13)
        .packets(14, 15)
        .sensor("s1")
        .host("h1")
        .user("u1")
        .image("/bin/i1");
  }

  @Test
  void keepsWhatItWasGiven() {
    ConnectionEvent event = everything().build();
    assertEquals(5, event.timeMicros());
    assertEquals(SOURCE, event.source());
    assertEquals(SOURCE.high(), event.sourceHigh());
    assertEquals(SOURCE.low(), event.sourceLow());
    assertEquals(DESTINATION, event.destination());
    assertEquals(DESTINATION.high(), event.destinationHigh());
    assertEquals(DESTINATION.low(), event.destinationLow());
    assertEquals(1025, event.sourcePort());
    assertEquals(65535, event.destinationPort());
    assertEquals(6, event.protocol());
    assertEquals(8, event.icmpType());
    assertEquals(3, event.icmpCode());
    assertEquals(Outcome.REFUSED, event.outcome());
    assertEquals(Probe.XMAS, event.probe());
    assertFalse(event.initiatorCertain());
    assertEquals(Locality.REMOTE, event.sourceLocality());
    assertEquals(Locality.LOCAL, event.destinationLocality());
    assertEquals(7, event.count());
    assertEquals(11, event.durationMicros());
    assertEquals(12, event.sourceBytes());
    assertEquals(13, event.destinationBytes());
    assertEquals(14, event.sourcePackets());
    assertEquals(15, event.destinationPackets());
    assertEquals("s1", event.sensor());
    assertEquals("h1", event.host());
    assertEquals("u1", event.user());
    assertEquals("/bin/i1", event.image());
    assertEquals("5 tcp 2001:db8::1 port 1025 to 192.0.2.9 port 65535 REFUSED", event.toString());
  }

  @Test
  void knowsNothingElseByDefault() {
    assertNothingElse(required().build());
  }

  @Test
  void resetClearsEverything() {
    ConnectionEvent.Builder builder = everything().reset();
    assertThrows(IllegalStateException.class, builder::build);
    builder.timeMicros(5).source(SOURCE).destination(DESTINATION);
    assertNothingElse(builder.build());
  }

  @Test
  void buildLeavesTheBuilderAsItIs() {
    ConnectionEvent.Builder builder = everything();
    ConnectionEvent first = builder.build();
    ConnectionEvent second = builder.destinationPort(1).build();
    assertEquals(65535, first.destinationPort());
    assertEquals(1, second.destinationPort());
    assertEquals("u1", second.user());
  }

  private static void assertNothingElse(ConnectionEvent event) {
    assertEquals(-1, event.sourcePort());
    assertEquals(-1, event.destinationPort());
    assertEquals(Protocol.UNKNOWN, event.protocol());
    assertEquals(-1, event.icmpType());
    assertEquals(-1, event.icmpCode());
    assertEquals(Outcome.UNKNOWN, event.outcome());
    assertEquals(Probe.NONE, event.probe());
    assertTrue(event.initiatorCertain());
    assertEquals(Locality.UNSPECIFIED, event.sourceLocality());
    assertEquals(Locality.UNSPECIFIED, event.destinationLocality());
    assertEquals(1, event.count());
    assertEquals(-1, event.durationMicros());
    assertEquals(-1, event.sourceBytes());
    assertEquals(-1, event.destinationBytes());
    assertEquals(-1, event.sourcePackets());
    assertEquals(-1, event.destinationPackets());
    assertNull(event.sensor());
    assertNull(event.host());
    assertNull(event.user());
    assertNull(event.image());
    assertEquals(
        "5 protocol -1 2001:db8::1 port -1 to 192.0.2.9 port -1 UNKNOWN", event.toString());
  }

  @Test
  void needsTimeSourceAndDestination() {
    ConnectionEvent.Builder noTime =
        ConnectionEvent.builder().source(SOURCE).destination(DESTINATION);
    ConnectionEvent.Builder noSource =
        ConnectionEvent.builder().timeMicros(0).destination(DESTINATION);
    ConnectionEvent.Builder noDestination = ConnectionEvent.builder().timeMicros(0).source(SOURCE);
    assertThrows(IllegalStateException.class, noTime::build);
    assertThrows(IllegalStateException.class, noSource::build);
    assertThrows(IllegalStateException.class, noDestination::build);
    assertEquals(0, noTime.timeMicros(0).build().timeMicros());
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        change("time out of range: -2", b -> b.timeMicros(-2)),
        change("source port out of range: 65536", b -> b.sourcePort(65536)),
        change("source port out of range: -2", b -> b.sourcePort(-2)),
        change("destination port out of range: 65536", b -> b.destinationPort(65536)),
        change("destination port out of range: -2", b -> b.destinationPort(-2)),
        change("protocol out of range: 256", b -> b.protocol(256)),
        change("protocol out of range: -2", b -> b.protocol(-2)),
        change("ICMP type out of range: 256", b -> b.icmp(256, 0)),
        change("ICMP type out of range: -2", b -> b.icmp(-2, 0)),
        change("ICMP code out of range: 256", b -> b.icmp(0, 256)),
        change("ICMP code out of range: -2", b -> b.icmp(0, -2)),
        change("count out of range: 0", b -> b.count(0)),
        change("duration out of range: -2", b -> b.durationMicros(-2)),
        change("source bytes out of range: -2", b -> b.bytes(-2, 0)),
        change("destination bytes out of range: -2", b -> b.bytes(0, -2)),
        change("source packets out of range: -2", b -> b.packets(-2, 0)),
        change("destination packets out of range: -2", b -> b.packets(0, -2)));
  }

  private static Arguments change(String message, UnaryOperator<ConnectionEvent.Builder> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest
  @MethodSource
  void outOfRange(String message, UnaryOperator<ConnectionEvent.Builder> change) {
    ConnectionEvent.Builder builder = change.apply(everything());
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
    assertEquals(message, e.getMessage());
  }

  @Test
  void takesTheEndsOfEachRange() {
    ConnectionEvent least = everything().sourcePort(0).protocol(0).icmp(0, 0).bytes(0, 0).build();
    assertEquals(0, least.sourcePort());
    assertEquals(0, least.protocol());
    ConnectionEvent most =
        everything()
            .timeMicros(Long.MAX_VALUE)
            .protocol(255)
            .icmp(255, 255)
            .count(Long.MAX_VALUE)
            .bytes(Long.MAX_VALUE, Long.MAX_VALUE)
            .build();
    assertEquals(255, most.protocol());
    assertEquals(255, most.icmpCode());
    assertEquals(Long.MAX_VALUE, most.destinationBytes());
  }
}
