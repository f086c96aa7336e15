package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogonEventTest {
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.9");

  @Test
  void needsOnlyTimeSourceAndMethod() {
    LogonEvent event = new LogonEvent(0, SOURCE, null, null, null, "ssh", true, null);
    assertEquals(0, event.timeMicros());
    assertEquals("ssh", event.method());
    assertTrue(event.success());
    assertNull(event.target());
  }

  @Test
  @SuppressWarnings("NullAway") // what callers outside its reach might do
  void rejectsWhatIsMissingOrNegative() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LogonEvent(-1, SOURCE, null, null, null, "ssh", true, null));
    assertThrows(
        NullPointerException.class,
        () -> new LogonEvent(0, null, null, null, null, "ssh", true, null));
    assertThrows(
        NullPointerException.class,
        () -> new LogonEvent(0, SOURCE, null, null, null, null, true, null));
  }
}
