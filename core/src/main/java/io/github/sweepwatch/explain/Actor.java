package io.github.sweepwatch.explain;

import org.jspecify.annotations.Nullable;

/**
 * What on the scanning host opened the connections, where a log of that host tells.
 *
 * @param host the host's name, or null
 * @param user the account, or null
 * @param image the path of the program, or null
 */
public record Actor(@Nullable String host, @Nullable String user, @Nullable String image) {}
