/**
 * Zeek's connection log, in its tab-separated and its JSON form.
 *
 * <p>The way in is {@link io.github.sweepwatch.parser.zeek.ZeekParserProvider}, which the service
 * loader finds.
 */
@NullMarked
package io.github.sweepwatch.parser.zeek;

import org.jspecify.annotations.NullMarked;
