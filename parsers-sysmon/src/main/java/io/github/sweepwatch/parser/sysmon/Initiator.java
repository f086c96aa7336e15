package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.AddressParser;
import java.util.BitSet;

/**
 * Who began a connection that came in. The event's own order does not say: by version, protocol and
 * chance its source is the host itself or the peer. So the evidence is asked in turn, the surest
 * first: a group of hosts only ever receives; the host's own address, as its outbound events showed
 * it, is the responder's; so is the host's own name; so is a service's port. Not thread-safe.
 */
final class Initiator {
  private static final int FIRST_USER_PORT = 1024;
  private static final BitSet SERVICES = new BitSet();

  static {
    // Above the well-known ports: what Windows and its usual neighbours listen on.
    int[] ports = {
      1433, 1434, 1521, 1723, 1900, 2049, 2179, 2701, 3128, 3268, 3269, 3306, 3389, 3702, 5000,
          5353,
      5355, 5357, 5358, 5432, 5722, 5723, 5900, 5985, 5986, 6379, 6516, 7680, 8000, 8005, 8009,
          8080,
      8081, 8443, 8530, 8531, 8888, 9389, 9200, 9300, 27017, 47001
    };
    for (int port : ports) {
      SERVICES.set(port);
    }
  }

  private final HostAddresses own;

  private boolean source;
  private boolean certain;

  Initiator(HostAddresses own) {
    this.own = own;
  }

  /** Whether the event's source began it, as the last call found. */
  boolean isSource() {
    return source;
  }

  /** Whether the evidence was enough. */
  boolean isCertain() {
    return certain;
  }

  /** Takes the event's word for it that the host itself, the source, began it. */
  void outbound() {
    source = true;
    certain = true;
  }

  /**
   * Finds who began an inbound connection.
   *
   * @param host the host that reports it
   * @param sourceIsHost whether the source has the host's name
   * @param destinationIsHost whether the destination has it
   * @param sourceUnlessShown which it is where nothing shows it
   */
  void inbound(
      long host,
      AddressParser from,
      int fromPort,
      AddressParser to,
      int toPort,
      int protocol,
      boolean sourceIsHost,
      boolean destinationIsHost,
      boolean sourceUnlessShown) {
    boolean fromGroup = isGroup(from, protocol);
    if (fromGroup != isGroup(to, protocol)) {
      shown(!fromGroup);
      return;
    }
    boolean same = from.high() == to.high() && from.low() == to.low();
    boolean fromOwn = own.isOwn(host, from.high(), from.low());
    if (!same && fromOwn != own.isOwn(host, to.high(), to.low())) {
      shown(!fromOwn);
      return;
    }
    if (!same && sourceIsHost != destinationIsHost) {
      shown(destinationIsHost);
      return;
    }
    boolean ports = Protocol.hasPorts(protocol);
    boolean fromService = ports && isService(fromPort);
    if (fromService != (ports && isService(toPort))) {
      shown(!fromService);
      return;
    }
    source = sourceUnlessShown;
    certain = false;
  }

  private void shown(boolean isSource) {
    source = isSource;
    certain = true;
  }

  static boolean isService(int port) {
    return port >= 0 && (port < FIRST_USER_PORT || SERVICES.get(port));
  }

  /* A subnet's broadcast address is not to be told from a host's for sure, but where UDP goes to the
  last address of a /24 it is one. */
  private static boolean isGroup(AddressParser address, int protocol) {
    return IpAddress.isGroup(address.high(), address.low())
        || (protocol == Protocol.UDP
            && IpAddress.isIpv4(address.high(), address.low())
            && (address.low() & 0xff) == 0xff);
  }
}
