package io.github.sweepwatch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AddressBlockProperties {
  @Property
  void containsWhatSharesThePrefix(
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(max = 128) int prefix,
      @ForAll @IntRange(max = 127) int flipped) {
    AddressBlock block = new AddressBlock(new IpAddress(high, low), prefix);
    BigInteger other = bits(high, low).flipBit(127 - flipped);
    boolean expected =
        other.shiftRight(128 - prefix).equals(bits(high, low).shiftRight(128 - prefix));
    assertEquals(expected, block.contains(other.shiftRight(64).longValue(), other.longValue()));
    assertEquals(flipped >= prefix, expected);
  }

  @Property
  void networkIsItsFirstAddress(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int prefix) {
    AddressBlock block = new AddressBlock(new IpAddress(high, low), prefix);
    BigInteger first = bits(high, low).shiftRight(128 - prefix).shiftLeft(128 - prefix);
    assertEquals(first, bits(block.network().high(), block.network().low()));
  }

  @Property
  void textIsReadBack(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 128) int prefix) {
    AddressBlock block = new AddressBlock(new IpAddress(high, low), prefix);
    assertEquals(block, AddressBlock.parse(block.toString()));
  }

  @Property
  void ipv4TextIsReadBack(@ForAll int bits, @ForAll @IntRange(max = 32) int prefix) {
    AddressBlock block = new AddressBlock(IpAddress.ofIpv4(bits), 96 + prefix);
    long first = prefix == 0 ? 0 : (bits & 0xffff_ffffL) >>> (32 - prefix) << (32 - prefix);
    assertEquals(IpAddress.ofIpv4((int) first) + "/" + prefix, block.toString());
    assertEquals(block, AddressBlock.parse(block.toString()));
  }

  private static BigInteger bits(long high, long low) {
    return new BigInteger(Long.toUnsignedString(high))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }
}
