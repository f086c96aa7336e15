/**
 * The event model: one connection or logon, whatever log it came from, and the addresses in it.
 *
 * <p>All types are immutable and thread-safe.
 */
@NullMarked
package io.github.sweepwatch.event;

import org.jspecify.annotations.NullMarked;
