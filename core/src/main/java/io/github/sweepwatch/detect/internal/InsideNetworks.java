package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.List;

/** The monitored networks as masks and values, to be asked for each event. Immutable. */
final class InsideNetworks {
  private static final int WORDS = 4;

  /** For each network: mask and value of the upper half, mask and value of the lower one. */
  private final long[] words;

  InsideNetworks(LocalNetworks networks) {
    List<AddressBlock> blocks = networks.blocks();
    words = new long[blocks.size() * WORDS];
    for (int i = 0; i < blocks.size(); i++) {
      AddressBlock block = blocks.get(i);
      words[i * WORDS] = mask(block.prefix());
      words[i * WORDS + 1] = block.network().high();
      words[i * WORDS + 2] = mask(block.prefix() - Long.SIZE);
      words[i * WORDS + 3] = block.network().low();
    }
  }

  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
  }

  /** Whether one of the networks contains an address. */
  boolean contain(long high, long low) {
    for (int i = 0; i < words.length; i += WORDS) {
      if ((high & words[i]) == words[i + 1] && (low & words[i + 2]) == words[i + 3]) {
        return true;
      }
    }
    return false;
  }
}
