package io.github.sweepwatch.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an address means, by the grammar and by slow arithmetic: a second opinion for tests. */
final class ReferenceAddress {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff).shiftLeft(32);

  private ReferenceAddress() {}

  /** The 128 bits of an address, or null where the text is none. */
  static @Nullable BigInteger parse(String text) {
    if (IPV4.matcher(text).matches()) {
      return MAPPED.or(BigInteger.valueOf(ipv4(text)));
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> groups = groups(text, true);
      return groups != null && groups.size() == 8 ? bits(groups) : null;
    }
    String after = text.substring(gap + 2);
    List<Integer> head = gap == 0 ? List.of() : groups(text.substring(0, gap), false);
    List<Integer> tail = after.isEmpty() ? List.of() : groups(after, true);
    if (head == null || tail == null || head.size() + tail.size() > 7) {
      return null;
    }
    List<Integer> all = new ArrayList<>(head);
    while (all.size() + tail.size() < 8) {
      all.add(0);
    }
    all.addAll(tail);
    return bits(all);
  }

  private static @Nullable List<Integer> groups(String text, boolean mayEndInIpv4) {
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else if (mayEndInIpv4 && i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
        long bits = ipv4(parts[i]);
        groups.add((int) (bits >> 16));
        groups.add((int) (bits & 0xffff));
      } else {
        return null;
      }
    }
    return groups;
  }

  private static long ipv4(String text) {
    long bits = 0;
    for (String octet : text.split("\\.", -1)) {
      bits = bits * 256 + Integer.parseInt(octet);
    }
    return bits;
  }

  private static BigInteger bits(List<Integer> groups) {
    BigInteger bits = BigInteger.ZERO;
    for (int group : groups) {
      bits = bits.shiftLeft(16).add(BigInteger.valueOf(group));
    }
    return bits;
  }
}
