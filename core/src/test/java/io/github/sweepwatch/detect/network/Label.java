package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did in a recording that is not everyday.
 *
 * @param name the scenario
 * @param kind what it is
 * @param expected the exact type, of a scan
 * @param sources who did it
 * @param block whose addresses were all his, where he changed them from probe to probe
 * @param decoys whose addresses he borrowed
 */
record Label(
    String name,
    Kind kind,
    @Nullable ScanType expected,
    Set<IpAddress> sources,
    @Nullable AddressBlock block,
    Set<IpAddress> decoys) {
  /** What a scenario is. */
  enum Kind {
    SCAN,
    AUTHORISED,
    NOT_SCAN
  }

  boolean isBy(IpAddress source) {
    return sources.contains(source)
        || (block != null && block.contains(source.high(), source.low()));
  }
}
