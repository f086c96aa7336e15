package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class BinXmlTimeProperties {
  @Property
  void timesAreThoseOfTheCalendar(
      @ForAll @LongRange(min = -11_644_473_600L, max = 253_402_300_799L) long seconds) {
    Instant time = Instant.ofEpochSecond(seconds, 123_456_700);
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(EvtxWriter.fileTime(time));
    String expected = time.toString();
    assertEquals(expected.replace("123456700Z", "1234567Z"), BinXmlValueTest.text(0x11, bytes));
  }
}
