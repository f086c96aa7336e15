package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Protocol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a row says, by the shortest way to it: for comparison. */
final class SplitReference {
  static final String HEADER =
      "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes"
          + "\tresp_bytes\tlocal_orig\tlocal_resp\torig_pkts\tresp_pkts\t_system_name";

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("([0-9]+(?:[.][0-9]+)?)(?:[eE]([+-]?[0-9]+))?");
  private static final BigInteger EXPONENT = BigInteger.valueOf(100_000);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal END = BigDecimal.valueOf(7_258_118_400_000_000L);

  private SplitReference() {}

  /** The facts of the row's event, or null where it has none. */
  static @Nullable List<Object> values(String row) {
    String[] fields = row.split("\t", -1);
    if (fields.length != HEADER.split("\t", -1).length - 1) {
      return null;
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].equals("(empty)") ? "-" : fields[i];
    }
    try {
      IpAddress source = IpAddress.parse(fields[1]);
      IpAddress destination = IpAddress.parse(fields[3]);
      int protocol = protocol(fields[5], !source.isIpv4() && !destination.isIpv4());
      boolean icmp = Protocol.isIcmp(protocol);
      boolean needed = Protocol.hasPorts(protocol);
      long sourcePort = number(fields[2], icmp ? 255 : 65535, needed);
      long destinationPort = number(fields[4], icmp ? 255 : 65535, needed);
      BigDecimal time = micros(fields[0]);
      if (time.compareTo(END) >= 0) {
        return null;
      }
      return List.of(
          time.longValueExact(),
          source,
          icmp ? -1 : (int) sourcePort,
          destination,
          icmp ? -1 : (int) destinationPort,
          protocol,
          icmp ? (int) sourcePort : -1,
          icmp ? (int) destinationPort : -1,
          locality(fields[9]),
          locality(fields[10]),
          1L,
          fields[6].equals("-") ? -1L : micros(fields[6]).longValueExact(),
          number(fields[7], Long.MAX_VALUE, false),
          number(fields[8], Long.MAX_VALUE, false),
          number(fields[11], Long.MAX_VALUE, false),
          number(fields[12], Long.MAX_VALUE, false),
          fields[13].equals("-") ? "null" : text(fields[13]));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int protocol(String name, boolean version6) {
    if (name.equals("icmp")) {
      return version6 ? Protocol.ICMPV6 : Protocol.ICMP;
    }
    int number = Protocol.number(name);
    require(number >= 0 || name.equals("unknown_transport"));
    return number;
  }

  private static long number(String text, long max, boolean needed) {
    if (text.equals("-")) {
      require(!needed);
      return -1;
    }
    require(NUMBER.matcher(text).matches());
    BigDecimal value = new BigDecimal(text);
    require(value.compareTo(BigDecimal.valueOf(max)) <= 0);
    return value.longValueExact();
  }

  private static BigDecimal micros(String text) {
    Matcher parts = DECIMAL.matcher(text);
    require(parts.matches());
    BigDecimal value = new BigDecimal(parts.group(1)).movePointRight(6);
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (parts.group(2) != null) {
      // Rows are shorter than the limit, so beyond it nothing changes.
      BigInteger exponent = new BigInteger(parts.group(2)).min(EXPONENT).max(EXPONENT.negate());
      value = value.scaleByPowerOfTen(exponent.intValue());
    }
    // Far too large ones are not written out.
    require(value.precision() - value.scale() < 30);
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    require(rounded.compareTo(LONGEST) <= 0);
    return rounded;
  }

  private static Locality locality(String text) {
    return switch (text) {
      case "T", "true" -> Locality.LOCAL;
      case "F", "false" -> Locality.REMOTE;
      case "-" -> Locality.UNSPECIFIED;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /* The row's bytes as they are meant. */
  private static String text(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
