/**
 * Reading logs: files, streams and gzip in, events out, through whatever parsers are installed.
 *
 * <p>Start at {@link io.github.sweepwatch.read.EventReader}.
 */
@NullMarked
package io.github.sweepwatch.read;

import org.jspecify.annotations.NullMarked;
