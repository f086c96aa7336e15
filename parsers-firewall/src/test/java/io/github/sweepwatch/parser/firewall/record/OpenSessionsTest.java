package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenSessionsTest {
  private static final int CAPACITY = 1 << 14;

  private final OpenSessions sessions = new OpenSessions(60);
  private final List<Long> told = new ArrayList<>();
  private final EventSink sink =
      new EventSink() {
        @Override
        public void connection(ConnectionEvent event) {
          throw new AssertionError("without a line");
        }

        @Override
        public void connection(ConnectionEvent event, long line) {
          told.add(line);
        }

        @Override
        public void logon(LogonEvent event) {}

        @Override
        public void reject(String reason) {}
      };

  private static ConnectionEvent event(long time) {
    IpAddress address = IpAddress.parse("10.0.0.1");
    return ConnectionEvent.builder().timeMicros(time).source(address).destination(address).build();
  }

  private void begin(long key, long time) {
    sessions.begin(key, event(time), key, sink);
  }

  @Test
  void anEndFindsItsBeginningOnce() {
    assertEquals(OpenSessions.Start.UNKNOWN, sessions.end(1, 0, sink));
    begin(1, 10);
    begin(1, 11);
    assertEquals(OpenSessions.Start.HELD, sessions.end(1, 20, sink));
    assertEquals(10, Objects.requireNonNull(sessions.started()).timeMicros());
    assertEquals(OpenSessions.Start.UNKNOWN, sessions.end(1, 21, sink));
    assertNull(sessions.started());
    sessions.finish(sink);
    assertEquals(List.of(), told);
  }

  @Test
  void aBeginningIsToldAfterItsTime() {
    begin(1, 10);
    begin(2, 20);
    begin(3, 69);
    assertEquals(List.of(), told);
    begin(4, 70);
    assertEquals(List.of(1L), told);
    assertEquals(OpenSessions.Start.TOLD, sessions.end(1, 71, sink));
    assertEquals(OpenSessions.Start.UNKNOWN, sessions.end(99, 80, sink));
    assertEquals(List.of(1L, 2L), told);
    sessions.finish(sink);
    sessions.finish(sink);
    assertEquals(List.of(1L, 2L, 3L, 4L), told);
  }

  @Test
  void theOldestGivesWay() {
    for (long key = 1; key <= 3L * CAPACITY; key++) {
      begin(key, 1);
    }
    assertEquals(2L * CAPACITY, told.size());
    assertEquals(OpenSessions.Start.UNKNOWN, sessions.end(CAPACITY, 1, sink));
    assertEquals(OpenSessions.Start.HELD, sessions.end(3L * CAPACITY, 1, sink));
    assertEquals(OpenSessions.Start.HELD, sessions.end(2L * CAPACITY + 2, 1, sink));
    sessions.finish(sink);
    assertEquals(3L * CAPACITY - 2, told.size());
    assertEquals(told.size(), told.stream().distinct().count());
  }

  @Test
  void keysOfDifferentPartsDiffer() {
    assertEquals(OpenSessions.key(1, 2), OpenSessions.key(1, 2));
    assertNotEquals(OpenSessions.key(1, 2), OpenSessions.key(2, 1));
    assertNotEquals(OpenSessions.key(0), OpenSessions.key(0, 0));
  }
}
