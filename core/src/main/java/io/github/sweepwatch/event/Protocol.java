package io.github.sweepwatch.event;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * IP protocol numbers and their names, after the IANA registry "Assigned Internet Protocol
 * Numbers".
 */
public final class Protocol {
  /** The protocol is not known. */
  public static final int UNKNOWN = -1;

  /** ICMP for IPv4. */
  public static final int ICMP = 1;

  /** TCP. */
  public static final int TCP = 6;

  /** UDP. */
  public static final int UDP = 17;

  /** ICMP for IPv6. */
  public static final int ICMPV6 = 58;

  /** SCTP. */
  public static final int SCTP = 132;

  // By number, from 0; null where it is unassigned or has no keyword.
  private static final @Nullable String[] NAMES = new @Nullable String[256];

  static {
    String registry =
        "hopopt icmp igmp ggp ipv4 st tcp cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos"
            + " udp mux dcn-meas hmp prm xns-idp trunk-1 trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4"
            + " netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp idpr-cmtp tp++ il ipv6 sdrp"
            + " ipv6-route ipv6-frag idrp rsvp gre dsr bna esp ah i-nlsp swipe narp min-ipv4 tlsp"
            + " skip ipv6-icmp ipv6-nonxt ipv6-opts - cftp - sat-expak kryptolan rvd ippc - sat-mon"
            + " visa ipcv cpnx cphb wsn pvp br-sat-mon sun-nd wb-mon wb-expak iso-ip vmtp"
            + " secure-vmtp vines iptm nsfnet-igp dgp tcf eigrp ospfigp sprite-rpc larp mtp ax.25"
            + " ipip micp scc-sp etherip encap - gmtp ifmp pnni pim aris scps qnx a/n ipcomp snp"
            + " compaq-peer ipx-in-ip vrrp pgm - l2tp ddx iatp stp srp uti smp sm ptp"
            + " isis-over-ipv4 fire crtp crudp sscopmce iplt sps pipe sctp fc rsvp-e2e-ignore"
            + " mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc ethernet aggfrag nsh"
            + " homa bit-emu";
    int number = 0;
    for (String name : registry.split(" ", -1)) {
      NAMES[number++] = name.equals("-") ? null : name;
    }
  }

  private static final Map<String, Integer> NUMBERS =
      IntStream.range(0, NAMES.length)
          .filter(number -> NAMES[number] != null)
          .boxed()
          .collect(Collectors.toMap(n -> Objects.requireNonNull(NAMES[n]), n -> n));

  private Protocol() {}

  /**
   * The protocol's keyword in lower case, such as {@code tcp} or {@code ipv6-icmp}.
   *
   * @param number a protocol number
   * @return its keyword, or null where the registry has none
   */
  public static @Nullable String name(int number) {
    return number >= 0 && number < NAMES.length ? NAMES[number] : null;
  }

  /**
   * The protocol's keyword, or its number where the registry has none.
   *
   * @param number a protocol number
   * @return such as {@code tcp} or {@code 253}
   */
  public static String text(int number) {
    String name = name(number);
    return name == null ? Integer.toString(number) : name;
  }

  /**
   * The number of a protocol.
   *
   * @param name a keyword in any case; {@code icmp6} and {@code icmpv6} are taken as {@code
   *     ipv6-icmp}
   * @return its number, or {@link #UNKNOWN}
   */
  public static int number(String name) {
    String keyword = name.toLowerCase(Locale.ROOT);
    if (keyword.equals("icmp6") || keyword.equals("icmpv6")) {
      return ICMPV6;
    }
    return NUMBERS.getOrDefault(keyword, UNKNOWN);
  }

  /**
   * Whether a protocol is ICMP, for either version of IP.
   *
   * @param number a protocol number
   * @return true for {@link #ICMP} and {@link #ICMPV6}
   */
  public static boolean isIcmp(int number) {
    return number == ICMP || number == ICMPV6;
  }

  /**
   * Whether a protocol's ports are ports: TCP, UDP and SCTP.
   *
   * @param number a protocol number
   * @return true where source and destination port are meaningful
   */
  public static boolean hasPorts(int number) {
    return number == TCP || number == UDP || number == SCTP;
  }
}
