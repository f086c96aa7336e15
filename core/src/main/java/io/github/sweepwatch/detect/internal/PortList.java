package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The ports among services, as ranges, and their protocols. Immutable.
 *
 * @param ranges ascending, at most {@value #MAX_RANGES}
 * @param truncated whether there were more
 * @param protocols the numbers of all protocols that are known, ascending
 */
record PortList(List<PortRange> ranges, boolean truncated, List<Integer> protocols) {
  private static final int MAX_RANGES = 100;

  static PortList of(ServiceSet services) {
    BitSet ports = new BitSet();
    BitSet protocols = new BitSet();
    for (int service = services.next(0); service >= 0; service = services.next(service + 1)) {
      int protocol = Service.protocol(service);
      if (Protocol.hasPorts(protocol)) {
        ports.set(Service.port(service));
      }
      if (protocol != Protocol.UNKNOWN) {
        protocols.set(protocol);
      }
    }
    List<PortRange> ranges = new ArrayList<>();
    int first = ports.nextSetBit(0);
    while (first >= 0 && ranges.size() < MAX_RANGES) {
      int end = ports.nextClearBit(first);
      ranges.add(new PortRange(first, end - 1));
      first = ports.nextSetBit(end);
    }
    return new PortList(
        List.copyOf(ranges),
        first >= 0 || services.truncated(),
        protocols.stream().boxed().toList());
  }
}
