package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;
import java.util.Set;

/** The sites of the internet that a network's people use, some of which are dead. */
final class Web {
  private final List<IpAddress> sites;

  /**
   * Sites anywhere.
   *
   * @param in the recording
   * @param count how many
   * @param dead the share of them that is dead: half refuse, half are silent
   */
  Web(Recording in, int count, double dead) {
    this(Addresses.anywhere(count, in.random()));
    for (IpAddress site : sites) {
      if (!in.chance(dead)) {
        in.hosts().put(site, Hosts.WEB_SERVER);
      } else if (in.chance(0.5)) {
        in.hosts().put(site, new Hosts.Host(Set.of(), Set.of(), true, true));
      }
    }
  }

  /** Sites whose hosts are known already. */
  Web(List<IpAddress> sites) {
    this.sites = List.copyOf(sites);
  }

  List<IpAddress> sites() {
    return sites;
  }
}
