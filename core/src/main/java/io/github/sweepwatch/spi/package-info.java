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
 * <pre>{@code
 * public final class PairProvider implements ParserProvider {
 *   public String name() {
 *     return "pair";
 *   }
 *
 *   public List<String> formats() {
 *     return List.of("Pairs of addresses, one a line");
 *   }
 *
 *   public int sniff(byte[] head) {
 *     return new String(head, StandardCharsets.UTF_8).startsWith("#pairs") ? 100 : 0;
 *   }
 *
 *   public LogParser open(ParserContext context) {
 *     AddressParser address = new AddressParser();
 *     ConnectionEvent.Builder event = ConnectionEvent.builder();
 *     return (record, sink) -> {
 *       byte[] bytes = record.bytes();
 *       if (bytes[record.from()] == '#') {
 *         return;
 *       }
 *       int space = record.from();
 *       while (space < record.to() && bytes[space] != ' ') {
 *         space++;
 *       }
 *       if (!address.parse(bytes, record.from(), space)) {
 *         sink.reject("source is no address");
 *         return;
 *       }
 *       event.reset().timeMicros(0).source(address.high(), address.low());
 *       if (!address.parse(bytes, Math.min(space + 1, record.to()), record.to())) {
 *         sink.reject("destination is no address");
 *         return;
 *       }
 *       sink.connection(event.destination(address.high(), address.low()).build());
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>A format whose records are spread over several lines keeps what has come so far, within
 * bounds, names the line where it began ({@link io.github.sweepwatch.spi.EventSink#startedAt}) and
 * gives the last one when the stream ends ({@link io.github.sweepwatch.spi.LogParser#finish}). One
 * that has no lines at all is cut by a {@link io.github.sweepwatch.spi.RecordFraming}.
 *
 * <p>Files, compression, line ends, UTF-16 and limits are the reader's business. Byte-level parsing
 * of addresses, numbers, times and JSON is in {@code io.github.sweepwatch.text}.
 */
@NullMarked
package io.github.sweepwatch.spi;

import org.jspecify.annotations.NullMarked;
