package io.github.sweepwatch.triage;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Asset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of hosts and networks beforehand. Of several networks that hold an address the
 * smallest counts. Immutable and thread-safe.
 */
public final class AssetDirectory {
  /** Nothing is known. */
  public static final AssetDirectory EMPTY = new AssetDirectory(List.of());

  // The longest prefix first.
  private final TreeMap<Integer, Map<IpAddress, Asset>> byPrefix =
      new TreeMap<>((a, b) -> Integer.compare(b, a));

  /**
   * A directory.
   *
   * @param assets the entries, in any order
   * @throws IllegalArgumentException if two are of the same block
   */
  public AssetDirectory(List<Asset> assets) {
    for (Asset asset : assets) {
      AddressBlock block = asset.block();
      Map<IpAddress, Asset> same = byPrefix.computeIfAbsent(block.prefix(), key -> new HashMap<>());
      if (same.put(block.network(), asset) != null) {
        throw new IllegalArgumentException("two assets of " + block);
      }
    }
  }

  /**
   * What is known of an address. Takes a look-up for each different prefix length.
   *
   * @param address the address
   * @return the entry of the smallest network that holds it, or null
   */
  public @Nullable Asset find(IpAddress address) {
    for (Map.Entry<Integer, Map<IpAddress, Asset>> entry : byPrefix.entrySet()) {
      Asset asset = entry.getValue().get(new AddressBlock(address, entry.getKey()).network());
      if (asset != null) {
        return asset;
      }
    }
    return null;
  }
}
