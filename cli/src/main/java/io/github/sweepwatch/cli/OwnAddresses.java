package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The addresses that this machine must not be cut off from: its own, gateways, resolvers. */
final class OwnAddresses {
  private static final int IPV4_DIGITS = 8;
  private static final int IPV6_DIGITS = 32;
  private static final int HEX = 16;

  private OwnAddresses() {}

  /** All of them; on systems that keep them elsewhere, those of the interfaces only. */
  static List<AddressBlock> ofThisMachine() {
    Set<IpAddress> addresses = new TreeSet<>();
    addresses.addAll(resolvers(lines(Path.of("/etc/resolv.conf"))));
    addresses.addAll(gateways(lines(Path.of("/proc/net/route"))));
    addresses.addAll(gateways6(lines(Path.of("/proc/net/ipv6_route"))));
    addresses.addAll(interfaces());
    return addresses.stream()
        .filter(address -> !address.isLoopbackOrUnspecified())
        .map(address -> AddressBlock.parse(address.toString()))
        .toList();
  }

  /** The name servers of a {@code resolv.conf}. */
  static List<IpAddress> resolvers(List<String> lines) {
    List<IpAddress> found = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.trim().split("\\s+", -1);
      if (words.length > 1 && words[0].equals("nameserver")) {
        String address = words[1].replaceFirst("%.*", "");
        try {
          found.add(IpAddress.parse(address));
        } catch (IllegalArgumentException e) {
          // A word that the resolver would not use either.
        }
      }
    }
    return found;
  }

  /** The gateways of Linux' table of IPv4 routes, whose words are in the order of the machine. */
  static List<IpAddress> gateways(List<String> lines) {
    List<IpAddress> found = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.trim().split("\\s+", -1);
      if (words.length > 2 && isHex(words[2], IPV4_DIGITS)) {
        int bits = Integer.parseUnsignedInt(words[2], HEX);
        found.add(
            IpAddress.ofIpv4(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                    ? Integer.reverseBytes(bits)
                    : bits));
      }
    }
    return found;
  }

  /** The gateways of Linux' table of IPv6 routes. */
  static List<IpAddress> gateways6(List<String> lines) {
    List<IpAddress> found = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.trim().split("\\s+", -1);
      if (words.length > 4 && isHex(words[4], IPV6_DIGITS)) {
        found.add(
            new IpAddress(
                Long.parseUnsignedLong(words[4].substring(0, IPV6_DIGITS / 2), HEX),
                Long.parseUnsignedLong(words[4].substring(IPV6_DIGITS / 2), HEX)));
      }
    }
    return found;
  }

  private static List<IpAddress> interfaces() {
    List<IpAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
          found.add(parse(address.getAddress().getHostAddress()));
          if (address.getBroadcast() != null) {
            found.add(parse(address.getBroadcast().getHostAddress()));
          }
        }
      }
    } catch (SocketException e) {
      // No interfaces to be seen; the rest still counts.
    }
    return found;
  }

  private static IpAddress parse(String address) {
    return IpAddress.parse(address.replaceFirst("%.*", ""));
  }

  private static boolean isHex(String word, int digits) {
    return word.length() == digits && word.chars().allMatch(c -> Character.digit(c, HEX) >= 0);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
