package io.github.sweepwatch.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordSliceTest {
  @Test
  void pointsAtARecord() {
    byte[] buffer = "one\ntwo\nthree".getBytes(StandardCharsets.UTF_8);
    RecordSlice slice = new RecordSlice();
    assertEquals(0, slice.length());
    assertEquals("", slice.toString());
    assertSame(slice, slice.at(buffer, 4, 7, 2));
    assertSame(buffer, slice.bytes());
    assertEquals(4, slice.from());
    assertEquals(7, slice.to());
    assertEquals(3, slice.length());
    assertEquals(2, slice.line());
    assertEquals("two", slice.toString());
    slice.at(buffer, 8, buffer.length, 3);
    assertEquals("three", slice.toString());
    assertEquals(3, slice.line());
  }

  @Test
  void showsBytesThatAreNoUtf8() {
    byte[] buffer = {'a', (byte) 0xff, 'b'};
    assertEquals("a\ufffdb", new RecordSlice().at(buffer, 0, 3, 1).toString());
  }

  @Test
  void staysWithinItsBuffer() {
    RecordSlice slice = new RecordSlice().at(new byte[] {'x'}, 0, 1, 9);
    byte[] buffer = new byte[4];
    assertThrows(IndexOutOfBoundsException.class, () -> slice.at(buffer, 2, 5, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.at(buffer, -1, 2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.at(buffer, 3, 2, 1));
    assertEquals("x", slice.toString());
    assertEquals(9, slice.line());
  }
}
