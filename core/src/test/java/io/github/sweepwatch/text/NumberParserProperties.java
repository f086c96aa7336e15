package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Numbers against big integers and big decimals. */
class NumberParserProperties {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  @Property(tries = 3000)
  void wholeNumbers(@ForAll("digits") String text) {
    long expected = NumberParser.INVALID;
    if (text.matches("[0-9]+")) {
      BigInteger value = new BigInteger(text);
      expected = value.compareTo(MAX) <= 0 ? value.longValue() : NumberParser.INVALID;
    }
    byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.US_ASCII);
    assertEquals(expected, NumberParser.unsigned(bytes, 1, bytes.length - 1), text);
  }

  @Property(tries = 5000)
  void decimalNumbers(
      @ForAll("decimals") String text, @ForAll @IntRange(min = 0, max = 18) int scale) {
    long expected = NumberParser.INVALID;
    if (text.matches("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      BigDecimal value = new BigDecimal(text).movePointRight(scale);
      BigInteger whole = value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
      expected = whole.compareTo(MAX) <= 0 ? whole.longValue() : NumberParser.INVALID;
    }
    byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        expected, NumberParser.decimal(bytes, 1, bytes.length - 1, scale), text + " at " + scale);
  }

  @Provide
  Arbitrary<String> digits() {
    return Arbitraries.oneOf(
        Arbitraries.strings().numeric().ofMaxLength(22),
        Arbitraries.longs().greaterOrEqual(0).map(String::valueOf),
        Arbitraries.of("9223372036854775807", "9223372036854775808", "18446744073709551616"),
        Arbitraries.strings().withChars("0123456789-+. x").ofMaxLength(6));
  }

  @Provide
  Arbitrary<String> decimals() {
    Arbitrary<String> whole = Arbitraries.strings().numeric().ofMaxLength(20);
    Arbitrary<String> fraction =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.strings().numeric().ofMaxLength(24).map(digits -> "." + digits));
    Arbitrary<String> exponent =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.integers().between(-40, 40).map(number -> "e" + number),
            Arbitraries.integers().between(0, 25).map(number -> "E+" + number),
            Arbitraries.of("e", "e+", "e-", "ex", "e1x", "e00012"));
    return Arbitraries.oneOf(
        Combinators.combine(whole, fraction, exponent).as((a, b, c) -> a + b + c),
        Arbitraries.strings().withChars("0123456789.eE+- x").ofMaxLength(8));
  }
}
