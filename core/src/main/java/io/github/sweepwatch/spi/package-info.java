/**
 * What the author of a log parser implements.
 *
 * <p>A parser is a {@link io.github.sweepwatch.spi.ParserProvider}, named in {@code
 * META-INF/services/io.github.sweepwatch.spi.ParserProvider} of its jar and found by {@link
 * java.util.ServiceLoader}. The provider says what it is called and how sure it is of a file's
 * first bytes; it opens one {@link io.github.sweepwatch.spi.LogParser} a stream. The parser is
 * handed one record at a time and answers through the {@link io.github.sweepwatch.spi.EventSink}:
 * events, or a rejection with its reason, or nothing where a record is a header or comment.
 *
 * <p>Files, compression, line ends and limits are the reader's business. Byte-level parsing of
 * addresses, numbers, times and JSON is in {@code io.github.sweepwatch.text}.
 */
@NullMarked
package io.github.sweepwatch.spi;

import org.jspecify.annotations.NullMarked;
