package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class AddressParserProperties {
  private static final BigInteger IPV4_MASK = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);

  /** Eight groups, zero more often than not: gaps are what goes wrong. */
  @Provide
  Arbitrary<List<Integer>> groups() {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 0xffff);
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.of(1, 0xf, 0x10, 0xff, 0x100, 0xfff, 0xffff)),
            Tuple.of(2, any))
        .list()
        .ofSize(8);
  }

  @Property
  void canonicalFormIsReadBack(@ForAll("groups") List<Integer> groups) throws Exception {
    BigInteger bits = bits(groups);
    String text = AddressFormat.format(bits.shiftRight(64).longValue(), bits.longValue());
    assertEquals(bits, Addresses.parse(text), text);
    assertEquals(bits, ReferenceAddress.parse(text), text);
    byte[] jdk = InetAddress.getByName(text).getAddress();
    BigInteger wanted = jdk.length == 4 ? bits.and(IPV4_MASK) : bits;
    assertEquals(wanted, new BigInteger(1, jdk), text);
  }

  @Property
  void everySpellingIsRead(@ForAll("groups") List<Integer> groups, @ForAll Random random) {
    String text = spelling(groups, random);
    assertEquals(bits(groups), Addresses.parse(text), text);
  }

  @Property(tries = 5000)
  void agreesWithTheReferenceOnMutations(
      @ForAll("groups") List<Integer> groups, @ForAll Random random) {
    String text = random.nextInt(3) == 0 ? ipv4(groups) : spelling(groups, random);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      text = mutate(text, random);
    }
    assertEquals(ReferenceAddress.parse(text), Addresses.parse(text), text);
  }

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.strings().withChars("::::....0019aF").ofMinLength(0).ofMaxLength(16);
  }

  @Property(tries = 5000)
  void agreesWithTheReferenceOnSoup(@ForAll @From("soup") String text) {
    assertEquals(ReferenceAddress.parse(text), Addresses.parse(text), text);
  }

  @Property
  void agreesWithTheReferenceOnBytes(@ForAll byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertEquals(ReferenceAddress.parse(text), Addresses.parse(bytes));
  }

  private static BigInteger bits(List<Integer> groups) {
    BigInteger bits = BigInteger.ZERO;
    for (int group : groups) {
      bits = bits.shiftLeft(16).add(BigInteger.valueOf(group));
    }
    return bits;
  }

  private static String ipv4(List<Integer> groups) {
    int upper = groups.get(6);
    int lower = groups.get(7);
    return (upper >> 8) + "." + (upper & 0xff) + "." + (lower >> 8) + "." + (lower & 0xff);
  }

  /** One of the spellings that RFC 4291, section 2.2, allows. */
  private static String spelling(List<Integer> groups, Random random) {
    List<String> parts = new ArrayList<>();
    int plain = random.nextInt(4) == 0 ? 6 : 8;
    for (int i = 0; i < plain; i++) {
      String hex = Integer.toHexString(groups.get(i));
      while (hex.length() < 4 && random.nextBoolean()) {
        hex = "0" + hex;
      }
      parts.add(random.nextBoolean() ? hex.toUpperCase(Locale.ROOT) : hex);
    }
    // Any run of zero groups may be the gap, or a part of one.
    List<int[]> gaps = new ArrayList<>();
    for (int from = 0; from < plain; from++) {
      for (int to = from; to < plain && groups.get(to) == 0; to++) {
        gaps.add(new int[] {from, to + 1});
      }
    }
    if (plain == 6) {
      parts.add(ipv4(groups));
    }
    if (gaps.isEmpty() || random.nextInt(5) == 0) {
      return String.join(":", parts);
    }
    int[] gap = gaps.get(random.nextInt(gaps.size()));
    return String.join(":", parts.subList(0, gap[0]))
        + "::"
        + String.join(":", parts.subList(gap[1], parts.size()));
  }

  private static String mutate(String text, Random random) {
    StringBuilder result = new StringBuilder(text);
    int at = random.nextInt(text.length() + 1);
    char other = ":.0123456789abcdefABCDEFgG%/ ".charAt(random.nextInt(29));
    switch (random.nextInt(3)) {
      case 0 -> result.insert(at, other);
      case 1 -> result.delete(at, Math.min(at + 1, text.length()));
      default -> result.replace(at, Math.min(at + 1, text.length()), String.valueOf(other));
    }
    return result.toString();
  }
}
