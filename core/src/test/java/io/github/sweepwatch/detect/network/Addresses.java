package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Lists of addresses. */
final class Addresses {
  private Addresses() {}

  static IpAddress at(String text) {
    return IpAddress.parse(text);
  }

  /** One after the other. */
  static List<IpAddress> range(String first, int count) {
    IpAddress start = IpAddress.parse(first);
    List<IpAddress> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(new IpAddress(start.high(), start.low() + i));
    }
    return list;
  }

  /** Hosts of one /64 that chose their addresses themselves. */
  static List<IpAddress> selfChosen(String network, int count, Random random) {
    long high = IpAddress.parse(network).high();
    List<IpAddress> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(new IpAddress(high, random.nextLong()));
    }
    return list;
  }

  /** Distinct IPv4 addresses all over the internet, none of them private or reserved. */
  static List<IpAddress> anywhere(int count, Random random) {
    Set<IpAddress> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      int first = 11 + random.nextInt(200);
      boolean special =
          first == 100 || first == 127 || first == 169 || first == 172 || first == 192;
      if (!special && first < 198) {
        chosen.add(IpAddress.ofIpv4(first << 24 | random.nextInt(1 << 24)));
      }
    }
    return new ArrayList<>(chosen);
  }

  /** Some of a list, in random order. */
  static List<IpAddress> some(List<IpAddress> of, int count, Random random) {
    Set<IpAddress> chosen = new LinkedHashSet<>();
    while (chosen.size() < count) {
      chosen.add(of.get(random.nextInt(of.size())));
    }
    return new ArrayList<>(chosen);
  }

  /** Whole numbers, one after the other. */
  static List<Integer> numbers(int first, int count) {
    List<Integer> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(first + i);
    }
    return list;
  }
}
