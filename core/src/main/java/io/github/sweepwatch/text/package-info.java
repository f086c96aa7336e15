/**
 * Byte-level text for parser authors: addresses, numbers, times and JSON, read from and written to
 * bytes without a string in between.
 *
 * <p>The types that hold a result between calls are not thread-safe; a parser owns its own.
 */
@NullMarked
package io.github.sweepwatch.text;

import org.jspecify.annotations.NullMarked;
