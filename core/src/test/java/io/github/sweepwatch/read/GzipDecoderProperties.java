package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class GzipDecoderProperties {
  /** A part of a file: its content, and the member, padding included, that holds it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(byte[] content, byte[] stored) {}

  @Provide
  Arbitrary<List<Part>> parts() {
    Arbitrary<Part> part =
        Combinators.combine(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(2000),
                Arbitraries.integers().between(0, 31),
                Arbitraries.of(0, 1, 6, 9),
                Arbitraries.of(0, 0, 0, 1, 511))
            .as(
                (content, flags, level, padding) ->
                    new Part(
                        content, Gzip.join(Gzip.member(content, flags, level), new byte[padding])));
    return part.list().ofMinSize(1).ofMaxSize(6);
  }

  @Property(tries = 500)
  void decompressesEveryMember(
      @ForAll("parts") List<Part> parts,
      @ForAll @IntRange(min = 1, max = 3000) int most,
      @ForAll long seed)
      throws IOException {
    byte[] stored = Gzip.join(parts.stream().map(Part::stored).toArray(byte[][]::new));
    byte[] content = Gzip.join(parts.stream().map(Part::content).toArray(byte[][]::new));
    Decoded decoded = decode(stored, most, seed);
    assertEquals("", decoded.failure);
    assertArrayEquals(content, decoded.content);
  }

  @Property(tries = 500)
  void deliversTheBeginningOfACutFile(
      @ForAll("parts") List<Part> parts,
      @ForAll @IntRange(min = 1, max = 3000) int most,
      @ForAll Random random)
      throws IOException {
    Part last = parts.get(parts.size() - 1);
    List<Part> whole = parts.subList(0, parts.size() - 1);
    byte[] before = Gzip.join(whole.stream().map(Part::stored).toArray(byte[][]::new));
    byte[] content = Gzip.join(parts.stream().map(Part::content).toArray(byte[][]::new));
    int member = last.stored.length;
    while (member > 0 && last.stored[member - 1] == 0) {
      member--;
    }
    // Both bytes of the magic stay; without them it is no member that was cut.
    int kept = 2 + random.nextInt(member - 2);
    Decoded decoded = decode(Gzip.join(before, Arrays.copyOf(last.stored, kept)), most, 1);
    assertEquals("gzip data is cut short", decoded.failure);
    int least = content.length - last.content.length;
    assertTrue(decoded.content.length >= least, "lost whole members");
    assertArrayEquals(Arrays.copyOf(content, decoded.content.length), decoded.content);
  }

  @Property(tries = 1000)
  void noticesEveryFlippedBitThatMatters(
      @ForAll byte[] content, @ForAll @IntRange(max = 31) int flags, @ForAll Random random)
      throws IOException {
    // With the header's checksum always there; nothing else vouches for the header's bits.
    byte[] stored = Gzip.member(content, flags | 2, 6);
    int bit = 16 + random.nextInt(8 * (stored.length - 2));
    stored[bit / 8] ^= (byte) (1 << (bit % 8));
    Decoded decoded = decode(stored, 100, 1);
    // The last bits of a byte that fills up the compressed data mean nothing.
    assertTrue(!decoded.failure.isEmpty() || Arrays.equals(content, decoded.content));
  }

  /** What came out, and the message of what ended it, empty where that was the end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decoded(byte[] content, String failure) {}

  private static Decoded decode(byte[] stored, int most, long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[777];
    try (ContentStream in =
        new ContentStream(new CountedInput(new ChunkedStream(stored, most, seed)))) {
      try {
        for (int read = in.read(buffer, 0, buffer.length);
            read >= 0;
            read = in.read(buffer, 0, buffer.length)) {
          out.write(buffer, 0, read);
        }
      } catch (IOException e) {
        return new Decoded(out.toByteArray(), String.valueOf(e.getMessage()));
      }
    }
    return new Decoded(out.toByteArray(), "");
  }
}
