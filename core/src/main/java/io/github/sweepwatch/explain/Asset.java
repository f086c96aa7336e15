package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.AddressBlock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a host or a network beforehand.
 *
 * @param block the addresses that this is said of; a single host has the longest prefix
 * @param role what it is for, such as {@code workstation}, {@code server}, {@code scanner} or
 *     {@code monitoring}; or null
 * @param owner who answers for it, or null
 * @param criticality how much depends on it, or null
 * @param zone the network zone, such as {@code dmz}, or null
 */
public record Asset(
    AddressBlock block,
    @Nullable String role,
    @Nullable String owner,
    @Nullable Criticality criticality,
    @Nullable String zone) {
  /**
   * Checks that there is a block.
   *
   * @param block the addresses that this is said of
   * @param role what it is for
   * @param owner who answers for it
   * @param criticality how much depends on it
   * @param zone the network zone
   */
  public Asset {
    Objects.requireNonNull(block, "block");
  }
}
