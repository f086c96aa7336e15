package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
  @Test
  void passesOnEveryByteInOrder() throws IOException {
    Random random = new Random(1);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    ByteArrayOutputStream actual = new ByteArrayOutputStream();
    try (ResultStream out = new ResultStream("test", actual)) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(i % 20 == 0 ? 200_000 : 3_000)];
        random.nextBytes(bytes);
        expected.write(bytes);
        out.write(bytes);
        expected.write(i);
        out.write(i);
      }
    }
    assertArrayEquals(expected.toByteArray(), actual.toByteArray());
  }

  @Test
  void writesNothingBeforeItMust() {
    ByteArrayOutputStream below = new ByteArrayOutputStream();
    ResultStream out = new ResultStream("test", below);
    out.text("a");
    assertEquals(0, below.size());
    out.flush();
    assertEquals(1, below.size());
  }

  @Test
  void tellsAReaderThatWentAwayFromOtherTrouble() {
    assertTrue(failure("Broken pipe").readerGone());
    assertFalse(failure("No space left on device").readerGone());
    assertEquals(
        "results: No space left on device", failure("No space left on device").getMessage());
  }

  private static ResultStream.Failure failure(String message) {
    ResultStream out = new ResultStream("results", failing(message));
    out.text("a");
    return assertThrows(ResultStream.Failure.class, out::flush);
  }

  static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
