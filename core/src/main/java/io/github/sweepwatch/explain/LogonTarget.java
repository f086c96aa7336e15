package io.github.sweepwatch.explain;

import io.github.sweepwatch.event.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One host that the source of a scan tried to log on to.
 *
 * @param address its address, or null where the log does not say
 * @param host its name, or null where the log does not say
 * @param probed whether it is known to be among the hosts that the scan touched
 * @param attempts how many attempts
 * @param successes how many of them succeeded
 */
public record LogonTarget(
    @Nullable IpAddress address,
    @Nullable String host,
    boolean probed,
    long attempts,
    long successes) {}
