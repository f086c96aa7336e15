package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.AddressBlock;
import java.util.Objects;

/**
 * How much of a network was scanned.
 *
 * @param network the smallest network that holds all targets whose addresses are known
 * @param hosts how many distinct hosts were touched
 * @param share the hosts as a part of the network's addresses, 0 to 1
 */
public record Coverage(AddressBlock network, long hosts, double share) {
  /**
   * Checks that there is a network.
   *
   * @param network the network
   * @param hosts how many distinct hosts were touched
   * @param share the hosts as a part of the network's addresses
   */
  public Coverage {
    Objects.requireNonNull(network, "network");
  }
}
