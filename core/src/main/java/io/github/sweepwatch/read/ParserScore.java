package io.github.sweepwatch.read;

/**
 * How sure a parser is of a stream.
 *
 * @param parser its name
 * @param score 1 to 100, as {@link io.github.sweepwatch.spi.ParserProvider#sniff} says; 0 where the
 *     stream was recognised by single records in it
 */
public record ParserScore(String parser, int score) {}
